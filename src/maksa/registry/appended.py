"""Tables that are only ever appended to: the database itself refuses to change a row or to take one out."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

_CALLING = "FOR EACH STATEMENT EXECUTE FUNCTION {}_refuse()"


def only_appended(table: Table) -> Table:
    """Let a table's making bring the triggers that refuse changes, on SQLite and PostgreSQL; give the table."""
    name, said = table.name, f"{table.name} is only appended to"
    refusing = f"RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'"
    statements = (
        ("sqlite", f"CREATE TRIGGER {name}_without_update BEFORE UPDATE ON {name} {_aborting(said)}"),
        ("sqlite", f"CREATE TRIGGER {name}_without_delete BEFORE DELETE ON {name} {_aborting(said)}"),
        (
            "postgresql",
            f"CREATE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refusing}; END $$",
        ),
        (
            "postgresql",
            f"CREATE TRIGGER {name}_only_appended BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} {_CALLING.format(name)}",
        ),
    )
    for dialect, statement in statements:
        event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
    return table


def _aborting(said: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
