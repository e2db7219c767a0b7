"""Pages of the staff; all but the invitation want a sign-in."""

from __future__ import annotations

from django.urls import path

from suprovid.people import views

app_name = "people"

urlpatterns = [
    path("people/", views.people, name="list"),
    path("people/new/", views.new, name="new"),
    path("people/me/", views.me, name="me"),
    path("people/me/language/", views.set_language, name="language"),
    path("people/me/tokens/", views.create_token, name="create-token"),
    path(
        "people/me/tokens/<int:token_id>/revoke/",
        views.revoke_token,
        name="revoke-token",
    ),
    path("people/groups/", views.groups, name="groups"),
    path("people/groups/new/", views.new_group, name="new-group"),
    path("people/groups/<int:group_id>/", views.rename_group, name="rename-group"),
    path("people/groups/<int:group_id>/close/", views.close_group, name="close-group"),
    path("people/roles/<int:grant_id>/end/", views.end_role, name="end-role"),
    path("people/absences/<int:absence_id>/deputy/", views.deputy, name="deputy"),
    path(
        "people/absences/<int:absence_id>/cancel/",
        views.cancel_absence,
        name="cancel-absence",
    ),
    path("people/absences/<int:absence_id>/return/", views.return_early, name="return"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/edit/", views.edit, name="edit"),
    path("people/<int:person_id>/roles/new/", views.grant, name="grant"),
    path("people/<int:person_id>/absence/", views.absence, name="absence"),
    path("people/<int:person_id>/invite/", views.invite, name="invite"),
    path("people/<int:person_id>/dismiss/", views.dismiss, name="dismiss"),
    path("invitation/<str:secret>/", views.invitation, name="invitation"),
]
