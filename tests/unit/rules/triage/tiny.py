"""A small lexicon, written out, so that the tests of the engine do not depend on the content."""

from collections.abc import Iterator, Mapping
from functools import cache

from reminderbot.rules.triage import Level, Lexicon, Verdict, judge
from reminderbot.rules.triage.lexicon import BUILT_IN, Concept, Item, Rule, Spelling, Term, Topic
from reminderbot.rules.triage.matching import Index
from reminderbot.rules.triage.phrases import Parser, Sequence

LISTS = {"pee": ("pee", "wee", "pass (water|urine)")}
CONCEPTS: Mapping[Concept, tuple[str, ...]] = {
    Concept("saddle", "site", critical=True): (
        "(groin|crotch|privates)",
        "between my legs",
        "inner thigh",
        "the part sitting on the chair",
    ),
    Concept("thigh", "site"): ("thigh",),
    Concept("arm", "site"): ("(arm|arms)",),
    Concept("knee", "site"): ("knee",),
    Concept("back", "site"): ("back",),
    Concept("seat", "site", hint=True): ("when i sit",),
    Concept("loss-of-feeling", "sensation", inverted=True, critical=True): (
        "numb*",
        "no feeling",
        "cant [really] feel",
        "lost [all] feeling",
    ),
    Concept("pain", "sensation"): ("(pain|hurts|sore)", "killing me"),
    Concept("cant-pee", "symptom", inverted=True, critical=True): ("(cant|unable to|struggling to) ~ {pee}",),
    Concept("legs-weak", "symptom", critical=True, doms=True): ("legs ~ (weak|wont move|give way)",),
    Concept("trouble", "symptom"): ("trouble",),
    Concept("fever", "symptom"): ("(fever|temperature|shivery)",),
    Concept("chest-pain", "symptom", critical=True): ("chest ~ (pain|hurts)",),
    Concept("fall", "symptom", event=True): ("fell off [my|a] ladder",),
    Concept("suicide", "symptom", critical=True): ("kill myself",),
    Concept("bleeding", "symptom"): ("bleeding",),
    Concept("pregnant", "context"): ("pregnant",),
    Concept("cancer", "context", event=True): ("cancer",),
    Concept("sudden", "cue"): ("sudden*",),
    Concept("odd", "sensation", inverted=True, critical=True, hint=True): (
        "doesnt feel [right]",
        "no warmth",
        "not having trouble",
    ),
}
CUES: Mapping[str, tuple[str, ...]] = {
    "negators": ("(no|not|never|without)", "(dont|havent) (have|had)"),
    "short_negators": ("(dont|doesnt|isnt)",),
    "negated_after": ("(no|nope|none|fine|ok)",),
    "pseudo_negations": ("not just", "no idea"),
    "stoppers": ("(but|now|except|since)",),
    "turns": ("(but|because)",),
    "joiners": ("(and|or|nor)",),
    "past_far": ("(years|#) [years] ago", "as a kid", "in (19*|200*|201*)"),
    "past_near": ("last week",),
    "past_verbs": ("(had|was)",),
    "current": ("(now|today|again|since)", "came back", "(its|it is) back"),
    "resolved": ("(gone|fine|ok) now", "went away"),
    "persistent": ("(still|worse)",),
    "hypothetical": ("(if|what if)", "can ~ cause", "signs of"),
    "questions": ("is ~6 (dangerous|serious)",),
    "actual": ("is it normal that", "why is my"),
    "hedges": ("(maybe|perhaps)", "not sure if"),
    "others": ("my (mum|husband|friend)", "(he|she|hes|shes|his|her)"),
    "selves": ("(i|im|my|me)",),
    "beside": ("(with|to)",),
    "proxies": ("typing for my (mum|husband)",),
    "handled": ("in hospital",),
    "animals": ("my (dog|cat) (is|cant|has)",),
    "idioms": ("dead leg", "numb with boredom", "killing it", "kill myself laughing"),
    "look_alikes": ("hay fever", "number*"),
    "positional": ("(sitting|cycling)", "crossed my legs"),
    "doms": ("leg day", "squats"),
}
RULES: Mapping[str, tuple[Level, tuple[str, ...]]] = {
    "cauda.numb-saddle": (Level.EMERGENCY, ("loss-of-feeling @ saddle",)),
    "cauda.cant-pee": (Level.EMERGENCY, ("cant-pee",)),
    "cauda.legs": (Level.EMERGENCY, ("legs-weak",)),
    "heart.pain": (Level.EMERGENCY, ("chest-pain",)),
    "mind.intent": (Level.EMERGENCY, ("suicide",)),
    "trauma.fall": (Level.EMERGENCY, ("fall", "pain @ back")),
    "infection.fever": (Level.URGENT, ("fever | temperature-38", "pain @ back")),
    "pregnancy.bleeding": (Level.URGENT, ("pregnant", "bleeding")),
    "cancer.pain": (Level.URGENT, ("cancer", "pain @ back")),
    "doubt.odd": (Level.NONE, ("odd @ thigh",)),
    "ache.knee": (Level.GP, ("pain @ knee", "not sudden")),
}
SPELLING = Spelling(
    ("groin", "numbness", "privates", "temperature"),
    {"nubm": ("numb",), "cantpee": ("cant", "pee")},
    frozenset({"grown", "groan", "grain", "privet"}),
)
SPANISH = {
    "es:urine": ("no puedo orinar",),
    "es?urine": ("me cuesta orinar",),
    "es:saddle": ("ingle dormida",),
    "es@negators": ("(no|sin)",),
    "es@hypothetical": ("si",),
    "es@past": ("hace anos",),
    "es@current": ("ahora",),
}
TOPICS = {
    "es:urine": Topic("es.urine", "cauda", Level.EMERGENCY, inverted=True),
    "es:saddle": Topic("es.saddle", "cauda", Level.EMERGENCY),
}


@cache
def tiny() -> Lexicon:
    """The lexicon."""
    rules = tuple(
        Rule(
            name,
            name.split(".")[0],
            level,
            tuple(map(_item, needs)),
            ask=not level.rank,
            mental=name.startswith("mind"),
        )
        for name, (level, needs) in RULES.items()
    )
    concepts = {concept.id: concept for concept in (*CONCEPTS, *BUILT_IN)}
    return Lexicon(concepts, rules, Index(_phrases()), SPELLING, TOPICS, "tiny")


def verdict(text: str, **more: object) -> Verdict:
    """What triage says, by the small lexicon."""
    return judge(tiny(), text, **more)  # type: ignore[arg-type]


def reasons(text: str, concept: str) -> list[str]:
    """Why each mention of a concept counts, or does not."""
    return [evidence.reason for evidence in verdict(text).evidence if evidence.concept == concept]


def _phrases() -> Iterator[tuple[str, Sequence]]:
    parser = Parser(LISTS)
    owned = {concept.id: phrases for concept, phrases in CONCEPTS.items()}
    owned |= {f"@{name}": phrases for name, phrases in CUES.items()} | SPANISH
    for owner, phrases in owned.items():
        for phrase in phrases:
            yield owner, parser.read(phrase)


def _item(written: str) -> Item:
    terms = [
        Term(*(part.strip() for part in term.split("@"))) for term in written.removeprefix("not ").split("|")
    ]
    return Item(tuple(terms), absent=written.startswith("not "))
