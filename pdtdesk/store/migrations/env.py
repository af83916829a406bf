"""Runs the migrations on a connection that is already open and unlocked."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False, render_as_batch=False)
context.run_migrations()
