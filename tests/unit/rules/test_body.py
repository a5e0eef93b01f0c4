"""The drawn body: its limbs keep their lengths, it rests on what carries it, and its hands are where they go."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from reminderbot.rules.body.bases import BASES
from reminderbot.rules.body.faults import joint_angles, stance_faults
from reminderbot.rules.body.grip import tip
from reminderbot.rules.body.landmarks import LANDMARKS, landmark, patch
from reminderbot.rules.body.props import Prop, places, shapes
from reminderbot.rules.body.scene import Scene
from reminderbot.rules.body.skeleton import ANKLE, FOREARM, SHIN, SIDES, THIGH, UPPER_ARM, Body, posed
from reminderbot.rules.body.stance import Stance
from reminderbot.rules.body.support import SURFACES, lowest
from reminderbot.rules.body.vectors import Vec, distance, dot

NEAR = 0.002
"""A third of a centimetre: no leg is ever stretched to its very last bit."""
MOMENTS = tuple(step / 10 for step in range(11))
THINGS = places([Prop("chair"), Prop("wall", ahead=0.3), Prop("table", ahead=0.3)])


def stance(base: str, *, on: dict[str, str] | None = None, **angles: float) -> Stance:
    """A base with some angles changed; `right_hip_out` is "right hip-out"."""
    changed = {name.replace("_", " ", 1).replace("_", "-"): value for name, value in angles.items()}
    found = BASES[base]
    return Stance({**found.angles, **changed}, {**found.on, **(on or {})}, found.reach)


def still(pose: Stance) -> Body:
    return Scene(pose, pose, THINGS).body(0)


def lengths(body: Body) -> list[float]:
    return [
        distance(*ends)
        for limb in body.limbs.values()
        for ends in ((limb.root, limb.middle), (limb.middle, limb.tip))
    ]


def squat() -> Scene:
    down = stance("standing", body_lean=35, left_hip=100, right_hip=100, left_knee=85, right_knee=85)
    return Scene(stance("standing"), down, THINGS)


class TestJoints:
    """Angles mean what a physio means by them."""

    @pytest.mark.parametrize(
        ("angle", "point", "way"),
        [
            ("right hip", "right leg", (1, 0, 0)),
            ("right hip-out", "right leg", (0, -1, 0)),
            ("left hip-out", "left leg", (0, 1, 0)),
            ("right arm", "right arm", (1, 0, 0)),
            ("left arm-out", "left arm", (0, 1, 0)),
        ],
    )
    def test_ninety_degrees_bring_a_limb_ahead_or_straight_out(
        self, angle: str, point: str, way: Vec
    ) -> None:
        limb = posed({angle: 90}).limbs[point]
        assert dot(limb.middle, way) - dot(limb.root, way) == pytest.approx(distance(limb.root, limb.middle))

    def test_a_knee_bends_back_and_an_elbow_forward(self) -> None:
        body = posed({"left knee": 90, "left elbow": 90})
        leg, arm = body.limbs["left leg"], body.limbs["left arm"]
        assert leg.tip[0] - leg.middle[0] == pytest.approx(-SHIN)
        assert arm.tip[0] - arm.middle[0] == pytest.approx(FOREARM)

    def test_a_bent_thigh_turned_out_brings_the_foot_in(self) -> None:
        body = posed({"right hip": 90, "right knee": 90, "right hip-turn": 60})
        assert body.limbs["right leg"].tip[1] > body.limbs["right leg"].middle[1] + 0.1

    def test_the_trunk_bends_forward_to_the_right_and_turns_to_the_right(self) -> None:
        upright = posed({}).throat
        assert posed({"spine bend": 40}).throat[0] > upright[0] + 0.05
        assert posed({"spine side": 40}).throat[1] < upright[1] - 0.05
        assert posed({"spine twist": 40}).chest[0][1] < -0.5

    def test_the_angles_that_were_given_are_found_again(self) -> None:
        given = {
            "right hip": 70,
            "right hip-out": 30,
            "right hip-turn": 20,
            "right knee": 100,
            "right ankle": -20,
        }
        found = joint_angles(posed(given))
        assert {name: found[name] for name in given} == pytest.approx(given)


class TestCarried:
    """A body is set down on what carries it."""

    @pytest.mark.parametrize("base", BASES)
    def test_every_base_touches_what_carries_it_and_is_within_human_range(self, base: str) -> None:
        pose = stance(base)
        assert list(stance_faults(Scene(pose, pose, THINGS), 0.0, pose)) == []

    @pytest.mark.parametrize("base", BASES)
    def test_limbs_have_their_lengths_in_every_base(self, base: str) -> None:
        expected = [UPPER_ARM, FOREARM] * 2 + [THIGH, SHIN] * 2
        assert sorted(lengths(still(stance(base)))) == pytest.approx(sorted(expected))

    def test_feet_stay_where_they_are_while_the_hips_sink(self) -> None:
        scene = squat()
        feet = [[lowest(scene.body(share), f"{side} foot") for side in SIDES] for share in MOMENTS]
        for pair in feet:
            assert [
                distance(foot, first) for foot, first in zip(pair, feet[0], strict=True)
            ] == pytest.approx([0, 0], abs=NEAR)
        assert scene.body(1).hips[2] < scene.body(0).hips[2] - 0.1

    def test_a_foot_that_steps_is_lifted_on_its_way(self) -> None:
        before = stance("standing")
        after = replace(stance("standing", right_hip=50, right_knee=40), moves=frozenset({"right foot"}))
        scene = Scene(before, after, THINGS)
        heights = [scene.body(share).limbs["right leg"].tip[2] - ANKLE for share in MOMENTS]
        assert [heights[0], heights[-1]] == pytest.approx([0, 0], abs=NEAR)
        assert max(heights) > 0.03

    def test_a_heel_rises_over_the_ball_of_the_foot(self) -> None:
        scene = Scene(stance("standing"), up_on_toes(), THINGS)
        assert distance(lowest(scene.body(0), "left foot"), lowest(scene.body(1), "left toes")) < NEAR
        assert scene.body(1).limbs["left leg"].tip[2] > scene.body(0).limbs["left leg"].tip[2] + 0.03

    def test_sitting_rests_on_the_chair(self) -> None:
        assert lowest(still(stance("sitting")), "seat")[2] == pytest.approx(SURFACES["chair"])

    def test_nothing_jumps_between_two_moments(self) -> None:
        scene = squat()
        bodies = [scene.body(step / 100) for step in range(101)]
        jumps = [
            distance(a.limbs[name].middle, b.limbs[name].middle)
            for a, b in pairwise(bodies)
            for name in a.limbs
        ]
        assert max(jumps) < 0.02


def up_on_toes() -> Stance:
    found = BASES["standing"]
    return Stance(found.angles, {f"{side} toes": "floor" for side in SIDES})


class TestReach:
    """Hands and feet go where they are told, if they can."""

    @pytest.mark.parametrize("place", ["left knee", "right thigh", "right hip", "chest", "left shoulder"])
    def test_a_palm_arrives_at_a_place_on_the_body(self, place: str) -> None:
        pose = replace(stance("sitting"), reach={"right hand": place})
        body = still(pose)
        assert distance(tip(body, "right hand"), landmark(body, place).skin) < 0.02

    def test_a_hand_on_a_moving_knee_stays_on_it(self) -> None:
        start = replace(stance("sitting"), reach={"right hand": "right knee"})
        end = replace(stance("sitting", body_lean=20, left_hip=110, right_hip=110), reach=start.reach)
        scene = Scene(start, end, THINGS)
        for share in MOMENTS:
            body = scene.body(share)
            assert distance(tip(body, "right hand"), landmark(body, "right knee").skin) < 0.02

    def test_a_hand_on_a_wall_lies_flat_with_its_fingers_up(self) -> None:
        pose = replace(stance("standing", right_arm=80), reach={"right hand": "wall"})
        arm = still(pose).limbs["right arm"]
        assert arm.end[2] == pytest.approx((0, 0, -1), abs=1e-6)
        assert arm.tip[0] == pytest.approx(0.276, abs=0.002)

    def test_what_is_out_of_reach_is_told(self) -> None:
        pose = replace(stance("standing"), reach={"right hand": (2.0, 0.0, 0.5)})
        ((where, told),) = stance_faults(Scene(pose, pose, THINGS), 0.0, pose)
        assert where == ("reach", "right hand")
        assert "short of it" in told


class TestFaults:
    """What no body could do is told."""

    def test_a_knee_bent_too_far(self) -> None:
        pose = Stance({"left knee": 175.0}, {"right foot": "floor"})
        assert [where for where, _ in stance_faults(Scene(pose, pose, THINGS), 0.0, pose)] == [
            ("left", "knee")
        ]

    def test_a_hand_in_the_floor(self) -> None:
        pose = Stance({"left arm": 0.0}, {"left knee": "floor", "right knee": "floor"})
        told = [told for _, told in stance_faults(Scene(pose, pose, THINGS), 0.0, pose)]
        assert any("below the floor" in sentence for sentence in told)

    def test_a_foot_that_does_not_come_down_to_the_floor(self) -> None:
        pose = Stance({"left hip": 90.0}, {"belly": "table", "left foot": "step"})
        assert ("on", "left foot") in [
            where for where, _ in stance_faults(Scene(pose, pose, THINGS), 0.0, pose)
        ]


@pytest.mark.parametrize("name", sorted(LANDMARKS))
def test_every_place_lies_on_the_body_and_can_be_coloured(name: str) -> None:
    body = still(stance("standing"))
    place = landmark(body, name)
    assert math.isclose(math.hypot(*place.outward), 1)
    assert distance(place.skin, body.hips) < 0.6
    assert patch(body, name).radius > 0


@pytest.mark.parametrize(
    "kind", ["mat", "chair", "wall", "table", "ball", "block", "step", "cushion", "wedge"]
)
def test_every_thing_has_a_shape(kind: str) -> None:
    assert shapes(Prop(kind))
