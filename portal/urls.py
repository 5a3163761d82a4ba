"""The map of the portal. What belongs to a borough stands under its name."""

from django.conf import settings
from django.urls import include, path

from . import (
    comparison,
    dashboard,
    errors,
    glossary,
    health,
    home,
    navigation,
    page_urls,
    reminder_pages,
    search,
)

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

_portal = [
    path("", home.home, name="home"),
    *page_urls.urlpatterns,
    path("glossary/", glossary.glossary, name="glossary"),
    path("comparison/", comparison.across, name="comparison"),
    path("comparison/download/", comparison.across_download, name="comparison-download"),
    path("<slug:borough>/", dashboard.borough, name="borough"),
    path("<slug:borough>/comparison/", comparison.peers, name="peers"),
    path("<slug:borough>/comparison/download/", comparison.peers_download, name="peers-download"),
    path("<slug:borough>/checklist/", dashboard.checklist, name="checklist"),
    path("<slug:borough>/search/", search.search, name="search"),
    path("<slug:borough>/council/", navigation.council, name="council"),
    path("<slug:borough>/waiting/", dashboard.waiting, name="waiting"),
    path("<slug:borough>/front-page/figures/", dashboard.shown_figures, name="shown-figures"),
    path("<slug:borough>/reminders/", reminder_pages.show, name="reminder-show"),
    path("<slug:borough>/reminders/own/", reminder_pages.own, name="reminder-own"),
    path("<slug:borough>/reminders/borough/", reminder_pages.borough, name="reminder-borough"),
]

urlpatterns = [
    path("health/", health.health, name="health"),
    path("account/", include("accounts.urls")),
]
if settings.DEBUG:
    urlpatterns += [path("gallery/", include("govuk.urls"))]
urlpatterns += [
    path("administration/", include("boroughs.administration_urls")),
    path("administration/toolkits/", include("toolkit.administration_urls")),
    path("calendar/", include("boroughs.calendar_urls")),
    path("reports/batch/", include("reports.batch_urls")),
    path("register/", include("reports.register_urls")),
    path("invitations/", include("boroughs.invitation_urls")),
    path("", include((_portal, "portal"))),
    path("<slug:borough>/", include("boroughs.urls")),
    path("<slug:borough>/", include("papers.urls")),
    path("<slug:borough>/", include("toolkit.urls")),
    path("<slug:borough>/", include("sheets.urls")),
    path("<slug:borough>/", include("reports.urls")),
]
