from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BoroughsConfig(AppConfig):
    name = "boroughs"
    verbose_name = "Councils"

    def ready(self) -> None:
        autodiscover_modules("erasable")  # every floor says which of its records can be erased
        autodiscover_modules("carried")  # and what goes along with an action into the next plan
        autodiscover_modules("searchable")  # and which can be found
        autodiscover_modules("beside")  # and what of it stands beside the rows of this one
