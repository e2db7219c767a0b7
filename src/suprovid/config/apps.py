from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "suprovid.config"

    def ready(self) -> None:
        from suprovid.config import vocabulary

        vocabulary.gather()
