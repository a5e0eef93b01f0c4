"""Where people work, what they do, and how hard it may be. Empty columns: the version before runs beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns."""
    for name in ("place", "sport", "level"):
        op.add_column("subscriber", sa.Column(name, sa.String(), nullable=True))
