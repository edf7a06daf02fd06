"""Whose voice it is: local voices by window, then people. No torch: onnxruntime and numpy."""

from duologue.audio.base import Diarizer
from duologue.audio.diarize.clustering import Told, tell_apart

__all__ = ["Told", "load", "tell_apart"]


def load() -> Diarizer:
    """The diarizer that comes with Duologue. Its nets are read when the first window is."""
    from duologue.audio.diarize.local import PyannoteCam

    return PyannoteCam()
