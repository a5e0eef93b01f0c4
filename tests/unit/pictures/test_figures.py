"""The figures of all exercises: bodies that could be people, and pictures that show them."""

import io
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageStat

from reminderbot.library import yamlfile
from reminderbot.library.loader import default_folder
from reminderbot.library.models import Stretch
from reminderbot.library.poses import Figure, faults
from reminderbot.pictures.figure import film, motion, sheet, still
from reminderbot.pictures.figure.panel import FLOOR, PAPER, Drawing
from reminderbot.rules.body.faults import RANGES, joint_angles
from reminderbot.rules.body.skeleton import FOREARM, SHIN, SIDES, THIGH, UPPER_ARM, Body
from reminderbot.rules.body.support import trunk_balls
from reminderbot.rules.body.vectors import between, distance

MOMENTS = tuple(step / 24 for step in range(25))
FASTEST = 0.13
"""How far a joint may move in one of these moments, in heights of the body: nothing jumps or flips over."""
DENT = 0.03
"""How far a limb may press into the trunk, in heights of the body: 5 cm."""
TRUNK = [f"{side} {part}" for side in SIDES for part in ("hip", "chest")]
A_SIDE = 70_000
"""Bytes of a motion, for each side it shows."""
ALIKE = 2.0
"""How far a picture with few colours may be from the one it was made of, of 255."""


def cards() -> Iterator[Stretch]:
    """The exercises that ship and are drawn."""
    for path in sorted((default_folder() / "stretches").glob("*.yaml")):
        card = Stretch.model_validate(yamlfile.read(path)[0])
        if card.figure:
            yield card


def drawn(card: Stretch) -> Figure:
    assert card.figure
    return card.figure


CARDS = {card.id: card for card in cards()}
MOVING = [name for name, card in CARDS.items() if card.kind != "static" and drawn(card).end]
WITHOUT_WALL = [
    name for name, card in CARDS.items() if all(prop.kind != "wall" for prop in drawn(card).props)
]
TWO_POSES = [name for name, card in CARDS.items() if drawn(card).end]


@pytest.fixture(params=CARDS)
def card(request: pytest.FixtureRequest) -> Stretch:
    """Each exercise that is drawn."""
    return CARDS[request.param]


def bodies(figure: Figure) -> tuple[Body, ...]:
    """The body at all moments of a figure."""
    scene = figure.scene()
    return tuple(scene.body(share) for share in MOMENTS)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures differ, 0 to 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


class TestBodies:
    """At every moment of every exercise."""

    def test_limbs_keep_their_lengths(self, card: Stretch) -> None:
        for body in bodies(drawn(card)):
            for name, limb in body.limbs.items():
                spans = distance(limb.root, limb.middle), distance(limb.middle, limb.tip)
                assert spans == pytest.approx((THIGH, SHIN) if "leg" in name else (UPPER_ARM, FOREARM))

    def test_the_body_rests_on_what_carries_it_and_hands_are_where_they_go(self, card: Stretch) -> None:
        assert list(faults(drawn(card))) == []

    def test_joints_stay_within_human_range_on_the_way(self, card: Stretch) -> None:
        for body in bodies(drawn(card)):
            for name, angle in joint_angles(body).items():
                least, most = RANGES[name.split()[1]]
                assert least - 5 <= angle <= most + 5, name

    def test_no_limb_passes_through_the_trunk(self, card: Stretch) -> None:
        for body in bodies(drawn(card)):
            for name, limb in body.limbs.items():
                for point in (limb.middle, between(limb.middle, limb.tip, 0.5), limb.tip):
                    for ball in (trunk_balls(body)[part] for part in TRUNK):
                        assert distance(point, ball.centre) > ball.radius - DENT, name

    def test_nothing_jumps(self, card: Stretch) -> None:
        for before, after in pairwise(bodies(drawn(card))):
            for name, limb in before.limbs.items():
                assert distance(limb.middle, after.limbs[name].middle) < FASTEST
                assert distance(limb.tip, after.limbs[name].tip) < 1.6 * FASTEST


class TestStills:
    """The PNG of every exercise."""

    def test_start_and_end_lie_side_by_side_and_the_other_side_below(self, card: Stretch) -> None:
        picture = Image.open(io.BytesIO(still(drawn(card), card.sides)))
        _, height = Drawing(drawn(card), sheet.WIDTH).size
        rows, columns = (
            (1 + (card.sides == "each"), 2) if drawn(card).end else (1, 1 + (card.sides == "each"))
        )
        assert picture.size == (columns * sheet.WIDTH, rows * height)

    def test_it_has_its_own_light_background(self, card: Stretch) -> None:
        picture = Image.open(io.BytesIO(still(drawn(card), card.sides)))
        assert "transparency" not in picture.info
        brightness = picture.convert("L").crop((0, 0, picture.width, 3)).getextrema()[0]
        assert isinstance(brightness, int)
        assert brightness > 200

    @pytest.mark.parametrize("name", WITHOUT_WALL)
    def test_the_figure_stays_inside_its_panel(self, name: str) -> None:
        card = CARDS[name]
        drawing = Drawing(drawn(card), sheet.WIDTH)
        for share in (0.0, 0.5, 1.0) if drawn(card).end else (0.0,):
            panel = drawing.panel(share, felt=1.0)
            width, height = panel.size
            for edge in ((0, 0, 2, height), (width - 2, 0, width, height), (0, 0, width, 2)):
                colours = {colour for _, colour in panel.crop(edge).getcolors(width * height) or ()}
                assert max(map(_from_background, colours)) < 12

    @pytest.mark.parametrize("name", TWO_POSES)
    def test_start_and_end_look_different(self, name: str) -> None:
        drawing = Drawing(drawn(CARDS[name]), sheet.WIDTH)
        assert unlike(drawing.panel(0.0, felt=0.0), drawing.panel(1.0, felt=1.0)) > 0.8


def _from_background(colour: tuple[int, ...] | float) -> int:
    assert isinstance(colour, tuple)
    between = [sorted((paper, floor)) for paper, floor in zip(PAPER, FLOOR, strict=True)]
    return max(max(low - part, part - high, 0) for part, (low, high) in zip(colour, between, strict=True))


class TestMotions:
    """The GIF of every exercise that moves."""

    @pytest.fixture(params=MOVING)
    def card(self, request: pytest.FixtureRequest) -> Stretch:
        """Each exercise that is sent as a motion."""
        return CARDS[request.param]

    @pytest.fixture
    def frames(self, card: Stretch) -> list[Image.Image]:
        """The frames of its GIF."""
        data = motion(drawn(card), card.sides)
        assert len(data) < A_SIDE * (2 if card.sides == "each" else 1)
        gif = Image.open(io.BytesIO(data))
        assert gif.info["loop"] == 0
        return [frame_at(gif, place) for place in range(getattr(gif, "n_frames", 1))]

    def test_it_starts_and_turns_where_the_still_does(self, card: Stretch, frames: list[Image.Image]) -> None:
        drawing = Drawing(drawn(card), film.WIDTH, film.TALLEST)
        assert unlike(frames[0], drawing.panel(0.0, felt=0.0)) < ALIKE
        assert unlike(frames[film.STEPS - 1], drawing.panel(1.0, felt=1.0)) < ALIKE

    def test_the_other_side_is_the_mirror_of_the_first(
        self, card: Stretch, frames: list[Image.Image]
    ) -> None:
        one_side = 2 * (film.STEPS - 1)
        assert len(frames) == one_side * (2 if card.sides == "each" else 1)
        if card.sides == "each":
            mirrored = frames[0].transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            assert unlike(mirrored, frames[one_side]) < 1


def frame_at(gif: Image.Image, place: int) -> Image.Image:
    gif.seek(place)
    return gif.convert("RGB")
