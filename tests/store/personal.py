"""What is decided about every column: whether it is handed over by /export, and why where it is not.

A column without a decision fails a test (``test_everything_kept``).
"""

HANDED_OVER = {
    "cadence": "chat_id habit plan off next_due_at deck_round deck_cursor last_card ignored note milestone "
    "before before_off changed_at",
    "case_note": "chat_id number message_row told_at",
    "day": "chat_id habit habit_day prompted done own skipped missed void snoozed",
    "dropped_card": "chat_id card why dropped_at",
    "heard": "chat_id message_id said_at words",
    "import_draft": "chat_id id made_at found",
    "inbox": "chat_id update_id received_at payload state attempts lease_until",
    "message": "chat_id id lane method template args target created_at expires_at state message_id not_before "
    "attempts repeat paced_at",
    "on_call": "chat_id step name since away_until reachable",
    "reminder": "chat_id habit due_at habit_day closes_at expires_at origin parent_due_at state outcome answered_at "
    "reason card message_id sent_at not_before attempts asked_at asked_for",
    "report": "chat_id id reported_at state level mental condition language rules codes lexicon words name reacted "
    "closed_as card_id next_at next_step case_number shared",
    "safety": "chat_id pseudonym hold level mental report_id held_from held_until returns_on sharing country context "
    "carded_at checkin_at",
    "safety_case": "chat_id number kind level report_id name shared policy opened_at state card_id card_arrived step "
    "round expired next_at acknowledged_at closed_at closed_as",
    "subscriber": "chat_id standing zone zone_confirmed day_start avoid asked_avoid place sport level "
    "reason_asked_on paused_on pauses_from pauses_until resumes_on subscribed_at left_at "
    "calmer_offered_at heard_on quiet_on silent card_id card_due_at "
    "card_written_at card_shown",
    "wish_draft": "chat_id id made_at found",
}
"""By table, what a person gets; all of it is theirs, so each of these tables has their chat in its key."""

KEPT_BACK = {
    "safety_case": {"acknowledged_by": "the chat of somebody on call, who is not the person"},
}
"""Of the same tables, what belongs to somebody else, and to whom; it goes with the row."""

OF_NOBODY = {
    "audit": ("id at person kind detail", "a random name that only the person's row in `safety` explains"),
    "audit_month": ("month kind rule lines", "counts over all people"),
    "invite": ("digest step made_at expires_at", "a link that anybody may open; who did is not kept"),
    "meta": ("name value", "facts about the database as a whole"),
    "pace": ("name recent spread_at reminders_from", "how fast messages go out, over all chats"),
    "tally": ("what kind times", "counts over all people"),
    "upload": ("bot_id name file_id", "the bot's own pictures"),
}
"""Tables about nobody: their columns, and why nothing in them is a person's."""

WHAT_TO_DO = (
    "{column} is new, and nothing says what becomes of it when somebody sends /export or /forget. If it can hold "
    "anything about a person, its table needs chat_id in its key, and then both take it along by themselves: add it to "
    "HANDED_OVER in tests/store/personal.py, and to privacy.text if it is a new kind of thing. If it belongs to "
    "somebody else or to nobody, say why in KEPT_BACK or OF_NOBODY there."
)


def decided() -> set[tuple[str, str]]:
    """Every table and column with a decision."""
    about_people = {(table, column) for table, columns in HANDED_OVER.items() for column in columns.split()}
    held_back = {(table, column) for table, columns in KEPT_BACK.items() for column in columns}
    others = {(table, column) for table, (columns, _) in OF_NOBODY.items() for column in columns.split()}
    return about_people | held_back | others
