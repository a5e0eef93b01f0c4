"""Figures of exercises: a still and a motion, drawn from the pose data of a card.

``shapes`` makes rounded pieces of a body, ``camera`` looks at them, ``order`` says which hides which, ``paint`` puts
them on paper (with ``outlines``); a ``panel`` is one moment of an exercise, ``sheet`` the still, ``film`` the motion.
"""

from reminderbot.pictures.figure.film import motion
from reminderbot.pictures.figure.sheet import still

__all__ = ["motion", "still"]
