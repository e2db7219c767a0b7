"""SQLite: REPLACE is refused too (PROCESS 6).

INSERT OR REPLACE removes the row that stands in its way and asks no trigger for
DELETE, so the triggers of 0002 did not see it. PostgreSQL has no such verb.
"""

from django.db import migrations

KEYS = {
    "journal_fact": ("id",),
    "journal_line": ("seq", "fact_id"),
    "journal_seal": ("number", "first_seq", "last_seq", "hash"),
    "journal_personalvalues": ("fact_id",),
}


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, keys in KEYS.items():
        same = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        schema_editor.execute(
            f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} is only added to: it stands'); END"
        )


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in KEYS:
            schema_editor.execute(f"DROP TRIGGER {table}_refuses_replace")


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_never_changed")]

    operations = [migrations.RunPython(guard, unguard)]
