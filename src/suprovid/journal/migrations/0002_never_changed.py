"""Triggers: facts, their places and seals are only added (PROCESS 6).

Personal values may be erased, never altered.
"""

from django.db import migrations

FOREVER = ("journal_fact", "journal_line", "journal_seal")
ERASABLE = "journal_personalvalues"

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION journal_is_only_added_to() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is only added to: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def postgres(table, verbs, each):
    name = f"{table}_is_only_added_to_{each}"
    return (
        f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION journal_is_only_added_to()"
    )


def sqlite(table, verb):
    return (
        f"CREATE TRIGGER {table}_refuses_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is only added to: {verb} refused'); END"
    )


def statements(vendor):
    if vendor == "postgresql":
        yield POSTGRES_FUNCTION
        for table in FOREVER:
            yield postgres(table, "UPDATE OR DELETE", "row")
            yield postgres(table, "TRUNCATE", "statement")
        yield postgres(ERASABLE, "UPDATE", "row")
        yield postgres(ERASABLE, "TRUNCATE", "statement")
    else:
        for table in FOREVER:
            yield sqlite(table, "UPDATE")
            yield sqlite(table, "DELETE")
        yield sqlite(ERASABLE, "UPDATE")


def guard(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        # Straight to the cursor: the editor would take % for a parameter's place.
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(statement)


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute("DROP FUNCTION journal_is_only_added_to() CASCADE")
            return
        for table in FOREVER:
            cursor.execute(f"DROP TRIGGER {table}_refuses_update")
            cursor.execute(f"DROP TRIGGER {table}_refuses_delete")
        cursor.execute(f"DROP TRIGGER {ERASABLE}_refuses_update")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
