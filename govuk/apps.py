from django.apps import AppConfig


class GovukConfig(AppConfig):
    """GOV.UK components and forms; knows Django only."""

    name = "govuk"
