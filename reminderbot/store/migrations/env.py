"""Run by alembic inside the transaction that ``schema.migrate`` has opened."""

from alembic import context
from sqlmodel import SQLModel

from reminderbot.store import tables  # noqa: F401 - fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,  # one transaction is open already, around the whole upgrade
    render_as_batch=True,
)
context.run_migrations()
