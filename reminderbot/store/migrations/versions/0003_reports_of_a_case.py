"""Which case a report belongs to, and whether it may be read. Two empty columns: the version before runs beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ITS_CASE = (
    "from safety_case where safety_case.chat_id = report.chat_id and safety_case.report_id = report.id"
)


def upgrade() -> None:
    """Add the columns, and fill them for the cases that there are."""
    op.add_column("report", sa.Column("case_number", sa.Integer(), nullable=True))
    op.add_column("report", sa.Column("shared", sa.Boolean(), nullable=True))
    op.execute(f"update report set case_number = (select max(number) {_ITS_CASE})")  # noqa: S608 - no input
    op.execute(f"update report set shared = exists (select 1 {_ITS_CASE} and safety_case.shared)")  # noqa: S608
