"""Poses as they are written in a card: what is not named stays, and what cannot be is told with its place."""

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from reminderbot.library import yamlfile
from reminderbot.library.joints import Limbs
from reminderbot.library.loader import default_folder
from reminderbot.library.poses import Figure, PropKind, View, Way, faults
from reminderbot.library.problems import sentence
from reminderbot.rules.body.bases import BASES
from reminderbot.rules.body.landmarks import LANDMARKS
from reminderbot.rules.body.support import SURFACES


def figure(**written: Any) -> Figure:
    """A figure as it is read from a card."""
    return Figure.model_validate({"start": {"base": "standing"}} | written)


def told(tmp_path: Path, **written: Any) -> str:
    """What reading a card with this figure complains about: field and sentence."""
    path = tmp_path / "card.yaml"
    path.write_text(yaml.safe_dump({"start": {"base": "standing"}} | written))
    value, place = yamlfile.read(path)
    with pytest.raises(ValueError, match="Figure") as caught:
        Figure.model_validate(value)
    (detail, *_) = caught.value.errors()  # type: ignore[attr-defined]
    return f"{place.find(detail['loc'])[1]} {sentence(detail)}"


class TestWords:
    """What stands in a card."""

    def test_the_end_goes_on_from_the_start(self) -> None:
        start, end = figure(
            start={"base": "standing", "both": {"arm": 90}, "reach": {"left hand": "belly"}},
            end={"right": {"arm": 20}},
        ).stances()
        assert (end.angles["left arm"], end.angles["right arm"]) == (90, 20)
        assert end.reach == start.reach

    def test_one_side_says_more_than_both(self) -> None:
        start, _ = figure(start={"both": {"knee": 10}, "left": {"knee": 30}}).stances()
        assert (start.angles["left knee"], start.angles["right knee"]) == (30, 10)

    def test_a_plural_means_both_sides(self) -> None:
        start, _ = figure(start={"on": {"toes": "floor"}}).stances()
        assert start.on == {"left toes": "floor", "right toes": "floor"}

    def test_a_foot_stands_in_one_way_and_a_lifted_one_in_none(self) -> None:
        start, end = figure(start={"on": {"right heel": "floor"}}, end={"on": {"left foot": "air"}}).stances()
        assert set(start.on) == {"left foot", "right heel"}
        assert set(end.on) == {"right heel"}

    def test_a_hand_that_reaches_leaves_the_floor_and_one_that_is_free_lets_go(self) -> None:
        start, end = figure(
            start={"base": "all-fours", "reach": {"left hand": "belly"}}, end={"reach": {"left hand": "free"}}
        ).stances()
        assert "left hand" not in start.on
        assert end.reach == {}


class TestRefused:
    """What cannot be is refused, with the field and a sentence."""

    @pytest.mark.parametrize(
        ("written", "complaint"),
        [
            ({"start": {"right": {"knee": 200}}}, "start.right.knee is 200"),
            ({"start": {"right": {"kne": 20}}}, "start.right.kne is not a field"),
            ({"start": {"base": "flying"}}, "start.base is 'flying'; it must be one of"),
            ({"start": {"on": {"nose": "floor"}}}, "'nose' carries nobody"),
            ({"tint": ["left wing"]}, "tint.0 'left wing' is no place on the body"),
            ({"start": {"reach": {"left hand": "moon"}}}, "'moon' is no place on the body"),
            ({"start": {"base": "sitting"}}, "uses a chair, but has none"),
            ({"start": {"reach": {"left hand": "wall"}}}, "uses a wall, but has none"),
            ({"end": {"base": "sitting"}}, "has a base in its end"),
        ],
    )
    def test_with_its_field_and_a_sentence(
        self, tmp_path: Path, written: dict[str, Any], complaint: str
    ) -> None:
        assert complaint in told(tmp_path, **written)

    def test_what_only_the_end_gets_wrong_is_told_there(self) -> None:
        found = figure(end={"reach": {"right hand": "left heel"}})
        assert {where[0] for where, _ in faults(found)} == {"end"}

    def test_a_hand_that_cannot_get_there(self) -> None:
        (where, complaint), *_ = faults(figure(start={"reach": {"right hand": "left heel"}}))
        assert where == ("start", "reach", "right hand")
        assert complaint.endswith("short of it")


class TestGuide:
    """content/stretches/FIGURES.md, the guide for authors."""

    GUIDE = (default_folder() / "stretches" / "FIGURES.md").read_text()

    @pytest.mark.parametrize(
        "word", [*BASES, *SURFACES, *get_args(PropKind), *get_args(View), *get_args(Way)]
    )
    def test_it_names_every_word(self, word: str) -> None:
        assert f"`{word}`" in self.GUIDE

    def test_it_names_every_place_on_the_body_and_every_joint(self) -> None:
        places = {name.removeprefix("left ").removeprefix("right ") for name in LANDMARKS}
        joints = {field.alias for field in Limbs.model_fields.values()}
        assert [word for word in places | joints if f"`{word}`" not in self.GUIDE] == []

    def test_its_example_can_be_drawn(self) -> None:
        written = self.GUIDE.partition("```yaml\n")[2].partition("```")[0]
        found = Figure.model_validate(_with_tuples(yaml.safe_load(written)["figure"]))
        assert list(faults(found)) == []


def _with_tuples(value: Any) -> Any:
    """Lists as tuples, as cards are read."""
    if isinstance(value, dict):
        return {key: _with_tuples(inner) for key, inner in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value
