"""Things are found by every name they go by, whole."""

from reminderbot.library.names import Names


def _known() -> Names[int]:
    names = Names[int]()
    names.add(1, ["munich", "muenchen"])
    names.add(2, [])
    names.add(3, ["new york", "munich"])
    return names


def test_a_name_brings_everything_that_goes_by_it_in_order() -> None:
    assert _known().get("munich") == [1, 3]
    assert _known().get("new york") == [3]


def test_a_part_of_a_name_or_none_brings_nothing() -> None:
    assert [_known().get(name) for name in ("mun", "york", "")] == [[]] * 3


def test_the_names_that_begin_with_a_letter_come_once() -> None:
    assert list(_known().beginning("m")) == ["munich", "muenchen"]
    assert list(_known().beginning("x")) == []
