"""A borough's people, committees and settings; the borough's name comes before all of it."""

from django.urls import path

from .views import access_lists, closures, committees, people, purges, settings, trail

app_name = "boroughs"
urlpatterns = [
    path("people/", people.person_list, name="person-list"),
    path("people/<int:pk>/roles/", people.person_roles, name="person-roles"),
    path("people/<int:pk>/end/", people.person_end, name="person-end"),
    path("invitations/send/", people.invitation_send, name="invitation-send"),
    path("invitations/<int:pk>/resend/", people.invitation_resend, name="invitation-resend"),
    path("invitations/<int:pk>/withdraw/", people.invitation_withdraw, name="invitation-withdraw"),
    path("committees/", committees.committee_list, name="committee-list"),
    path("committees/add/", committees.committee_add, name="committee-add"),
    path("committees/<uuid:pk>/", committees.committee_show, name="committee-show"),
    path("committees/<uuid:pk>/change/", committees.committee_change, name="committee-change"),
    path("committees/<uuid:pk>/end/", committees.committee_end, name="committee-end"),
    path("committees/<uuid:committee>/meetings/add/", committees.meeting_add, name="meeting-add"),
    path(
        "committees/<uuid:committee>/meetings/<uuid:pk>/change/",
        committees.meeting_change,
        name="meeting-change",
    ),
    path("committees/<uuid:committee>/seats/give/", committees.seat_give, name="seat-give"),
    path("committees/<uuid:committee>/seats/<uuid:pk>/end/", committees.seat_end, name="seat-end"),
    path("closures/", closures.closure_list, name="closure-list"),
    path("closures/<uuid:pk>/", closures.closure_show, name="closure-show"),
    path("closures/<uuid:pk>/change/", closures.closure_change, name="closure-change"),
    path("closures/<uuid:pk>/release/", closures.closure_release, name="closure-release"),
    path("closures/<uuid:pk>/list/grant/", access_lists.list_grant, name="list-grant"),
    path(
        "closures/<uuid:pk>/list/<int:person>/revoke/", access_lists.list_revoke, name="list-revoke"
    ),
    path("closures/<uuid:pk>/seats/grant/", access_lists.list_grant_seats, name="list-grant-seats"),
    path(
        "closures/<uuid:pk>/seats/<uuid:committee>/revoke/",
        access_lists.list_revoke_seats,
        name="list-revoke-seats",
    ),
    path("closures/<uuid:pk>/emergency/", access_lists.emergency_give, name="emergency-give"),
    path("closures/<uuid:pk>/ask/", access_lists.request_ask, name="request-ask"),
    path("closures/requests/", access_lists.request_list, name="request-list"),
    path("closures/requests/<uuid:pk>/", access_lists.request_answer, name="request-answer"),
    path("settings/", settings.settings_show, name="settings-show"),
    path("settings/change/", settings.settings_change, name="settings-change"),
    path("settings/governance/add/", settings.governance_add, name="governance-add"),
    path(
        "settings/governance/<int:pk>/correct/",
        settings.governance_correct,
        name="governance-correct",
    ),
    path("settings/funding/add/", settings.funding_add, name="funding-add"),
    path("settings/funding/<int:pk>/correct/", settings.funding_correct, name="funding-correct"),
    path("trail/", trail.trail_list, name="trail-list"),
    path("trail/download/", trail.trail_download, name="trail-download"),
    path("erasures/", purges.purge_list, name="purge-list"),
    path("erasures/ask/<slug:kind>/<uuid:record>/", purges.purge_ask, name="purge-ask"),
    path("erasures/<uuid:pk>/", purges.purge_show, name="purge-show"),
    path("erasures/<uuid:pk>/decide/", purges.purge_decide, name="purge-decide"),
    path("erasures/<uuid:pk>/withdraw/", purges.purge_withdraw, name="purge-withdraw"),
]
