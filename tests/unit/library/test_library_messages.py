"""Messages render what they promise and are refused when Telegram would refuse them."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reminderbot.library.messages import Html, Message, check_html


def message(text: str, **more: object) -> Message:
    return Message.model_validate({"text": {"en": text}, **more})


def test_arguments_are_escaped() -> None:
    rendered = message("Hi <b>{name}</b>").render({"name": "<i>A & B</i> \"'"})
    assert rendered == "Hi <b>&lt;i&gt;A &amp; B&lt;/i&gt; \"'</b>"


@given(st.text())
def test_whatever_somebody_is_called_the_result_is_html_that_telegram_takes(name: str) -> None:
    rendered = message('<a href="https://x/{name}">{name}</a>').render({"name": name})
    check_html(rendered)
    assert html.unescape(rendered.partition(">")[2].removesuffix("</a>")) == html.unescape(html.escape(name))


def test_a_quote_in_an_address_cannot_leave_it() -> None:
    rendered = message('<a href="https://x/{q}">x</a>').render({"q": Html('"><b>')})
    assert rendered == '<a href="https://x/&quot;&gt;&lt;b&gt;">x</a>'


def test_marked_html_is_kept() -> None:
    assert message("{list}").render({"list": Html("<b>x</b>")}) == "<b>x</b>"


@pytest.mark.parametrize(("number", "text"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1.5, "1.5 days")])
def test_a_number_takes_its_word(number: float, text: str) -> None:
    assert message("{n:day|days}").render({"n": number}) == text


def test_braces_can_be_written() -> None:
    assert message("{{x}} {y}").render({"y": 1}) == "{x} 1"


def test_placeholders_are_known_and_missing_arguments_are_named() -> None:
    template = message("{a} {b:x|y}")
    assert template.placeholders() == {"a", "b"}
    with pytest.raises(KeyError, match="b"):
        template.render({"a": 1})


def test_arguments_that_are_not_named_are_ignored() -> None:
    assert message("Hi").render({"old": 1}) == "Hi"


def test_languages_may_stand_alone_and_unknown_ones_fall_back_to_english() -> None:
    template = Message.model_validate({"en": "Hi", "pt": "Oi"})
    assert [template.render(language=tag) for tag in ("pt-BR", "pt_PT", "fr", "")] == ["Oi", "Oi", "Hi", "Hi"]


def test_button_labels_are_plain_text() -> None:
    template = message("x", buttons={"done": {"en": "Done & {n}"}})
    assert template.button("done", {"n": "<3"}) == "Done & <3"
    with pytest.raises(KeyError):
        template.button("skip")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<b>x", "does not close <b>"),
        ("<b><i>x</b></i>", "not the innermost"),
        ("x</b>", "not the innermost"),
        ("<p>x</p>", "does not know"),
        ("<br>", "does not know"),
        ("a < b", "bare <"),
        ("a > b", "bare >"),
        ("a & b", "bare &"),
        ("&nbsp;", "bare &"),
        ('<b class="x">x</b>', "attributes on <b>"),
        ("<a>x</a>", "attributes on <a>"),
        ("<code><b>x</b></code>", "inside <code>"),
        ("{", "brace"),
        ("}", "brace"),
        ("{}", "placeholder"),
        ("{0}", "placeholder"),
        ("{a.b}", "placeholder"),
        ("{a[0]}", "placeholder"),
        ("{a!r}", "placeholder"),
        ("{a:>10}", "placeholder"),
        ("{a:x|y|z}", "placeholder"),
        ("{a:{b}}", "placeholder"),
        ("<{tag}>", "does not know"),
        ("x" * 4097, "at most 4096"),
        ("\N{GRINNING FACE}" * 2049, "at most 4096"),
        ("  ", "blank"),
    ],
)
def test_what_telegram_would_refuse_is_refused_when_read(text: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        message(text)


@pytest.mark.parametrize(
    "text",
    [
        "<b>a</b> <i>b</i> <u>c</u> <s>d</s> <code>e</code> <pre>f</pre>",
        '<a href="https://example.org/?a=1&amp;b={x}">x</a>',
        "<blockquote>x</blockquote><blockquote expandable>y</blockquote><tg-spoiler>z</tg-spoiler>",
        "1 &lt; 2 &gt; 0 &amp; &quot;&#39;",
        "<b>" + "x" * 4096 + "</b>",
    ],
)
def test_what_telegram_takes_is_taken(text: str) -> None:
    assert message(text).text.get() == text


def test_a_translation_may_not_need_more_than_english_gives() -> None:
    with pytest.raises(ValidationError, match=r"has \{name\} in de but not in English"):
        Message.model_validate({"en": "Hi", "de": "Hallo {name}"})


def test_a_label_longer_than_a_button_is_refused() -> None:
    with pytest.raises(ValidationError, match="66 bytes long; at most 64"):
        message("x", buttons={"a": {"en": "\N{LATIN SMALL LETTER E WITH ACUTE}" * 33}})
