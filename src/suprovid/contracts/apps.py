from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "suprovid.contracts"
