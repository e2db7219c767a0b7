"""Numbers of contracts are found however they are spelled."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from suprovid.clients.rules import fold_number


def fold_all(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    contracts = apps.get_model("contracts", "Contract")
    for contract in contracts.objects.only("number").iterator():
        contract.number_key = fold_number(contract.number)
        contract.save(update_fields=["number_key"])


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="contract",
            name="number_key",
            field=models.CharField(db_index=True, default="", max_length=60),
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
