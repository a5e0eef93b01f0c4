"""What content/triage/ may say: word lists, concepts, conditions, cues, typos, languages and their examples.

`lists*.yaml` map a name to phrases; `concepts/*.yaml` map a concept's id to a `Concept`; `conditions/<id>.yaml` is
a `Condition`; `cues.yaml` is `Cues`; `typos.yaml` is `Typos`; `ordinary.yaml` maps a heading to sentences that must
stay without a finding; `languages/<id>.yaml` is a `Foreign`, documented there with an example.

Phrases are written in the small language of `rules.triage.phrases`; its grammar stands there.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from reminderbot.library.messages import Message
from reminderbot.library.provenance import Id, Review
from reminderbot.library.texts import ByLanguage, Text, Written

REASON_WORDS: Final = 25
"""Most words of the one sentence of reason on a card."""
SIGN_WORDS: Final = 8
"""Most words for a sign: two of them fit into the sentence of reason."""
LevelName: TypeAlias = Literal["emergency", "urgent", "gp", "none"]
Want: TypeAlias = Literal["emergency", "urgent", "gp", "none", "ask"]
Kind: TypeAlias = Literal["site", "sensation", "symptom", "context", "cue"]


def _at_most(most: int) -> AfterValidator:
    def brief(text: str) -> str:
        if (count := len(text.split())) > most:
            raise ValueError(f"has {count} words; at most {most} are allowed")
        return text

    return AfterValidator(brief)


Phrase = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Phrases = Annotated[tuple[Phrase, ...], Field(min_length=1)]
Row = Annotated[int, Field(ge=1, le=30)]
_ROW: Final = {"type": "integer"}
Rows = Annotated[
    tuple[Row, ...],
    BeforeValidator(lambda row: (row,) if isinstance(row, int) else row),
    WithJsonSchema({"anyOf": [_ROW, {"type": "array", "items": _ROW}]}),
]


class Reason(ByLanguage[Annotated[Written, _at_most(REASON_WORDS)]]):
    """One short sentence for each language."""


class Sign(ByLanguage[Annotated[Written, _at_most(SIGN_WORDS)]]):
    """A few words for each language, for the middle of a sentence: "trouble peeing"."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Concept(_Model):
    """One thing that people say, in all its wordings.

    `site` is a part of the body, `sensation` binds to a site, `symptom` speaks for itself, `context` is a risk that
    stays true for a day (pregnant, cancer), `cue` helps rules (sudden, worse) and has no finding of its own.
    """

    kind: Kind
    phrases: Phrases
    inverted: bool = False
    """The negator belongs to the symptom: "can't pee"."""
    critical: bool = False
    """Doubt about it is put as a question."""
    event: bool = False
    """Something that happened once (a fall): "had" and "was" do not make it history, "years ago" does."""
    doms: bool = False
    """Beside talk of the gym it means sore muscles (weak legs only)."""


class Rule(_Model):
    """Concepts that together mean a level.

    Each item of `needs` must hold: `concept`, `sensation @ site`, `a | b` (either) or `not concept`.
    """

    id: Id
    level: LevelName
    needs: Annotated[tuple[Written, ...], Field(min_length=1)]
    ask: bool = False
    """Asks the condition's question as well when it fires; with the level `none` it only asks."""
    mental: bool = False
    """Wears the mental-health tag."""
    reason: Reason | None = None
    """The sentence on the card whenever it fires or asks, where the condition's speaks of something else."""

    @model_validator(mode="after")
    def _does_something(self) -> "Rule":
        if self.level == "none" and not self.ask:
            raise ValueError("has the level none and asks nothing; add `ask: true` or a level")
        if all(item.startswith("not ") for item in self.needs):
            raise ValueError("needs nothing that is there; add an item without `not`")
        return self


class Example(_Model):
    """A message as it is typed, and what must come of it."""

    say: Written
    want: Want
    """`emergency` and `urgent` also pass with a higher level or a question; the others pass exactly."""
    third: bool | None = None
    """When set, whether it must be read as about somebody else."""
    earlier: tuple[Written, ...] = ()
    """Messages of the ten minutes before, oldest first."""
    context: tuple[Id, ...] = ()
    """Context concepts told before, within 24 h."""
    missed: Written | None = None
    """Why it does not come right yet; when it does, this line must go."""


Examples = tuple[Example, ...]


class Condition(_Model):
    """One row (or more) of the table of conditions; its title is never shown to the subscriber."""

    id: Id
    row: Rows
    title: Text
    reason: Reason
    sign: Sign | None = None
    """By which a card names it beside another sign; none where a few words don't fit every rule.

    Conditions about the same complaint have the same words, so that it is named once.
    """
    third: Reason | None = None
    question: Text | None = None
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    sources: Annotated[tuple[Written, ...], Field(min_length=1)]
    reviewed: Review | None = None
    examples: Examples = ()

    @property
    def mental(self) -> bool:
        """Whether any of its rules wears the mental-health tag."""
        return any(rule.mental for rule in self.rules)


class Cues(_Model):
    """The small words that decide what a mention asserts; every field is a list of phrases."""

    negators: Phrases
    """"no", "without", "never had": reaches forward to the clause's end, six words at most."""
    short_negators: Phrases
    """"dont", "isnt": reaches over the next two words."""
    negated_after: Phrases
    """"none", "nope", "ok": after a question, a colon or a dash it denies what stands before."""
    pseudo_negations: Phrases
    """"not just", "no idea": looks like a negation and is none."""
    stoppers: Phrases
    """"but", "now", "except": a negation does not reach past it."""
    turns: Phrases
    """"but", "because", "then": a clause of its own begins, with its own time."""
    joiners: Phrases
    """"and", "or", "nor": a list goes on."""
    past_far: Phrases
    """"years ago", "as a kid": history."""
    past_near: Phrases
    """"last week": history when it is over, otherwise in doubt."""
    past_verbs: Phrases
    """"had", "was": the same, when at most three words stand between it and the mention."""
    current: Phrases
    """"now", "since", "again": beats history."""
    resolved: Phrases
    """"gone now", "went away"."""
    persistent: Phrases
    """"still", "wont go away": beats a position and a workout."""
    hypothetical: Phrases
    """"what if", "can it cause": what follows in the clause is not said to be there."""
    questions: Phrases
    """"is ~6 dangerous": holds the mention itself; a supposition from its first word on, unless it names oneself."""
    actual: Phrases
    """"is it normal that", "why is my": a question about something that is there."""
    hedges: Phrases
    """"maybe", "not sure if": what follows is in doubt."""
    others: Phrases
    """"my mum", "she": what follows is about somebody else."""
    selves: Phrases
    """"i", "my": what follows is about the person who writes."""
    beside: Phrases
    """"with", "and": before one of `others`, it is not the subject."""
    proxies: Phrases
    """"typing for my mum": somebody else's words about themselves, read as the subscriber's."""
    handled: Phrases
    """"in hospital now": somebody else is being looked after."""
    animals: Phrases
    """"my dog is": not a person."""
    idioms: Phrases
    """"dead leg", "killing me": consumes its words."""
    look_alikes: Phrases
    """"hay fever", "cabin fever": consumes its words and leaves no trace."""
    positional: Phrases
    """"after sitting", "crossed legs"."""
    doms: Phrases
    """"leg day", "squats"."""


def _one_word(text: str) -> str:
    if not text.isalnum():
        raise ValueError(f"is {text!r}; a spelling is one word")
    return text


Spelling = Annotated[str, AfterValidator(_one_word)]


class Typos(_Model):
    """Spellings: `words` of five letters or more that a near miss is read as, and closed lists of variants."""

    words: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{5,}$")], ...], Field(min_length=1)
    ]
    variants: Mapping[str, tuple[Spelling, ...]] = {}
    """A word, or several, and the spellings that stand for it: `numb: [nubm, nunb]`, `cant pee: [cantpee]`."""


class Topic(_Model):
    """One emergency in another language."""

    condition: Id
    """The English condition it belongs to: its title is what on call sees."""
    level: Literal["emergency", "urgent"]
    phrases: Phrases
    """Each alone is enough, so each holds symptom and place. Accents do not matter."""
    doubtful: tuple[Phrase, ...] = ()
    """Wordings that put the question instead."""
    mental: bool = False
    inverted: bool = False
    """The negators belong to the phrases ("no puedo orinar"): negators before them do not count."""
    examples: Examples = ()
    """`want` as everywhere; negated, past and idiomatic ones too."""


class ForeignCard(_Model):
    """The card's sentences: thanks and reason and action in one text, without the number."""

    emergency: Written
    urgent: Written
    mental: Written


class ForeignAnswers(_Model):
    """Labels of the buttons under the question."""

    yes: Written
    gone: Written
    someone_else: Written
    figure: Written


class Foreign(_Model):
    """An emergency lexicon in another language; not reviewed by a native speaker unless `reviewed` says so.

    ::

        id: es                              # = file name: es, de, fr, pt, it
        name: Español
        reviewed: null
        function_words: [que, los, me, ...] # by which an unknown long text is recognised; no English words
        negators: [no, sin, nunca]          # reach forward over four words, up to . ! ? ; , or `stoppers`
        stoppers: [pero, aunque, ahora]
        past: [hace anos, de nino]          # in the sentence, without `current`: history
        current: [ahora, hoy, desde]
        hypothetical: [si, puede causar]    # in the sentence, before the phrase: not said to be there
        topics:
          saddle:
            condition: cauda-equina
            level: emergency
            inverted: false
            phrases: ["entumec* ~4 (ingle|genitales|entrepierna)", ...]
            doubtful: [...]
            examples: [{say: "...", want: emergency}, {say: "...", want: none}]
          urine: ... bowel: ... legs: ... chest: ... breath: ... stroke: ... suicide: (mental: true)
        card: {emergency: "...", urgent: "...", mental: "..."}
        safety: "..."                       # the static card for text that is not understood
        question: "..."
        answers: {yes: ..., gone: ..., someone_else: ..., figure: ...}

    Phrases are the language of all phrases; write them in lower case with or without accents, and without
    apostrophes ("j ai" and "jai" are both `jai`: an apostrophe joins).
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
    name: Written
    reviewed: Review | None = None
    function_words: Phrases
    negators: Phrases
    stoppers: tuple[Phrase, ...] = ()
    past: tuple[Phrase, ...] = ()
    current: tuple[Phrase, ...] = ()
    hypothetical: tuple[Phrase, ...] = ()
    topics: Annotated[Mapping[Id, Topic], Field(min_length=1)]
    card: ForeignCard
    safety: Written
    question: Written
    answers: ForeignAnswers


def messages_of(condition: Condition) -> Mapping[str, Message]:
    """Return a condition's texts as messages, by their ids: `triage.<condition>.reason`, `triage.<rule>.reason`."""
    texts = {name: getattr(condition, name) for name in ("reason", "sign", "third", "question")}
    texts |= {f"{rule.id}.reason": rule.reason for rule in condition.rules}
    return {
        f"triage.{condition.id}.{name}": Message.model_validate(
            {key: text.get(key) for key in text.languages}
        )
        for name, text in texts.items()
        if text is not None
    }


def messages_in(language: Foreign) -> Mapping[str, Message]:
    """Return the cards, the question and the safety card of another language as messages, by their ids."""
    texts = language.card.model_dump() | {"safety": language.safety, "question": language.question}
    return {
        f"triage.{language.id}.{name}": Message.model_validate({"en": text, language.id: text})
        for name, text in texts.items()
    }
