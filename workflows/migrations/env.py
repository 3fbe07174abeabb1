"""How Alembic runs here: online only, on the URL it is given."""

from alembic import context

from workflows.database import make_engine
from workflows.tables import Base


def _mine(obj: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


engine = make_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, include_object=_mine, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
