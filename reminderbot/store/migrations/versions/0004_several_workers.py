"""What several workers share: leases of updates, and the pace. Empty columns: the version before runs beside it."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("inbox", sa.Column("lease_until", UTCDateTime(), nullable=True))
    op.add_column("message", sa.Column("paced_at", UTCDateTime(), nullable=True))
    op.create_table(
        "pace",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("recent", sa.String(), nullable=False),
        sa.Column("spread_at", UTCDateTime(), nullable=True),
        sa.Column("reminders_from", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
