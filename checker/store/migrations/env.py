"""What alembic runs for every command: on the connection of the caller, in the caller's transaction."""

from alembic import context

from checker.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
