"""The calendar and the week, as pictures."""

import io
from collections.abc import Callable
from itertools import combinations
from typing import Any, NamedTuple

import pytest
from PIL import Image, ImageChops, ImageStat

from reminderbot.pictures import board, calendar, marks, week
from reminderbot.pictures.board import MARGIN, WIDTH, Board, Ink
from reminderbot.rules.marks import Mark

LEGEND = {"k": "kept", "p": "in part", "r": "rest", "f": "freeze", "m": "missed", "today": "today"}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun"
PAPER = 0


def calendar_of(*habits: dict[str, Any], today: int = 115) -> dict[str, Any]:
    """The data of a calendar from Monday, 27 July on."""
    shared = {"months_text": MONTHS, "weekdays_text": WEEKDAYS, "legend": LEGEND}
    return {"first": "2026-07-27", "today": today, "habits": list(habits)} | shared


def week_of(*habits: dict[str, Any], today: int = 6) -> dict[str, Any]:
    """The data of a week."""
    head = {"title_text": "Your week", "span_text": "Mon 16 November to Sun 22 November"}
    shared = {"weekdays_text": WEEKDAYS, "legend": LEGEND}
    return {"first": "2026-11-16", "today": today, "habits": list(habits)} | head | shared


def habit(days: str = "kpmrf", **changed: Any) -> dict[str, Any]:
    """A habit of either picture."""
    told = {"label": "Move", "days": days, "strength": 0.5, "strength_text": "Strength 50 %"}
    of_calendar = {
        "streak_text": "Streak 3 days",
        "best_text": "Best 5 days",
        "counts_text": "9 done. 9 reminders came.",
    }
    return told | of_calendar | {"done_text": "9 done", "change_text": "2 more than last week"} | changed


def opened(png: bytes) -> Image.Image:
    """The picture as numbers of colours."""
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def drawn(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether anything but paper is there."""
    return image.crop(box).getextrema() != (PAPER, PAPER)


DRAWN: list[tuple[Callable[..., bytes], Callable[..., dict[str, Any]], int]] = [
    (calendar.draw, calendar_of, 17 * 7),
    (week.draw, week_of, 7),
]
pictures = pytest.mark.parametrize(("draw", "data", "days"), DRAWN, ids=["calendar", "week"])


@pictures
def test_a_picture_is_a_small_png_of_sixteen_colours(draw: Any, data: Any, days: int) -> None:
    """A palette of four bits a pixel, and no larger than a message should be."""
    png = draw(data(habit("k" * days), habit(("kprfm" * days)[:days])))
    image = opened(png)
    assert (image.mode, image.width) == ("P", WIDTH)
    assert len(image.getcolors() or []) <= 16
    assert len(png) < 60_000


@pictures
def test_nothing_touches_the_edge_whatever_the_words(draw: Any, data: Any, days: int) -> None:
    """Long names and long numbers are cut."""
    long = {
        "label": "A habit that somebody gave the longest name that a title may have",
        "done_text": "1234 done",
    }
    image = opened(
        draw(data(habit("k" * days, **long, streak_text="Streak 1234 days", counts_text="many " * 40)))
    )
    edge = MARGIN - 4
    assert not drawn(image, (0, 0, edge, image.height))
    assert not drawn(image, (WIDTH - edge, 0, WIDTH, image.height))
    assert not drawn(image, (0, image.height - 10, WIDTH, image.height))


class Written(NamedTuple):
    """A line as it was drawn: its words, and the box around its letters."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[Written]:
    """All lines that are drawn."""
    found: list[Written] = []
    write, letter = Board.write, board._lettering
    here = [(0, 0)]

    def noted(self: Board, at: tuple[int, int], *rest: Any, **how: Any) -> None:
        here[0] = at
        write(self, at, *rest, **how)

    def lettering(text: str, *how: Any) -> tuple[Image.Image, int, int]:
        tile, left, top = letter(text, *how)
        x, y = here[0][0] + left, here[0][1] + top
        found.append(Written(text, x, y, x + tile.width, y + tile.height))
        return tile, left, top

    monkeypatch.setattr(Board, "write", noted)
    monkeypatch.setattr(board, "_lettering", lettering)
    return found


MOST = {
    "label": "Standing up for a moment",
    "strength_text": "Strength 100 %",
    "streak_text": "Streak 1234 days",
    "best_text": "Best 1234 days",
    "counts_text": "1904 reminders came, 1893 answered: 1690 done, 203 skipped. 187 done on your own. "
    "Snoozed 412 times.",
    "done_text": "123 done",
    "change_text": "123 more than last week",
}
"""As much as years with the bot can come to."""

LONGEST = {name: f"{text} {'and yet some more ' * 9}" for name, text in MOST.items()}
"""More than anything that is told, as a translation may be."""


@pictures
@pytest.mark.parametrize("words", [MOST, LONGEST], ids=["most", "longest"])
def test_no_line_leaves_the_picture_or_touches_another(
    draw: Any, data: Any, days: int, lines: list[Written], words: dict[str, str]
) -> None:
    png = draw(data(habit("k" * days, **words), habit("k" * days, **words)))
    for line in lines:
        assert line.left >= MARGIN - 4, line
        assert line.right <= WIDTH - MARGIN + 4, line
        assert line.bottom <= opened(png).height, line
    for one, other in combinations(lines, 2):
        beside = one.right <= other.left or other.right <= one.left
        assert beside or one.bottom <= other.top or other.bottom <= one.top, (one, other)


@pictures
def test_what_is_told_is_told_to_its_end(draw: Any, data: Any, days: int, lines: list[Written]) -> None:
    """In a second line, where it takes one."""
    draw(data(habit("k" * days, **MOST)))
    assert [line.text for line in lines if "…" in line.text] == []


def test_the_counts_go_on_in_a_second_line_after_a_sentence(lines: list[Written]) -> None:
    calendar.draw(calendar_of(habit("k" * 119, **MOST)))
    assert [line.text for line in lines if "done" in line.text] == [
        "1904 reminders came, 1893 answered: 1690 done, 203 skipped.",
        "187 done on your own. Snoozed 412 times.",
    ]


def test_two_habits_with_much_to_tell_are_shown_as_wide_as_the_chat() -> None:
    """A taller picture is shown smaller."""
    image = opened(calendar.draw(calendar_of(*[habit("k" * 119, **MOST)] * 2)))
    assert image.height <= 1.4 * image.width


@pictures
def test_a_letter_that_the_font_lacks_leaves_out_its_words_and_breaks_nothing(
    draw: Any, data: Any, days: int
) -> None:
    """The words below the picture say it all."""
    assert draw(data(habit("k" * days, label="運動"))) == draw(data(habit("k" * days, label="")))


@pictures
def test_data_of_another_version_is_refused_and_not_drawn_wrong(draw: Any, data: Any, days: int) -> None:
    with pytest.raises(ValueError, match="'x'"):
        draw(data(habit("x" * days)))
    with pytest.raises(KeyError):
        draw({"sort": "calendar"})


@pictures
def test_today_is_framed(draw: Any, data: Any, days: int) -> None:
    """The same picture with and without the frame differs in one place only, and only on that day."""
    with_today = opened(draw(data(habit("-" * days), today=2)))
    without = opened(draw(data(habit("-" * days), today=days)))
    box = ImageChops.difference(with_today.convert("L"), without.convert("L")).getbbox()
    assert box is not None
    assert 40 <= box[2] - box[0] <= 80
    assert 40 <= box[3] - box[1] <= 80


def written(monkeypatch: pytest.MonkeyPatch, first: str, weeks: int) -> list[str]:
    """What stands above the weeks of a calendar that begins on a Monday."""
    words: list[str] = []
    write = Board.write

    def noted(self: Board, at: tuple[int, int], text: str, *rest: Any, **how: Any) -> None:
        words.append(text)
        write(self, at, text, *rest, **how)

    monkeypatch.setattr(Board, "write", noted)
    calendar.draw(calendar_of(habit("k" * 7 * weeks)) | {"first": first})
    return [text for text in words if text.split()[-1] in MONTHS.split()]


def test_a_newcomers_weeks_are_named_by_their_mondays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who begins on 30 November is not told that it was December."""
    assert written(monkeypatch, "2026-11-30", 4) == ["30 Nov", "7 Dec", "14 Dec", "21 Dec"]


def test_many_weeks_are_named_by_their_months_each_above_its_first_monday(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert written(monkeypatch, "2026-11-30", 17) == ["Dec", "Jan", "Feb", "Mar"]
    assert written(monkeypatch, "2026-11-16", 17) == ["Nov", "Dec", "Jan", "Feb", "Mar"]


@pytest.mark.parametrize("weeks", range(1, 18))
def test_the_weeks_fit_between_the_edges_however_many_there_are(weeks: int) -> None:
    """Neither a date nor the name of a month that begins in the last one is cut off."""
    image = opened(
        calendar.draw(calendar_of(habit("k" * 7 * weeks), today=7 * weeks - 1) | {"first": "2026-11-16"})
    )
    assert not drawn(image, (WIDTH - MARGIN + 4, 0, WIDTH, image.height))


def test_the_frame_around_today_leaves_its_weekday_alone() -> None:
    """A newcomer's today is in the first column, beside the names."""
    days = "--k" + "-" * 25
    framed, plain = (opened(calendar.draw(calendar_of(habit(days), today=day))) for day in (2, 28))
    box = ImageChops.difference(framed.convert("L"), plain.convert("L")).getbbox()
    assert box is not None
    left, top, _, bottom = box
    assert not drawn(plain, (left - 4, top, left, bottom))


def test_accents_are_left_out_rather_than_the_word() -> None:
    assert board.shortened("Étirement – Größe", 30, 600) == "Etirement - Grosse"


def test_a_line_is_cut_to_its_room_after_a_word() -> None:
    cut = board.shortened("many words, that do not fit", 30, 200)
    assert cut == "many words…"
    assert board.width(cut, 30) <= 200


def test_a_single_long_word_is_cut_where_it_has_to_be() -> None:
    cut = board.shortened("a Donaudampfschifffahrt", 30, 200)
    assert cut.startswith("a Donau")
    assert board.width(cut, 30) <= 200


def test_marks_are_told_apart_by_their_shape_on_a_small_phone_without_colour() -> None:
    """Each pair differs on at least a twentieth of its pixels, at the size of 360 points, in grey."""
    tiles = {mark: _grey(mark) for mark in Mark if mark is not Mark.BLANK}
    for one, other in combinations(tiles, 2):
        difference = ImageChops.difference(tiles[one], tiles[other]).point(lambda value: 255 * (value > 60))
        assert ImageStat.Stat(difference).mean[0] > 255 / 20, (one, other)


def _grey(mark: Mark) -> Image.Image:
    spot = Board(40)
    marks.put(spot, mark, (20, 20), 34)
    return opened(spot.png()).convert("L").crop((0, 0, 40, 40)).resize((16, 16), Image.Resampling.BOX)


@pytest.mark.parametrize("ink", Ink)
def test_every_ink_is_readable_on_the_paper(ink: Ink) -> None:
    """A contrast of at least 4.5, as for text (WCAG 2.2, 1.4.3)."""
    palette = opened(Board(10).png()).convert("RGB").getpixel((0, 0))
    spot = Board(60)
    spot.put(board.inked(Image.new("L", (20, 20), 255), ink), (30, 30))
    color = opened(spot.png()).convert("RGB").getpixel((30, 30))
    light, dark = (_luminance(found) for found in (palette, color))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(color: Any) -> float:
    linear: list[float] = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in color)
    ]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
