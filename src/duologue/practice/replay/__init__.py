"""A real moment, to try again: which line, and the partner for it (`lost.py`); what came of a try (`tried.py`)."""

from duologue.practice.replay.lost import Lost, begins, lost_moment, setting_of
from duologue.practice.replay.tried import Judged, Quoted, judge_try

__all__ = ["Judged", "Lost", "Quoted", "begins", "judge_try", "lost_moment", "setting_of"]
