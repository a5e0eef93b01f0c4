"""content/triage/ read, checked and compiled into the lexicon that triage judges by."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from reminderbot.library import yamlfile
from reminderbot.library.folder import FolderReader
from reminderbot.library.problems import Problem
from reminderbot.library.triage import Concept, Condition, Cues, Example, Foreign, Rule, Topic, Typos
from reminderbot.rules.triage import lexicon as compiled
from reminderbot.rules.triage.matching import Index
from reminderbot.rules.triage.phrases import Parser, PhraseError, Sequence
from reminderbot.rules.triage.verdict import Level

M = TypeVar("M", Condition, Topic)

FOLDER: Final = "triage"
_FOREIGN_CUES: Final = ("negators", "stoppers", "past", "current", "hypothetical")
_TERM: Final = re.compile(r"(?P<concept>[a-z0-9-]+)(?:\s*@\s*(?P<site>[a-z0-9-]+))?")


@dataclass(frozen=True, slots=True)
class Case:
    """An example, and where it stands."""

    file: str
    line: int
    field: str
    example: Example


@dataclass(frozen=True, slots=True, repr=False)
class Triage:
    """What content says about red flags."""

    lexicon: compiled.Lexicon
    """What messages are judged by."""
    conditions: Mapping[str, Condition]
    """By id: their texts, sources and reviews."""
    languages: Mapping[str, Foreign]
    """By id: cards and questions of the other languages."""
    cases: tuple[Case, ...] = ()
    """Every example of every file, and every ordinary sentence; none where they were not to be kept."""


def read(folder: Path, *, examples: bool = True) -> tuple[Triage, list[Problem]]:
    """Return what content/triage/ says as far as it is right, and what is wrong with the rest.

    Without ``examples`` they are read like all else, but not kept: thousands, which only a check looks at.
    """
    builder = _Builder(FolderReader(folder, []), examples)
    return builder.build(), builder.reader.problems


class _Builder:
    """Reads the files one sort after another; each adds phrases to the index."""

    def __init__(self, reader: FolderReader, keeps_examples: bool) -> None:
        self.reader, self.keeps_examples = reader, keeps_examples
        self.phrases: list[tuple[str, Sequence]] = []
        self.cases: list[Case] = []
        self.parser = Parser(dict(self._lists()))

    def build(self) -> Triage:
        concepts = {concept.id: concept for concept in compiled.BUILT_IN} | dict(self._concepts())
        self._cues()
        conditions, rules = self._conditions(concepts)
        certain = [rule for rule in rules if rule.level.rank and not rule.ask]
        terms = [term for rule in certain for item in rule.needs for term in item.terms]
        needed = {name for term in terms for name in (term.concept, term.site)}
        concepts = {name: replace(concept, hint=name not in needed) for name, concept in concepts.items()}
        languages, topics = self._languages()
        self._ordinary()
        lexicon = compiled.Lexicon(
            MappingProxyType(concepts),
            rules,
            Index(self.phrases),
            self._spelling(),
            MappingProxyType(topics),
            self._version(),
        )
        return Triage(lexicon, MappingProxyType(conditions), MappingProxyType(languages), tuple(self.cases))

    @property
    def _folder(self) -> Path:
        return self.reader.folder / FOLDER

    def _lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        first: dict[str, str] = {}
        for path in (path for path in self.reader.paths(FOLDER) if path.name.startswith("lists")):
            value, place = self.reader.file(path) or ({}, yamlfile.Place(0))
            file = f"{FOLDER}/{path.name}"
            for name, phrases in value.items():
                line, _ = place.find((name,))
                if name in first:
                    self.reader.add(file, line, name, f"is written twice, first in {first[name]}")
                elif not isinstance(phrases, tuple) or not all(isinstance(phrase, str) for phrase in phrases):
                    self.reader.add(file, line, name, "is not a list of phrases")
                else:
                    yield name, phrases
                first.setdefault(name, file)

    def _concepts(self) -> Iterator[tuple[str, compiled.Concept]]:
        known: dict[str, str] = {}
        for file, value, place in self.reader.files(f"{FOLDER}/concepts"):
            for name, entry in value.items():
                concept = self.reader.model(file, Concept, entry, place, (name,))
                if name in known:
                    self.reader.add(
                        file, place.find((name,))[0], name, f"is written twice, first in {known[name]}"
                    )
                elif concept:
                    self._add(name, concept.phrases, file, place, (name, "phrases"))
                    settings = concept.model_dump(exclude={"phrases"})
                    yield name, compiled.Concept(name, **settings)
                known.setdefault(name, file)

    def _cues(self) -> None:
        file = f"{FOLDER}/cues.yaml"
        value, place = self.reader.file(self.reader.folder / file) or ({}, yamlfile.Place(0))
        cues = self.reader.model(file, Cues, value, place, ())
        for name, phrases in cues or ():
            self._add(f"@{name}", phrases, file, place, (name,))

    def _conditions(
        self, concepts: Mapping[str, compiled.Concept]
    ) -> tuple[dict[str, Condition], tuple[compiled.Rule, ...]]:
        conditions: dict[str, Condition] = {}
        rules: list[compiled.Rule] = []
        for file, condition, place in self.reader.located(f"{FOLDER}/conditions", Condition):
            rules += self._rules(file, condition, place, concepts)
            self._examples(condition.examples, file, place, ("examples",))
            conditions[condition.id] = condition if self.keeps_examples else _bare(condition)
        return conditions, tuple(rules)

    def _rules(
        self, file: str, condition: Condition, place: yamlfile.Place, concepts: Mapping[str, compiled.Concept]
    ) -> Iterator[compiled.Rule]:
        for number, rule in enumerate(condition.rules):
            where = ("rules", number, "needs")
            items = []
            for position, written in enumerate(rule.needs):
                try:
                    items.append(_item(written, concepts))
                except ValueError as error:
                    line, name = place.find((*where, position))
                    self.reader.add(file, line, name, str(error))
            if len(items) == len(rule.needs):
                yield _rule(condition, rule, tuple(items))

    def _languages(self) -> tuple[dict[str, Foreign], dict[str, compiled.Topic]]:
        written = {path.stem for path in (self._folder / "conditions").glob("*.yaml")}
        languages: dict[str, Foreign] = {}
        topics: dict[str, compiled.Topic] = {}
        for file, language, place in self.reader.located(f"{FOLDER}/languages", Foreign):
            languages[language.id] = language if self.keeps_examples else _without_examples(language)
            for cue in _FOREIGN_CUES:
                self._add(f"{language.id}@{cue}", getattr(language, cue), file, place, (cue,))
            for name, topic in language.topics.items():
                where = ("topics", name)
                if topic.condition not in written:
                    line, at = place.find((*where, "condition"))
                    self.reader.add(
                        file, line, at, f"is {topic.condition!r}, which no file in conditions/ is"
                    )
                self._add(f"{language.id}:{name}", topic.phrases, file, place, (*where, "phrases"))
                self._add(f"{language.id}?{name}", topic.doubtful, file, place, (*where, "doubtful"))
                self._examples(topic.examples, file, place, (*where, "examples"))
                topics[f"{language.id}:{name}"] = compiled.Topic(
                    f"{language.id}.{name}", topic.condition, Level(topic.level), topic.mental, topic.inverted
                )
        return languages, topics

    def _ordinary(self) -> None:
        further = (path for path in self.reader.paths(FOLDER) if path.name.startswith("ordinary-"))
        for path in (self._folder / "ordinary.yaml", *further):
            value, place = self.reader.file(path) or ({}, yamlfile.Place(0))
            for heading, sentences in value.items():
                self._ordinary_of(heading, sentences, f"{FOLDER}/{path.name}", place)

    def _ordinary_of(self, heading: str, sentences: object, file: str, place: yamlfile.Place) -> None:
        if not isinstance(sentences, tuple) or not all(isinstance(said, str) for said in sentences):
            self.reader.add(file, place.find((heading,))[0], heading, "is not a list of sentences")
            return
        for number, said in enumerate(sentences):
            self._example(Example(say=said, want="none"), file, place, (heading, number))

    def _spelling(self) -> compiled.Spelling:
        file = f"{FOLDER}/typos.yaml"
        value, place = self.reader.file(self.reader.folder / file) or ({}, yamlfile.Place(0))
        typos = self.reader.model(file, Typos, value, place, ())
        if not typos:
            return compiled.Spelling()
        variants = {
            spelling: tuple(meant.split())
            for meant, spellings in typos.variants.items()
            for spelling in spellings
        }
        return compiled.Spelling(typos.words, MappingProxyType(variants), self._common())

    def _common(self) -> frozenset[str]:
        try:
            lines = (self._folder / "common-words.txt").read_text("utf-8").splitlines()
        except OSError as error:
            self.reader.add(f"{FOLDER}/common-words.txt", 0, "", f"cannot be read: {error.strerror or error}")
            return frozenset()
        return frozenset(line for line in lines if line and not line.startswith("#"))

    def _examples(
        self, examples: Iterable[Example], file: str, place: yamlfile.Place, at: tuple[str | int, ...]
    ) -> None:
        for number, example in enumerate(examples):
            self._example(example, file, place, (*at, number))

    def _example(self, example: Example, file: str, place: yamlfile.Place, at: tuple[str | int, ...]) -> None:
        if self.keeps_examples:
            self.cases.append(Case(file, *place.find(at), example))

    def _add(
        self, owner: str, phrases: Iterable[str], file: str, place: yamlfile.Place, at: tuple[str | int, ...]
    ) -> None:
        for number, phrase in enumerate(phrases):
            try:
                self.phrases.append((owner, self.parser.read(phrase)))
            except PhraseError as error:
                line, where = place.find((*at, number))
                self.reader.add(file, line, where, str(error))

    def _version(self) -> str:
        digest = hashlib.sha256()
        for path in sorted(self._folder.rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(self._folder).as_posix().encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()[:12]


def _bare(item: M) -> M:
    """Return a condition or a topic without its examples."""
    return item.model_copy(update={"examples": ()})


def _without_examples(language: Foreign) -> Foreign:
    topics = {name: _bare(topic) for name, topic in language.topics.items()}
    return language.model_copy(update={"topics": MappingProxyType(topics)})


def _rule(condition: Condition, rule: Rule, items: tuple[compiled.Item, ...]) -> compiled.Rule:
    name = f"{condition.id}.{rule.id}"
    return compiled.Rule(name, condition.id, Level(rule.level), items, rule.ask, rule.mental)


def _item(written: str, concepts: Mapping[str, compiled.Concept]) -> compiled.Item:
    """Return one item of a rule. Raises ValueError with a sentence."""
    positive = written.removeprefix("not ")
    terms = tuple(_term(part.strip(), concepts) for part in positive.split("|"))
    return compiled.Item(terms, absent=positive != written)


def _term(written: str, concepts: Mapping[str, compiled.Concept]) -> compiled.Term:
    found = _TERM.fullmatch(written)
    if not found:
        raise ValueError(f"has {written!r}; write a concept, or `sensation @ site`")
    for name in filter(None, found.groups()):
        if name not in concepts:
            raise ValueError(f"names {name!r}, which is no concept")
    site = found["site"]
    if site and concepts[site].kind != "site":
        raise ValueError(f"binds to {site!r}, which is not a site")
    if site and concepts[found["concept"]].kind not in ("sensation", "symptom"):
        raise ValueError(f"binds {found['concept']!r}, which is neither a sensation nor a symptom")
    return compiled.Term(found["concept"], site)
