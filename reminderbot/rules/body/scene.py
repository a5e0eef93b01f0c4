"""A pose, or the way from one pose to another, as bodies in space: set down on what carries them, hands where they go.

What touches a surface in both poses stays where it is; what does not follows its joint angles. Limbs keep their
lengths at every moment, because only joints turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reminderbot.rules.body import settle
from reminderbot.rules.body.grip import Grip, brought, goal, in_order, tip
from reminderbot.rules.body.landmarks import LANDMARKS
from reminderbot.rules.body.settle import Hold, with_limb
from reminderbot.rules.body.skeleton import Angles, Body, posed
from reminderbot.rules.body.stance import Places, Stance, Target
from reminderbot.rules.body.support import lowest
from reminderbot.rules.body.vectors import Vec, between, level


@dataclass(frozen=True, slots=True)
class _Settled:
    """A body set down; how its hands and feet are held, by limb, and where they were brought, by name."""

    body: Body
    holds: Mapping[str, Hold]
    grips: Mapping[str, Grip]


class Scene:
    """The way from one pose to another; both may be the same."""

    def __init__(self, start: Stance, end: Stance, places: Places) -> None:
        """Set both poses down. Raises KeyError when a hand goes to a thing that is not among the places."""
        self.start, self.end, self._places = start, end, places
        self._first = self._settled(start, None)
        self._last = self._settled(end, self._first)

    def body(self, share: float) -> Body:
        """Return the body at a share of the way: 0 is the first pose, 1 the last."""
        if share <= 0:
            return self._first.body
        if share >= 1:
            return self._last.body
        body = self._set_down(posed(_mixed(self.start.angles, self.end.angles, share)), share)
        for part in {*settle.bones(self.start.on), *settle.bones(self.end.on)}:
            weight = (1 - share) * (part in self.start.on) + share * (part in self.end.on)
            surface = self.end.on.get(part) or self.start.on[part]
            body = settle.bone_down(body, part, surface, weight)
        for name in self._first.holds.keys() | self._last.holds.keys():
            body = self._held(body, name, share)
        for name in in_order({**self.start.reach, **self.end.reach}):
            body = self._brought(body, name, share)
        return body

    def goal(self, body: Body, name: str, target: Target) -> Grip:
        """Return where a hand or foot is brought by a target."""
        return goal(body, name, target, self._places)

    def _settled(self, stance: Stance, before: _Settled | None) -> _Settled:
        body = posed(stance.angles)
        body = settle.moved(body, (0.0, 0.0, -settle.too_high(body, stance)))
        if before:
            body = settle.moved(body, settle.way_to(self._stay(before.body), body))
        for part in settle.bones(stance.on):
            body = settle.bone_down(body, part, stance.on[part], 1.0)
        holds: dict[str, Hold] = {}
        for part in stance.on:
            if limb := settle.limb_of(part):
                stood = before and limb in before.holds and part not in stance.moves
                stays = before.body if before and stood else None
                holds[limb] = settle.hold(body, part, stance, stays)
                body = _with_held(body, limb, holds[limb])
        grips: dict[str, Grip] = {}
        for name in in_order(stance.reach):
            grips[name] = self._kept(name, stance, before) or self.goal(body, name, stance.reach[name])
            body = brought(body, name, grips[name])
        return _Settled(body, holds, grips)

    def _kept(self, name: str, stance: Stance, before: _Settled | None) -> Grip | None:
        """Return where a hand was on the same thing in the pose before, unless it moves."""
        if before is None or name in stance.moves or stance.reach[name] not in self._places:
            return None
        return before.grips[name] if self.start.reach.get(name) == stance.reach[name] else None

    def _stay(self, body: Body) -> dict[str, Vec]:
        """Return where the parts are, in one of the two poses, that keep the body in its place."""
        parts = settle.anchors(self.start.on, self.end.on, self.end.moves)
        return {part: lowest(body, part) for part in parts}

    def _set_down(self, body: Body, share: float) -> Body:
        start, end = settle.too_high(body, self.start), settle.too_high(body, self.end)
        body = settle.moved(body, (0.0, 0.0, -(1 - share) * start - share * end))
        first, last = self._stay(self._first.body), self._stay(self._last.body)
        if not first:
            return settle.moved(body, level(between(self._first.body.hips, self._last.body.hips, share)))
        goals = {part: between(first[part], last[part], share) for part in first}
        return settle.moved(body, settle.way_to(goals, body))

    def _held(self, body: Body, name: str, share: float) -> Body:
        first, last = self._first.holds.get(name), self._last.holds.get(name)
        is_leg = name.endswith("leg")
        return _with_held(body, name, settle.on_the_way(body.limbs[name], first, last, share, is_leg=is_leg))

    def _brought(self, body: Body, name: str, share: float) -> Body:
        goals = [
            self._grip_now(body, name, stance, settled)
            for stance, settled in ((self.start, self._first), (self.end, self._last))
        ]
        flat = next((found.hand for found in goals if found and found.hand), None)
        free = Grip(tip(body, name, flat=flat is not None))
        first, last = goals[0] or free, goals[1] or free
        bend = (1 - share) * bool(first.hand) + share * bool(last.hand)
        return brought(body, name, Grip(between(first.at, last.at, share), flat), bend)

    def _grip_now(self, body: Body, name: str, stance: Stance, settled: _Settled) -> Grip | None:
        """Return where a pose wants a hand or foot: things keep their place, places on the body move with it."""
        target = stance.reach.get(name)
        if target is None:
            return None
        return self.goal(body, name, target) if target in LANDMARKS else settled.grips[name]


def _with_held(body: Body, name: str, to: Hold) -> Body:
    return with_limb(body, name, settle.held(body.limbs[name], to, is_leg=name.endswith("leg")))


def _mixed(first: Angles, last: Angles, share: float) -> Angles:
    names = first.keys() | last.keys()
    return {name: (1 - share) * first.get(name, 0.0) + share * last.get(name, 0.0) for name in names}
