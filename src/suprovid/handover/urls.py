from django.urls import path

from suprovid.handover import views

app_name = "handover"
ONE = "handovers/<int:handover_id>"
ITEM = f"{ONE}/items/<int:item_id>"
urlpatterns = [
    path("handovers/", views.board, name="board"),
    path("handovers/new/<int:contract_id>/", views.new, name="open"),
    path(f"{ONE}/", views.handover, name="handover"),
    path(f"{ONE}/sheets/<int:round>/", views.sheet, name="sheet"),
    path(f"{ONE}/print.pdf", views.printed, name="print"),
    path(f"{ONE}/papers/<int:item_paper_id>/", views.paper, name="paper"),
    path(f"{ONE}/invoice/", views.name_invoice, name="name-invoice"),
    path(f"{ONE}/send/", views.send, name="send"),
    path(f"{ONE}/send-back/", views.send_back, name="send-back"),
    path(f"{ONE}/confirm/", views.confirm, name="confirm"),
    path(f"{ONE}/group/", views.change_group, name="change-group"),
    path(f"{ONE}/accept/", views.accept, name="accept"),
    path(f"{ONE}/return/", views.return_to_sales, name="return"),
    path(f"{ONE}/answer/", views.answer, name="answer"),
    path(f"{ONE}/call-off/", views.call_off, name="call-off"),
    path(f"{ONE}/object/", views.object_to, name="object"),
    path(f"{ONE}/first-contact/", views.first_contact, name="first-contact"),
    path(f"{ITEM}/papers/", views.attach, name="attach"),
    path(f"{ITEM}/form/", views.fill, name="fill"),
    path(f"{ITEM}/visa/", views.give, name="give"),
    path(f"{ITEM}/refuse/", views.refuse, name="refuse"),
    path(f"{ITEM}/withdraw/", views.withdraw, name="withdraw"),
]
