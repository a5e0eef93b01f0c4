"""Subscribers are counted by their standing. A new index: the version before runs beside it."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the index."""
    op.create_index("subscriber_standing", "subscriber", ["standing"])
