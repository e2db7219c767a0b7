"""Lay the standard week, holidays, regime and the terms of PROCESS 4."""

from django.db import migrations

from suprovid.obligations.rules import standard_rows


def lay(apps, schema_editor):
    for name, rows in standard_rows().items():
        model = apps.get_model("obligations", name)
        model.objects.bulk_create([model(**row) for row in rows])


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_initial")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
