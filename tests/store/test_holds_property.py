"""Whatever is told and tapped in whatever order: exercise is stopped exactly as long as something stands."""

from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from reminderbot.services import holds, reactions, reports
from reminderbot.services.reports import Finding
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import reports as rows
from reminderbot.store.tables import Hold, ReportState
from tests.world import MONDAY

ANA = 1001

findings = st.tuples(
    st.sampled_from(["emergency", "urgent", "gp"]), st.booleans(), st.sampled_from(["heart", "foot-drop"])
)
events = st.one_of(
    st.tuples(st.just("tell"), findings),
    st.tuples(st.just("doubt"), findings),
    st.tuples(st.sampled_from(["misread", "follow"]), st.integers(0, 5)),
    st.tuples(st.sampled_from(["check", "switch_on"]), st.just(0)),
)


@dataclass
class Told:
    """One report as the promise sees it."""

    id: int
    level: str
    mental: bool
    condition: str
    asked: bool
    taken_over: bool = False
    followed: bool = False

    @property
    def stops(self) -> bool:
        return (self.asked and not self.taken_over) or self.level in ("emergency", "urgent")


@dataclass
class Promise:
    """What stands, kept apart from the code that carries it out."""

    standing: dict[int, Told] = field(default_factory=dict)

    def takes_over(self, new: Told) -> None:
        for old in self.standing.values():
            doubt = old.asked and new.level != "emergency"
            over = doubt or old.followed
            weaker = reports.rank(old.level) <= reports.rank(new.level)
            if old.mental == new.mental and weaker and not over:
                old.taken_over = True
        self.standing[new.id] = new

    def certain(self) -> list[Told]:
        """What holds without an answer."""
        return [
            told
            for told in self.standing.values()
            if told.level in holds.HOLDING and (told.taken_over or not told.asked)
        ]

    def taken_back(self, number: int) -> None:
        gone = self.standing.pop(number)
        for old in list(self.standing.values()):
            if old.taken_over and old.condition == gone.condition:
                del self.standing[old.id]

    def over(self, *, mental: bool) -> None:
        for old in list(self.standing.values()):
            if old.mental == mental and old.level in holds.HOLDING and (old.taken_over or not old.asked):
                del self.standing[old.id]


def tell(work: Work, promise: Promise, what: tuple[str, bool, str], *, asked: bool) -> None:
    level, mental, condition = what
    finding = Finding("none" if asked and level == "gp" else level, condition, [], mental)
    number = (reports.ask if asked else reports.open_report)(work, ANA, finding, "Ana")
    new = Told(number, finding.level, mental, condition, asked)
    if asked:
        promise.standing[number] = new
    else:
        promise.takes_over(new)


def misread(work: Work, promise: Promise, which: int) -> None:
    alive = [row for row in rows.unsettled(work.tx, ANA) if row.id in promise.standing]
    if alive:
        row = alive[which % len(alive)]
        reactions.misread(work, ANA, row.id)
        promise.taken_back(row.id)


def follow(work: Work, promise: Promise, which: int) -> None:
    """The last follow-up of a report: it is closed, and holds on."""
    open_ones = [
        row
        for row in rows.unsettled(work.tx, ANA)
        if row.state == ReportState.OPEN and row.level in holds.HOLDING and row.id in promise.standing
    ]
    if open_ones:
        closed = {"state": ReportState.CLOSED, "closed_as": holds.FOLLOWED}
        number = open_ones[which % len(open_ones)].id
        rows.change(work.tx, ANA, number, closed)
        promise.standing[number].followed = True


def happens(work: Work, promise: Promise, kind: str, detail: object) -> None:
    match kind, detail:
        case (("tell" | "doubt"), tuple()):
            tell(work, promise, detail, asked=kind == "doubt")
        case "misread", int():
            misread(work, promise, detail)
        case "follow", int():
            follow(work, promise, detail)
        case "check", _:
            holds.checked(work, ANA)
            promise.over(mental=False)
        case "switch_on", _:
            holds.switch_on(work, ANA)
            promise.over(mental=True)


def goes_by_the_promise(store: Store, around: Surroundings, happened: list[tuple[str, object]]) -> None:
    promise = Promise()
    with store.begin() as tx:
        for number, (kind, detail) in enumerate(happened):
            work = Work(tx, MONDAY + timedelta(minutes=number), around)
            happens(work, promise, kind, detail)
            row = holds.row(work, ANA)
            assert holds.is_held(row) == any(told.stops for told in promise.standing.values()), kind
            if row is not None and row.hold == Hold.HELD:
                assert row.mental == all(told.mental for told in promise.certain()), kind
        tx.rollback()


def test_exercise_is_stopped_exactly_as_long_as_something_stands(store: Store, around: Surroundings) -> None:
    @settings(deadline=None, max_examples=40 if store.is_server else 120)
    @given(st.lists(events, max_size=10))
    def check(happened: list[tuple[str, object]]) -> None:
        goes_by_the_promise(store, around, happened)

    check()
