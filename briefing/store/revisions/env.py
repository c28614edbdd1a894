"""What Alembic runs for each command; `opening` hands the connection over, already in a transaction."""

from alembic import context

from briefing.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
