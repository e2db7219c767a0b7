from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "suprovid.config"
