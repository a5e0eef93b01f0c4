"""Pauses that begin later, and the streaks that were told. Empty columns: the version before runs beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns."""
    for name in ("paused_on", "pauses_from", "pauses_until"):
        op.add_column("subscriber", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("cadence", sa.Column("milestone", sa.Integer(), nullable=True))
