"""Which operation of the API does what a page does (DESIGN 4)."""

from __future__ import annotations

TWINS = {
    "clients:add-site": "POST /clients/{client_id}/sites",
    "clients:assign": "POST /clients/{client_id}/assign",
    "clients:contact": "PUT /clients/{client_id}/contacts/{contact_id}",
    "clients:contact-left": "POST /clients/{client_id}/contacts/{contact_id}/left",
    "clients:contacts": "POST /clients/{client_id}/contacts",
    "clients:edit": "PATCH /clients/{client_id}",
    "clients:new": "POST /clients",
    "clients:sales": "POST /clients/{client_id}/sales",
    "clients:site": "PUT /clients/{client_id}/sites/{site_id}",
    "contracts:add-bank": "POST /catalogue/banks",
    "contracts:add-kit": "POST /catalogue/kits",
    "contracts:add-line": "POST /contracts/{contract_id}/lines",
    "contracts:edit": "PUT /contracts/{contract_id}",
    "contracts:end-line": "POST /contracts/lines/{line_id}/end",
    "contracts:new": "POST /contracts",
    "handover:accept": "POST /handovers/{handover_id}/accept",
    "handover:answer": "POST /handovers/{handover_id}/answer",
    "handover:attach": "POST /handovers/{handover_id}/items/{item_id}/papers",
    "handover:call-off": "POST /handovers/{handover_id}/call-off",
    "handover:change-group": "POST /handovers/{handover_id}/group",
    "handover:confirm": "POST /handovers/{handover_id}/confirm",
    "handover:fill": "POST /handovers/{handover_id}/items/{item_id}/form",
    "handover:first-contact": "POST /handovers/{handover_id}/first-contact",
    "handover:give": "POST /handovers/{handover_id}/items/{item_id}/visa",
    "handover:name-invoice": "POST /handovers/{handover_id}/invoice",
    "handover:object": "POST /handovers/{handover_id}/object",
    "handover:open": "POST /handovers",
    "handover:refuse": "POST /handovers/{handover_id}/items/{item_id}/refuse",
    "handover:return": "POST /handovers/{handover_id}/return",
    "handover:send": "POST /handovers/{handover_id}/send",
    "handover:send-back": "POST /handovers/{handover_id}/send-back",
    "handover:withdraw": "POST /handovers/{handover_id}/items/{item_id}/withdraw",
    "intake:imports": "POST /imports/lists",
    "intake:merge-with": "POST /clients/{client_id}/merge",
    "intake:undo": "POST /imports/lists/{import_id}/undo",
    "intake:unmerge": "POST /merges/{merge_id}/undo",
    "money:allocate": "POST /allocations",
    "money:new-invoice": "POST /invoices",
    "money:new-payment": "POST /payments",
    "money:undo": "POST /allocations/{allocation_id}/undo",
    "money:void": "POST /payments/{payment_id}/void",
    "notifications:read": "POST /notifications/{message_id}/read",
    "notifications:read-all": "POST /notifications/read-all",
    "notifications:unread": "POST /notifications/{message_id}/unread",
    "obligations:change-calendar": "POST /settings/calendar",
    "obligations:company": "POST /settings/company",
    "obligations:hand-over": "POST /obligations/{obligation_id}/hand-over",
    "obligations:letters": "POST /settings/company/letters",
    "obligations:move": "POST /obligations/{obligation_id}/move",
    "obligations:term": "POST /settings/terms",
    "obligations:waive": "POST /obligations/{obligation_id}/waive",
    "people:absence": "POST /people/{person_id}/absences",
    "people:cancel-absence": "POST /people/absences/{absence_id}/cancel",
    "people:close-group": "POST /groups/{group_id}/close",
    "people:create-token": "POST /me/tokens",
    "people:deputy": "POST /people/absences/{absence_id}/deputy",
    "people:dismiss": "POST /people/{person_id}/dismiss",
    "people:edit": "PUT /people/{person_id}",
    "people:end-role": "POST /people/roles/{grant_id}/end",
    "people:grant": "POST /people/{person_id}/roles",
    "people:invite": "POST /people/{person_id}/invite",
    "people:language": "PUT /me/language",
    "people:new": "POST /people",
    "people:new-group": "POST /groups",
    "people:rename-group": "POST /groups/{group_id}/rename",
    "people:return": "POST /people/absences/{absence_id}/return",
    "people:revoke-token": "POST /me/tokens/{token_id}/revoke",
    "service:appoint": "POST /installations/{handover_id}/manager",
    "service:call": "POST /installations/{handover_id}/control-call",
    "service:confirm": "POST /installations/{handover_id}/confirm",
    "service:name-installer": "POST /installations/{handover_id}/installer",
    "service:record-done": "POST /installations/{handover_id}/done",
    "service:save": "POST /installations/{handover_id}/record",
    "service:send-back": "POST /installations/{handover_id}/send-back",
    "service:submit": "POST /installations/{handover_id}/submit",
    "service:take-over": "POST /take-overs",
}
ON_PAGES_ONLY = frozenset(
    {"intake:answer", "intake:confirm", "intake:drop", "intake:match"}
    | {"intake:sheet", "intake:tick", "intake:use-matching"}  # a program sends it once
    | {"money:pay-invoice"}  # a payment of a program may name its invoice
    | {"people:invitation", "set_language", "set_theme"}  # before sign-in
)


def operation_of(page: str) -> str:
    """As the table calls it."""
    method, _space, path = TWINS[page].partition(" ")
    return f"{method} /api/v1{path}"
