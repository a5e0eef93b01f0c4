"""Reports, cases and people on call, and what is known about a person's safety."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from reminderbot.store.tables.core import table_of


class Hold(StrEnum):
    """Where a person stands between ordinary days and a hold."""

    NORMAL = "normal"
    ASKING = "asking"  # one question is open: exercise is held; -> held or normal
    HELD = "held"  # emergency or urgent: no exercise until a clinician has looked, or it was a misreading
    RETURNING = "returning"  # three habit days of walking only; -> normal


class Sharing(StrEnum):
    """What people on call may see of what a person wrote."""

    ASK = "ask"  # each time, by a button on the card
    ALWAYS = "always"
    NOBODY = "nobody"  # card and hold, no case


class ReportState(StrEnum):
    """Where a report stands."""

    ASKED = "asked"  # the question is open; -> open after silence or yes, -> closed
    OPEN = "open"  # the card has been put out
    CLOSED = "closed"  # corrected, checked, went away, or asked about often enough


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"  # people on call are being told, step by step
    ACKNOWLEDGED = "acknowledged"  # somebody has it; -> open when that expires
    UNANSWERED = "unanswered"  # nobody acknowledged; no more is tried, an acknowledgement still counts
    CLOSED = "closed"


class CaseKind(StrEnum):
    """Why a case exists."""

    REPORT = "report"
    UNCONFIRMED = "unconfirmed"  # the question was not answered
    DRILL = "drill"


class Safety(SQLModel, table=True):
    """What is known about a person's safety: a row from the first finding or choice on."""

    __table_args__ = (
        Index("checkin_due", "checkin_at", sqlite_where=text("checkin_at is not null"),
              postgresql_where=text("checkin_at is not null")),
    )  # fmt: skip

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    pseudonym: (
        str  # random; stands for the person in the audit, and ties it to them only as long as this row lives
    )
    hold: str = Hold.NORMAL
    level: str | None = None  # of the report that holds
    mental: bool = False  # reminders stay off until the person switches them on
    report_id: int | None = Field(default=None, sa_type=BigInteger)  # the report that asks or holds
    held_from: date | None = None  # first habit day of the last hold: days from here on are rest days ...
    held_until: date | None = None  # ... up to and with this one; none while it lasts
    returns_on: date | None = None  # first of the habit days of the way back
    sharing: str = Sharing.ASK
    country: str | None = None  # ISO 3166 code that the person tapped
    context: bytes | None = None  # encrypted JSON: risk context and when it was told
    carded_at: datetime | None = None  # last safety card for text that could not be read
    checkin_at: datetime | None = None  # agreed to be asked the five questions every week: when next


class Heard(SQLModel, table=True):
    """Words of the last ten minutes, encrypted: a symptom may be spread over several messages."""

    __table_args__ = (Index("heard_age", "said_at"),)

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    said_at: datetime
    words: bytes


class Report(SQLModel, table=True):
    """What somebody wrote about a symptom, after triage; also one made by the guided check, or an answer to on call."""

    __table_args__ = (
        Index("report_due", "next_at", sqlite_where=text("next_at is not null"),
              postgresql_where=text("next_at is not null")),
        Index("report_age", "reported_at"),
    )  # fmt: skip

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    reported_at: datetime
    state: str
    level: str
    mental: bool = False
    condition: str | None = None  # whose reason and question are shown
    language: str = "en"
    rules: str  # JSON list of rule ids
    codes: str  # JSON list of [concept, assertion, reason code]
    lexicon: str  # its version
    words: bytes | None = None  # encrypted; emptied after 30 days
    name: bytes | None = None  # encrypted first name, for a case that opens later; emptied with the words
    reacted: bool = False  # the person has tapped or written since the card
    closed_as: str | None = None
    card_id: int | None = Field(default=None, sa_type=BigInteger)  # outbox row of the card or the question
    next_at: datetime | None = None  # when the next step below is due
    next_step: str | None = None  # silence, repeat, or a follow-up
    case_number: int | None = None  # the case that it belongs to
    shared: bool | None = None  # consent: people on call may read its words


class Case(SQLModel, table=True):
    """The escalation of one report: who has been told, and what comes next."""

    __tablename__ = "safety_case"
    __table_args__ = (
        Index("case_number", "number", unique=True),
        Index("case_due", "next_at", sqlite_where=text("next_at is not null"),
              postgresql_where=text("next_at is not null")),
    )  # fmt: skip

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: str = CaseKind.REPORT
    level: str
    report_id: int | None = Field(default=None, sa_type=BigInteger)
    name: bytes | None = None  # encrypted first name
    shared: bool = False  # consent: people on call may read the words of the reports that say so, too
    policy: str  # JSON: its own copy, so that an edit can't break a running case
    opened_at: datetime
    state: str = CaseState.OPEN
    card_id: int | None = Field(default=None, sa_type=BigInteger)  # outbox row of the card
    card_arrived: bool | None = None  # none until its attempt has ended
    step: int = 0  # the highest step told in this count
    round: int = 0  # tellings without an acknowledgement in this count
    expired: int = 0  # acknowledgements that ran out
    next_at: datetime | None = None  # when the ladder moves next
    acknowledged_by: int | None = Field(default=None, sa_type=BigInteger)
    acknowledged_at: datetime | None = None
    closed_at: datetime | None = None
    closed_as: str | None = None


class Note(SQLModel, table=True):
    """That one person on call was told of one case; the chat is theirs."""

    __tablename__ = "case_note"
    __table_args__ = (Index("note_of_case", "number"),)

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_row: int = Field(sa_type=BigInteger)  # outbox row of the newest note
    told_at: datetime


class OnCall(SQLModel, table=True):
    """Somebody who is told about cases."""

    __tablename__ = "on_call"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    step: int  # 1 is told first
    name: bytes | None = None  # encrypted first name
    since: datetime
    away_until: datetime | None = None
    reachable: bool = True  # false once Telegram says that they blocked the bot or are gone


class Invite(SQLModel, table=True):
    """A one-time link that puts whoever opens it on call."""

    digest: str = Field(primary_key=True)  # of the secret in the link
    step: int
    made_at: datetime
    expires_at: datetime


class DroppedCard(SQLModel, table=True):
    """A card that never comes again for one person."""

    __tablename__ = "dropped_card"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    card: str = Field(primary_key=True)
    why: str  # worse: this card made it worse; gp: it came within a day before a report
    dropped_at: datetime


class Audit(SQLModel, table=True):
    """The log for safety reviews: only added to, no words, no chat; 12 months."""

    __table_args__ = (Index("audit_age", "at"),)

    id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    person: str | None = None  # pseudonym
    kind: str
    detail: str  # JSON object


class AuditMonth(SQLModel, table=True):
    """What stays of the log: how many lines of a kind there were in a month, in all and by rule."""

    __tablename__ = "audit_month"

    month: str = Field(primary_key=True)  # in UTC, "2026-01"
    kind: str = Field(primary_key=True)
    rule: str = Field(primary_key=True)  # empty: all lines of the kind, with a rule or without
    lines: int


safety = table_of(Safety)
heard = table_of(Heard)
reports = table_of(Report)
cases = table_of(Case)
notes = table_of(Note)
on_call = table_of(OnCall)
invites = table_of(Invite)
dropped_cards = table_of(DroppedCard)
audit = table_of(Audit)
audit_months = table_of(AuditMonth)
