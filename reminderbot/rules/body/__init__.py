"""The body that exercises are drawn with: pure geometry, from joint angles to limbs in space.

``skeleton`` has its proportions and bends its joints; ``stance`` is a pose as it is asked for, ``bases`` those to start
from; ``scene`` makes bodies of two poses and of the way between them, with ``settle`` (on what they rest), ``grip``
(where hands go), ``reach`` (bending two bones) and ``support`` (what can rest on what); ``marks`` names places on the
body, ``props`` are things beside it; ``faults`` tells what no body could do.
"""
