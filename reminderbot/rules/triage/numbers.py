"""Concepts that are numbers: a temperature of a fever, an age."""

import re
from collections.abc import Iterator
from itertools import takewhile

from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.normalise import HARD, Token

FEVER_C, FEVER_F = 38.0, 100.4
"""Degrees from which a temperature is a fever."""
_CELSIUS, _FAHRENHEIT = (35.0, 43.0), (95.0, 109.0)
_NEAR = 5
_DECIMAL = re.compile(r"\d{2,3}(?:[.,]\d{1,2})?")
_C = frozenset("c celsius celcius centigrade degc".split())
_F = frozenset("f fahrenheit farenheit degf".split())
_DEGREES = frozenset("degrees degree deg".split())
_ELSEWHERE = frozenset(
    "outside outdoors weather sun shade office room inside angle bend turn flexion".split()
)
"""What else has degrees."""
_THERMOMETER = frozenset("temp temps temperature temperatur fever feverish thermometer".split())
_OLD = (
    "years old",
    "year old",
    "yrs old",
    "yr old",
    "yo",
    "y o",
    "years young",
    "years of age",
    "yrs of age",
)
_OTHER_UNITS = frozenset(
    """kg kilos lb lbs stone cm mm km miles min mins minutes hours hrs h m s sec secs am pm percent weeks days
    years""".split()
)
_SELF = frozenset(["im", "aged", "age", "am", "turned", "hes", "shes", "is"])
_BESIDE_AGE = frozenset("and with f m male female".split())
_OLDEST = 115


def find(tokens: tuple[Token, ...]) -> Iterator[Match]:
    """Yield each fever and each age that rules may ask for."""
    for place, token in enumerate(tokens):
        if not token.text[0].isdigit():
            continue
        if _is_fever(tokens, place):
            yield Match("temperature-38", place, place + 1)
        elif concept := _age(tokens, place):
            yield Match(concept, place, place + 1)


def _is_fever(tokens: tuple[Token, ...], place: int) -> bool:
    if not _DECIMAL.fullmatch(tokens[place].text):
        return False
    degrees = float(tokens[place].text.replace(",", "."))
    behind = takewhile(lambda token: token.before not in HARD, tokens[place + 1 : place + _NEAR])
    after = [token.text for token in behind]
    unit = next((word for word in after[:2] if word not in _DEGREES), "")
    is_told = (
        "." in tokens[place].text or bool(after and after[0] in _DEGREES) or _is_about_heat(tokens, place)
    )
    if unit in _OTHER_UNITS or not _ELSEWHERE.isdisjoint(after):
        return False
    if unit not in _F and _CELSIUS[0] <= degrees <= _CELSIUS[1]:
        return degrees >= FEVER_C and (unit in _C or is_told)
    if unit not in _C and _FAHRENHEIT[0] <= degrees <= _FAHRENHEIT[1]:
        return degrees >= FEVER_F and (unit in _F or _is_about_heat(tokens, place))
    return False


def _is_about_heat(tokens: tuple[Token, ...], place: int) -> bool:
    around = tokens[max(0, place - _NEAR) : place + _NEAR]
    return any(word in _THERMOMETER for token in around for word in (token.text, token.also))


def _age(tokens: tuple[Token, ...], place: int) -> str:
    text = tokens[place].text
    if not text.isascii() or not text.isdecimal() or not 10 <= int(text[:4]) <= _OLDEST:
        return ""
    after = " ".join(token.text for token in tokens[place + 1 : place + 4])
    first = after.partition(" ")[0]
    is_old = any(after == words or after.startswith(f"{words} ") for words in _OLD)
    before = tokens[place - 1].text if place else ""
    ends = place + 1 == len(tokens) or bool(tokens[place + 1].before) or first in _BESIDE_AGE
    if not is_old and not (before in _SELF and ends):
        return ""
    years = int(text)
    return "age-over-70" if years > 70 else "age-under-45" if years < 45 else ""
