"""Why reminders were skipped, and when that was asked last. Empty columns: the version before runs beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("subscriber", sa.Column("reason_asked_on", sa.Date(), nullable=True))
    op.add_column("reminder", sa.Column("reason", sa.String(), nullable=True))
