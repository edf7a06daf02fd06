"""Practice aloud: speak with the partner, and hear the reply. Half-duplex, on this machine, with nothing shown.

talk_aloud(SoundDeviceMicrophone(), Espeak(), listening, answer, headset=False)
"""

from duologue.practice.aloud.base import Microphone, Mouth, NoSound, Patience, Speaking
from duologue.practice.aloud.conversation import talk_aloud

__all__ = ["Microphone", "Mouth", "NoSound", "Patience", "Speaking", "talk_aloud"]
