"""How a body comes onto paper: what is nearer hides what is farther, and outlines go all around."""

import math
from dataclasses import dataclass

import pytest

from reminderbot.pictures.figure.camera import VIEWS, Camera, Flat
from reminderbot.pictures.figure.order import far_to_near
from reminderbot.pictures.figure.outlines import around, arrow, bent
from reminderbot.pictures.figure.shapes import EYE, pieces
from reminderbot.rules.body.skeleton import posed
from reminderbot.rules.body.vectors import Vec, dot


@dataclass(frozen=True)
class Stick:
    """A piece on paper."""

    ends: tuple[Flat, Flat]
    radius: float = 0.02
    rank: int = 0


def stick(x1: float, away1: float, x2: float, away2: float, y: float = 0.0, rank: int = 0) -> Stick:
    return Stick((Flat(x1, y, away1), Flat(x2, -y, away2)), rank=rank)


class TestOrder:
    """Which piece is painted when."""

    def test_the_farther_piece_is_painted_first(self) -> None:
        assert far_to_near([stick(0, 0.1, 1, 0.1), stick(0, 0.5, 1, 0.5)]) == [1, 0]

    def test_what_counts_is_where_the_two_cross(self) -> None:
        slanted = stick(0, -0.5, 1, 1.0, y=0.2)
        flat = stick(0.0, 0.1, 0.2, 0.1, y=0.16)
        assert far_to_near([slanted, flat]) == [1, 0]

    def test_rank_decides_between_pieces_at_the_same_distance(self) -> None:
        assert far_to_near([stick(0, 0, 1, 0, rank=2), stick(0, 0, 1, 0, rank=1)]) == [1, 0]

    @pytest.mark.parametrize("view", VIEWS)
    def test_every_piece_is_painted_once(self, view: str) -> None:
        camera = Camera(*VIEWS[view])
        found = pieces(posed({"right hip": 90, "right knee": 90}), camera)
        sticks = [Stick((camera.flat(p.axis[0]), camera.flat(p.axis[1])), rank=p.rank) for p in found]
        assert sorted(far_to_near(sticks)) == list(range(len(found)))


class TestCamera:
    """From where one looks."""

    @pytest.mark.parametrize(
        ("turn", "point", "x"),
        [(0, (1, 0, 0), 1), (90, (0, 1, 0), 1), (-90, (0, 1, 0), -1), (180, (1, 0, 0), -1)],
    )
    def test_ahead_is_to_the_right_from_the_right_side_and_left_is_from_the_front(
        self, turn: float, point: Vec, x: float
    ) -> None:
        assert Camera(turn, 0).flat(point).x == pytest.approx(x)

    def test_up_is_up_and_what_is_nearer_is_less_far_away(self) -> None:
        camera = Camera(0, 10)
        assert camera.flat((0, 0, 1)).y < camera.flat((0, 0, 0)).y
        assert camera.flat((0, -1, 0)).away < camera.flat((0, 1, 0)).away

    @pytest.mark.parametrize("view", VIEWS)
    def test_nothing_is_stretched(self, view: str) -> None:
        camera = Camera(*VIEWS[view])
        axes = (camera.right, camera.up, camera.away)
        assert [dot(a, b) for a in axes for b in axes] == pytest.approx([1, 0, 0, 0, 1, 0, 0, 0, 1])


class TestOutlines:
    """What is filled with colour."""

    def test_an_outline_goes_around_its_circles(self) -> None:
        outline = around([(0, 0, 10), (100, 0, 5)], 1.0)
        assert (min(x for x, _ in outline), max(x for x, _ in outline)) == pytest.approx((-10, 105))
        assert max(y for _, y in outline) == pytest.approx(10)

    def test_an_arc_begins_and_ends_where_it_should_and_bends_aside(self) -> None:
        path = bent((0, 0), (100, 0), 90)
        assert (path[0], path[-1]) == ((0, 0), (100, 0))
        assert max(abs(y) for _, y in path) > 15

    def test_an_arrow_ends_in_its_tip_and_is_widest_before_it(self) -> None:
        outline = arrow(bent((0, 0), (100, 0), 0), 10, 0)
        tip = max(outline)
        assert tip == pytest.approx((100, 0))
        widest = max(outline, key=lambda point: abs(point[1]))
        assert 60 < widest[0] < 90
        assert math.isclose(abs(widest[1]), 12.5)


class TestFace:
    """A face looks somewhere."""

    @pytest.mark.parametrize("turn", [-10, 0, 14, 166, 180, 190])
    def test_a_profile_shows_the_near_eye_and_no_other(self, turn: float) -> None:
        assert self.eyes(turn) == 1

    def test_a_face_has_two_eyes_and_the_back_of_a_head_none(self) -> None:
        assert (self.eyes(90), self.eyes(-90)) == (2, 0)

    @staticmethod
    def eyes(turn: float) -> int:
        drawn = pieces(posed({}), Camera(turn, 10))
        return sum(colour == EYE for piece in drawn for _, _, colour in piece.dots)
