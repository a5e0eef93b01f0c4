"""Wishes in words, silent weeks, and the quiet chat. Empty columns, a new table: the version before runs beside it."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns and the table."""
    for name, kind in (
        ("heard_on", sa.Date()),
        ("quiet_on", sa.Date()),
        ("silent", sa.Boolean()),
        ("card_id", sa.BigInteger()),
        ("card_due_at", UTCDateTime()),
        ("card_written_at", UTCDateTime()),
        ("card_shown", sa.BigInteger()),
    ):
        op.add_column("subscriber", sa.Column(name, kind, nullable=True))
    is_quiet = sa.text("quiet_on is not null")
    op.create_index(
        "subscriber_quiet", "subscriber", ["quiet_on"], sqlite_where=is_quiet, postgresql_where=is_quiet
    )
    op.create_index("subscriber_card", "subscriber", ["card_due_at"])
    op.add_column("cadence", sa.Column("before", sa.String(), nullable=True))
    op.add_column("cadence", sa.Column("before_off", sa.Boolean(), nullable=True))
    op.add_column("cadence", sa.Column("changed_at", UTCDateTime(), nullable=True))
    op.add_column("reminder", sa.Column("asked_at", UTCDateTime(), nullable=True))
    op.add_column("reminder", sa.Column("asked_for", sa.String(), nullable=True))
    op.create_table(
        "wish_draft",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id"),
    )
    op.create_index("wish_draft_age", "wish_draft", ["made_at"])
