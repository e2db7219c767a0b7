from django.urls import path

from suprovid.service import views

app_name = "service"
ONE = "installations/<int:handover_id>"
urlpatterns = [
    path("clients/take-over/", views.take_over, name="take-over"),
    path(f"{ONE}/", views.installation, name="installation"),
    path(f"{ONE}/installer/", views.name_installer, name="name-installer"),
    path(f"{ONE}/done/", views.record_done, name="record-done"),
    path(f"{ONE}/record/", views.save, name="save"),
    path(f"{ONE}/submit/", views.submit, name="submit"),
    path(f"{ONE}/send-back/", views.send_back, name="send-back"),
    path(f"{ONE}/confirm/", views.confirm, name="confirm"),
    path(f"{ONE}/manager/", views.appoint, name="appoint"),
    path(f"{ONE}/control-call/", views.call, name="call"),
    path(f"{ONE}/signature/", views.signature, name="signature"),
    path(f"{ONE}/photos/<int:photo_id>/", views.photo, name="photo"),
]
