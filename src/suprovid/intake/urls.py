from django.urls import path

from suprovid.intake.views import lists, merging

app_name = "intake"
urlpatterns = [
    path("clients/<int:client_id>/merge/", merging.find_twin, name="merge"),
    path(
        "clients/<int:client_id>/merge/<int:gone_id>/",
        merging.merge,
        name="merge-with",
    ),
    path("merges/<int:merge_id>/undo/", merging.unmerge, name="unmerge"),
    path("imports/", lists.imports, name="imports"),
    path("imports/lists/<int:import_id>/", lists.brought, name="brought"),
    path("imports/lists/<int:import_id>/undo/", lists.undo, name="undo"),
    path("imports/lists/<int:import_id>/file/", lists.file, name="file"),
    path("imports/lists/<int:import_id>/left-out/", lists.left, name="left"),
    path("imports/waiting/<int:list_id>/", lists.waiting, name="waiting"),
    path("imports/waiting/<int:list_id>/columns/", lists.match, name="match"),
    path(
        "imports/waiting/<int:list_id>/matching/",
        lists.use_matching,
        name="use-matching",
    ),
    path("imports/waiting/<int:list_id>/sheet/", lists.other_sheet, name="sheet"),
    path("imports/waiting/<int:list_id>/rows/<int:row>/", lists.answer, name="answer"),
    path("imports/waiting/<int:list_id>/ticks/", lists.tick, name="tick"),
    path("imports/waiting/<int:list_id>/confirm/", lists.confirm, name="confirm"),
    path("imports/waiting/<int:list_id>/drop/", lists.drop, name="drop"),
]
