"""Subscribers, their plans and reminders, and what comes in and goes out."""

from datetime import date, datetime
from enum import IntEnum, StrEnum

from sqlalchemy import BigInteger, ColumnElement, FromClause, Index, Table, literal_column, text
from sqlmodel import Field, SQLModel


class Standing(StrEnum):
    """What a subscriber is to us."""

    ACTIVE = "active"  # receives reminders; -> stopped by /stop, -> unreachable when Telegram says no
    STOPPED = "stopped"  # -> active by /start
    UNREACHABLE = "unreachable"  # blocked or gone; -> active when the person unblocks or writes


class Delivery(StrEnum):
    """Where a row to be sent stands."""

    PENDING = "pending"  # -> sending when a sender claims it
    SENDING = "sending"  # -> sent, unknown, pending (try later) or dropped
    SENT = "sent"  # Telegram has confirmed it
    UNKNOWN = "unknown"  # the answer was lost: it may or may not have arrived
    DROPPED = "dropped"  # decided against, refused by Telegram, or too late


class Outcome(StrEnum):
    """What became of a reminder; no value yet while it is open."""

    DONE = "done"
    SKIPPED = "skipped"
    SNOOZED = "snoozed"  # its last child tells
    MISSED = "missed"  # habit day over, no answer
    VOID = "void"  # never delivered, unknown, late, held or paused


class Origin(StrEnum):
    """Why a reminder exists."""

    CADENCE = "cadence"  # a due moment of the cadence
    SNOOZE = "snooze"  # a child of a snoozed reminder
    OWN = "own"  # a move done without being asked; never sent
    ASKED = "asked"  # a card that the person asked for; also as it comes back from a snooze


class Lane(IntEnum):
    """Sending order: a lower number always goes first."""

    SAFETY = 0
    ANSWER = 1
    REMINDER = 2


class Method(StrEnum):
    """What the sender asks Telegram to do with a message row."""

    SEND = "send"  # a new text message
    EDIT = "edit"  # change the text and buttons of an earlier one
    TOAST = "toast"  # the small notice after a tap
    FILE = "file"  # a document
    LEAVE = "leave"  # leave a group
    MENU = "menu"  # the commands that a chat offers


class InboxState(StrEnum):
    """Where a stored update stands."""

    NEW = "new"  # -> done together with its effect, or -> failed after too many tries
    DONE = "done"
    FAILED = "failed"


class Subscriber(SQLModel, table=True):
    """One person in a private chat."""

    __table_args__ = (
        Index("subscriber_standing", "standing"),
        Index(
            "subscriber_quiet",
            "quiet_on",
            sqlite_where=text("quiet_on is not null"),
            postgresql_where=text("quiet_on is not null"),
        ),
        Index("subscriber_card", "card_due_at"),
    )

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    standing: str
    zone: str  # IANA name
    zone_confirmed: bool = False
    day_start: int = 3  # hour at which the habit day begins, 0 to 6
    avoid: bytes | None = None  # encrypted JSON list of tags; none until the question is answered
    asked_avoid: bool = False
    place: str | None = None  # where the person works: desk, standing or home; none until it is said
    sport: str | None = None  # runner, cyclist or neither; none until it is said
    level: str | None = None  # the hardest that stretches may be: easy, medium or hard; none until it is said
    reason_asked_on: date | None = None  # habit day on which a skip was last asked about
    paused_on: date | None = None  # first habit day of the pause that runs or ran last
    resumes_on: date | None = None  # habit day on which reminders resume; date.max = until /resume
    pauses_from: date | None = None  # the same of one that was to come when it was noted
    pauses_until: date | None = None
    subscribed_at: datetime
    left_at: datetime | None = Field(default=None, index=True)  # stopped or unreachable since
    calmer_offered_at: datetime | None = None
    heard_on: date | None = (
        None  # habit day of the last message or tap; none: counted from the next reminder on
    )
    quiet_on: date | None = None  # habit day since which somebody silent is left in peace
    silent: bool | None = None  # reminders arrive without a sound
    card_id: int | None = Field(default=None, sa_type=BigInteger)  # message of the pinned card of today
    card_due_at: datetime | None = None  # when that card is looked at next; none without one
    card_written_at: datetime | None = None  # when it was last written
    card_shown: int | None = Field(default=None, sa_type=BigInteger)  # digest of what it shows since then


class Cadence(SQLModel, table=True):
    """When a habit is due for one subscriber, and where the person is in the shuffled cards."""

    __table_args__ = (Index("cadence_due", "next_due_at"),)

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    habit: str = Field(primary_key=True)
    plan: str  # canonical words, "every 60m 9:00-12:00 weekdays"; kept while off
    off: bool = False
    next_due_at: datetime | None = None  # none while off, paused, stopped or unreachable
    deck_round: int = 0
    deck_cursor: int = Field(default=0, sa_type=BigInteger)
    last_card: str | None = None
    ignored: int = 0  # delivered reminders in a row without an answer
    note: str | None = None  # template of a line to be told inside the next reminder
    milestone: int | None = None  # the longest streak that was told as a milestone, in days
    before: str | None = None  # the plan before its last change in words, for Undo
    before_off: bool | None = None  # and whether it was off
    changed_at: datetime | None = None  # when that change was; the Undo button names it


class Reminder(SQLModel, table=True):
    """One due occurrence of a habit for one subscriber; also its own outbox row."""

    __table_args__ = (
        Index("reminder_to_send", "not_before", sqlite_where=text("state in ('pending', 'sending')"),
              postgresql_where=text("state in ('pending', 'sending')")),
        Index("reminder_open", "closes_at", sqlite_where=text("outcome is null"),
              postgresql_where=text("outcome is null")),
        Index("reminder_by_day", "chat_id", "habit_day", "habit"),
        Index("reminder_age", "habit_day"),
    )  # fmt: skip

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    habit: str = Field(primary_key=True)
    due_at: datetime = Field(primary_key=True)  # whole seconds: it is also the buttons' key
    habit_day: date  # fixed when the row is made
    closes_at: datetime  # the habit day's end: unanswered by then is missed
    expires_at: datetime  # not sent after this instant
    origin: str = Origin.CADENCE
    parent_due_at: datetime | None = None  # of a snoozed reminder's child
    state: str = Delivery.PENDING
    outcome: str | None = None
    answered_at: datetime | None = None
    reason: str | None = None  # why it was skipped: meeting, not_now or pain; none where nobody said
    card: str | None = None  # chosen when it is claimed for sending
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    sent_at: datetime | None = None
    not_before: datetime  # pending: earliest attempt; sending: end of the lease; dropped before due_at: cancelled then
    attempts: int = 0
    asked_at: datetime | None = None  # when somebody asked for it at a later moment; the Undo button names it
    asked_for: str | None = (
        None  # and the naive local time that was named, ISO; none where so long from then was
    )


class Day(SQLModel, table=True):
    """What happened in one habit on one habit day: counts, recomputed from the reminders while they live."""

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    habit: str = Field(primary_key=True)
    habit_day: date = Field(primary_key=True)
    prompted: int = 0  # delivered reminders
    done: int = 0  # answers done, moves on one's own included
    own: int = 0  # of these, moves on one's own
    skipped: int = 0
    missed: int = 0
    void: int = 0
    snoozed: int = 0  # how often a reminder was put off


class Message(SQLModel, table=True):
    """Outbox row, but for reminders: a template and its arguments, never finished text.

    In the lane of reminders lies what nobody waits for, such as the card of today: it goes behind them.
    """

    __table_args__ = (
        Index("message_to_send", "lane", "not_before", "id", sqlite_where=text("state in ('pending', 'sending')"),
              postgresql_where=text("state in ('pending', 'sending')")),
        Index("message_age", "created_at"),
    )  # fmt: skip

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    lane: int = Lane.ANSWER
    method: str = Method.SEND
    template: str
    args: bytes | None = None  # encrypted JSON object; emptied when settled
    target: str | None = (
        None  # EDIT: message id, reminder key or row of this table; SEND: the reminder it shows; TOAST: query id
    )
    created_at: datetime
    expires_at: datetime  # not tried after this instant
    state: str = Delivery.PENDING
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    not_before: datetime  # pending: earliest attempt; sending: end of the lease
    attempts: int = 0
    repeat: bool | None = (
        None  # safety lane: an earlier attempt may have arrived, so this one says that it repeats
    )
    paced_at: datetime | None = (
        None  # its turn in its chat, by the chat's own pace; none where that does not count
    )


class Inbox(SQLModel, table=True):
    """One update from Telegram, kept encrypted until its effect is stored, then only its number for a week."""

    __table_args__ = (
        Index("inbox_new", "update_id", sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'")),
        Index("inbox_number", "update_id"),
        Index("inbox_age", "received_at"),
    )  # fmt: skip

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    update_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    received_at: datetime
    payload: bytes | None = None  # encrypted JSON as Telegram sent it
    state: str = InboxState.NEW
    attempts: int = 0
    lease_until: datetime | None = None  # until then a worker has it in hand


class Draft(SQLModel, table=True):
    """What somebody can take over from the file of another server, until they say so or it expires."""

    __tablename__ = "import_draft"
    __table_args__ = (Index("import_draft_age", "made_at"),)

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: int = Field(sa_type=BigInteger)  # the button names it: of an earlier file it takes nothing over
    made_at: datetime
    found: bytes  # encrypted JSON, what has passed every check


class WishDraft(SQLModel, table=True):
    """What somebody asked for in words that can be meant in two ways, until they say which, or it expires."""

    __tablename__ = "wish_draft"
    __table_args__ = (Index("wish_draft_age", "made_at"),)

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    id: int = Field(sa_type=BigInteger)  # the buttons name it: of an earlier question they choose nothing
    made_at: datetime
    found: bytes  # encrypted JSON, each of the ways in which it can be meant


class Pace(SQLModel, table=True):
    """How fast messages go out, over all workers: one row."""

    name: str = Field(primary_key=True)
    recent: str = "[]"  # read by the version before only
    spread_at: datetime | None = None  # the first slot that nobody has: calls keep their distance
    reminders_from: datetime | None = (
        None  # no reminder before: Telegram has said that there are too many messages
    )


class Tally(SQLModel, table=True):
    """What has happened how often since the first start, over all processes; names no person."""

    what: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    times: int = Field(sa_type=BigInteger)


class Upload(SQLModel, table=True):
    """A picture that Telegram has: it was uploaded once, and goes out by Telegram's id from then on."""

    bot_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(primary_key=True)  # of its file; a picture that was drawn anew has another one
    file_id: str  # good for this bot alone


class Meta(SQLModel, table=True):
    """Small facts about the whole database: zone data version, key check, last tick."""

    name: str = Field(primary_key=True)
    value: str


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


subscribers = table_of(Subscriber)
cadences = table_of(Cadence)
reminders = table_of(Reminder)
days = table_of(Day)
messages = table_of(Message)
inbox = table_of(Inbox)
drafts = table_of(Draft)
wish_drafts = table_of(WishDraft)
pace = table_of(Pace)
tally = table_of(Tally)
uploads = table_of(Upload)
meta = table_of(Meta)


def on_its_way(table: FromClause) -> ColumnElement[bool]:
    """The condition of the partial indexes of rows to be sent, in literals: with parameters SQLite can't use them."""
    return table.c.state.in_([literal_column("'pending'"), literal_column("'sending'")])
