"""A name from memory: its parts, its beginning, a slip of the finger; and what is none of the names."""

import pytest

from reminderbot.rules.likeness import nearest, slip

NAMES = {
    "sciatica": ("Sciatica",),
    "si-joint": ("The SI joint", "si-joint"),
    "hip-osteoarthritis": ("Hip osteoarthritis",),
    "osteoporosis": ("Osteoporosis",),
    "hip-from-back": ("Hip pain that comes from the back",),
    "like-sciatica": ("Pain like sciatica",),
}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Sciatica!", ["sciatica"]),
        ("si joint", ["si-joint"]),
        ("SI", ["si-joint"]),
        ("osteoporosys", ["osteoporosis"]),
        ("hip arthritis", ["hip-osteoarthritis"]),
        ("osteo", ["hip-osteoarthritis", "osteoporosis"]),
        ("pain from my back", ["hip-from-back"]),
        ("arthritus", ["hip-osteoarthritis"]),
        ("artritis of the hip", ["hip-osteoarthritis"]),
        ("about syatica", ["sciatica", "like-sciatica"]),
    ],
)
def test_what_is_meant_is_found(text: str, keys: list[str]) -> None:
    assert nearest(text, NAMES) == keys


@pytest.mark.parametrize(
    "text",
    ["", "...", "unicorn", "the moon", "gain", "ship", "hipster", "frog", "from", "from the", "x" * 4000,
     "hip " * 1000],
)  # fmt: skip
def test_what_is_no_name_finds_nothing(text: str) -> None:
    assert nearest(text, NAMES) == []


def test_without_names_nothing_is_found() -> None:
    assert nearest("sciatica", {}) == []


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("strech", "stretch"),
        ("stretsch", "stretch"),
        ("stertch", "stretch"),
        ("stretcj", "stretch"),
        ("mvoes", "moves"),
    ],
)
def test_a_slip_is_one_letter_wrong_left_out_too_many_or_swapped(word: str, name: str) -> None:
    assert slip(word, {"stretch", "moves", "walk"}) == name


@pytest.mark.parametrize(
    "word",
    ["stretch", "sketch", "stetches", "tsretch", "etretch", "wak", "walc", "walks", "", "monda", "mondai"],
)
def test_a_name_a_short_word_and_what_is_near_to_two_or_to_none_is_no_slip(word: str) -> None:
    assert slip(word, {"stretch", "walk", "monday", "mondas"}) is None
