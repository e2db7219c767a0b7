"""What each door is sent: values good enough for it to answer by right, not by shape.

`{name}` stands for a thing of the house; `FILE` for a picture.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from suprovid.documents.rules import Upload
from tests.roles.routes import FILE, Operation, Page
from tests.roles.things import MATCHING, WAITING, picture

LIST = "a list"
BANK = "a file of the bank"
PARTS = [{"invoice_id": "{owing_invoice_id}", "amount": "1.00"}]
EMPTY_STATEMENT = b"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-04-15T06:00:00+03:00</CreDtTm></GrpHdr>
<Stmt><Id>1</Id><CreDtTm>2026-04-15T06:00:00+03:00</CreDtTm>
<Acct><Id><IBAN>UA093999990000026001000000017</IBAN></Id><Ccy>UAH</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="UAH">1.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-14</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="UAH">1.00</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-14</Dt></Dt></Bal>
</Stmt></BkToCstmrStmt></Document>"""
GLASS = "data:image/png;base64," + base64.b64encode(picture().data).decode()
FREE_IBAN = "UA753888880000026007000000011"
WHY = {"why": "так вирішила керівниця"}
REMARKS = {"remarks": "не вистачає додатка"}
NAME = "Ткач Ірина Юріївна"
DAYS = {"signed_on": "2026-04-13", "valid_from": "2026-04-13"}
LINE = {
    "kit_id": "{kit_id}",
    "variant": "local",
    "seats": "1",
    "periodicity": "weekly",
    "delivery": "visit",
    "monthly_price": "100,00",
    "valid_from": "{today}",
}
PAYMENT = {
    "booked_at": "2026-04-14 10:15",
    "amount": "100,00",
    "document": "77",
    "payer_name": "ТОВ «Платник»",
}
PERSON = {
    "family_name": "Новак",
    "given_name": "Леся",
    "email": "lesia@suprovid.example",
}
CONTACT = {
    "made_at": "2026-04-14 10:15",
    "spoke_with": NAME,
    "install_on": "{later}",
    "place": "Київ",
    "workplaces": "1",
    "systems": "Windows 11",
    "network": "no",
    "delivery": "visit",
}
SPOKEN = {"made_at": "2026-04-16 12:31", "spoke_with": NAME, "satisfied": "yes"}
APPLICATION = {
    "kit": "Універсал",
    "variant": "network",
    "workplaces": "5",
    "periodicity": "weekly",
    "delivery": "visit",
    "served_from": "2026-04-20",
    "address": "Київ, вул. Нижній Вал, 17",
}
TERM = {"valid_from": "{later}", "count": "2", "unit": "working_days"}

PAGES: dict[str, dict[str, Any]] = {
    "clients:add-site": {"site-name": "Склад", "site-address": "вул. Лугова, 9"},
    "clients:assign": {"group_id": "{group_id}", "manager_id": "{manager_id}"},
    "clients:contact": {"name": NAME, "version": "1"},
    "clients:contacts": {"contact-name": NAME},
    "clients:edit": {
        "name": "{name}",
        "code": "{code}",
        "version": "{client_version}",
    },
    "clients:new": {"name": "ТОВ «Новобуд»", "code": "{free_code}"},
    "clients:sales": {"sales_id": "{sales_id}"},
    "clients:site": {"name": "Склад", "address": "вул. Лугова, 9", "version": "1"},
    "contracts:add-bank": {"bank-name": "Суд", "bank-valid_from": "{today}"},
    "contracts:add-kit": {
        "kit-name": "Суддя",
        "kit-bank_ids": "{bank_id}",
        "kit-valid_from": "{today}",
    },
    "contracts:add-line": LINE,
    "contracts:edit": {**DAYS, "version": "{contract_version}"},
    "contracts:end-line": {"last_day": "{later}"},
    "contracts:new": {**DAYS, "number": "777/26"},
    "handover:answer": {"text": "додаток буде завтра"},
    "handover:attach": {"file": FILE},
    "handover:call-off": {"why": "refund"},
    "handover:change-group": {"group_id": "{group_id}"},
    "handover:fill": APPLICATION,
    "handover:first-contact": CONTACT,
    "handover:give": {"seen": "{seen}"},
    "handover:name-invoice": {"invoice_id": "{invoice_id}"},
    "handover:object": {"text": "підписала не та особа"},
    "handover:open": {"group_id": "{group_id}"},
    "handover:refuse": {
        "seen": "{seen}",
        "requirement": "{requirement}",
        "reason": "немає печатки",
    },
    "handover:return": REMARKS,
    "handover:send-back": REMARKS,
    "handover:withdraw": {"reason": "надано помилково"},
    "money:account": {"name": "Основний", "version": "{account_version}"},
    "money:accounts": {"iban": FREE_IBAN},
    "money:allocate": {"invoice_id": "{invoice_id}"},
    "money:cancel-invoice": WHY,
    "money:new-invoice": {"issued_on": "{today}", "total": "120,00"},
    "money:new-payment": PAYMENT,
    "money:pay-invoice": PAYMENT,
    "money:undo": WHY,
    "money:void": WHY,
    "money:lay-line": {"choice": "{owing_invoice_id}=1.00"},
    "money:lay-ticked": {"tick": "{waiting_line_id}:{owing_invoice_id}=1.00"},
    "money:set-aside": {"aside": "other"},
    "money:split-line": {"number-1": "{owing_number}", "amount-1": "1,00"},
    "money:statements": {"file": BANK},
    "money:undo-file": WHY,
    "money:unlay-line": WHY,
    "obligations:change-calendar": {"day": "{later}", "off": "on", "note": "ремонт"},
    "obligations:company": {"name": "Правовий вимір"},
    "obligations:hand-over": {**WHY, "person_id": "{taker_id}"},
    "obligations:move": {**WHY, "on": "{later}"},
    "obligations:term": TERM,
    "obligations:waive": WHY,
    "people:absence": {
        "kind": "trip",
        "first_day": "{soon}",
        "last_day": "{soon}",
    },
    "people:create-token": {"name": "АТС", "days": "30"},
    "people:edit": {**PERSON, "version": "{person_version}"},
    "people:grant": {"role": "lawyer"},
    "people:invitation": {"password": "чотири слова поспіль", "again": ""},
    "people:language": {"language": "uk"},
    "people:new": {**PERSON, "username": "novak-lesia", "language": "uk"},
    "people:new-group": {"name": "Троєщина"},
    "people:rename-group": {"name": "Лівий берег"},
    "service:appoint": {"person_id": "{manager_id}"},
    "service:call": SPOKEN,
    "service:name-installer": {"person_id": "{installer_id}"},
    "service:record-done": {"done_at": "2026-04-16 12:31"},
    "service:save": {"kit": "Універсал"},
    "service:send-back": REMARKS,
    "intake:answer": {"name": "ТОВ «Інша Хвиля»", "version": "{list_version}"},
    "intake:confirm": {
        "version": "{list_version}",
        "seen": "{list_seen}",
        "shown": "{row}",
        "tick": "{row}",
    },
    "intake:imports": {"file": LIST},
    "intake:match": {
        "version": "{list_version}",
        "column-0": "code",
        "column-1": "name",
        "save_as": "Інший список",
    },
    "intake:merge-with": {
        "kept_version": "{client_version}",
        "gone_version": "{gone_version}",
    },
    "intake:sheet": {"sheet": "Аркуш1"},
    "intake:tick": {"version": "{list_version}", "shown": "{row}", "tick": "{row}"},
    "intake:undo": WHY,
    "intake:unmerge": WHY,
    "intake:use-matching": {"version": "{list_version}", "name": MATCHING},
    "service:submit": {"signed_by": NAME, "signature": GLASS},
    "service:take-over": {
        "contracts": "{known_contract_id}",
        "manager": "{manager_id}-{group_id}",
        "since": "2026-04-13",
    },
}
PAGES["people:invitation"]["again"] = PAGES["people:invitation"]["password"]

API: dict[str, dict[str, Any]] = {
    "POST /api/v1/clients": {"code": "{free_code}"},
    "POST /api/v1/clients/{client_id}/merge": {
        "kept_version": "{client_version}",
        "gone_version": "{gone_version}",
    },
    "POST /api/v1/contracts/lines/{line_id}/end": {"last_day": "{later}"},
    "POST /api/v1/imports/lists": {"file": LIST},
    "POST /api/v1/imports/lists/{import_id}/undo": WHY,
    "POST /api/v1/handovers/{handover_id}/items/{item_id}/form": {
        "values": APPLICATION
    },
    "POST /api/v1/handovers/{handover_id}/items/{item_id}/refuse": {
        "seen": "{seen}",
        "requirement": "{requirement}",
    },
    "POST /api/v1/handovers/{handover_id}/items/{item_id}/visa": {"seen": "{seen}"},
    "POST /api/v1/installations/{handover_id}/control-call": {
        "made_at": "2026-04-16T09:31:00Z"
    },
    "POST /api/v1/obligations/{obligation_id}/hand-over": {"person_id": "{taker_id}"},
    "POST /api/v1/obligations/{obligation_id}/move": {"on": "{later}"},
    "POST /api/v1/people": {"email": "lesia@suprovid.example", "username": "novak"},
    "POST /api/v1/people/{person_id}/absences": {
        "first_day": "{soon}",
        "last_day": "{soon}",
    },
    "POST /api/v1/people/{person_id}/roles": {"role": "lawyer"},
    "POST /api/v1/accounts": {"iban": FREE_IBAN},
    "POST /api/v1/statement-files": {"file": BANK, "dry_run": "true"},
    "POST /api/v1/statement-lines/lay": {
        "lines": [{"line_id": "{waiting_line_id}", "parts": PARTS}]
    },
    "POST /api/v1/statement-lines/{line_id}/lay": {"parts": PARTS},
    "POST /api/v1/settings/calendar": {
        "thing": "day",
        "day": "{later}",
        "note": "ремонт",
    },
    "POST /api/v1/settings/calendar/preview": {
        "thing": "day",
        "day": "{later}",
        "note": "ремонт",
    },
    "POST /api/v1/settings/terms": {"kind": "{kind}", "valid_from": "{later}"},
    "POST /api/v1/take-overs": {
        "rows": [
            {
                "client_id": "{known_client_id}",
                "contract_id": "{known_contract_id}",
                "manager_id": "{manager_id}",
                "group_id": "{group_id}",
                "since": "2026-04-13",
            }
        ]
    },
    "PUT /api/v1/me/language": {"language": "uk"},
    "PUT /api/v1/people/{person_id}": {"email": "lesia@suprovid.example"},
}
VERSIONS = {
    "PUT /api/v1/accounts/{account_id}": "account_version",
    "PATCH /api/v1/clients/{client_id}": "client_version",
    "PUT /api/v1/contracts/{contract_id}": "contract_version",
    "PUT /api/v1/people/{person_id}": "person_version",
}
MEANT = {
    "money:take-back": {"bank_line_id": "aside_line_id"},
    "money:unlay-line": {"bank_line_id": "laid_line_id"},
    "money:cancel-invoice": {"invoice_id": "owing_invoice_id"},
    "money:open-account": {"account_id": "closed_account_id"},
    "POST /api/v1/accounts/{account_id}/open": {"account_id": "closed_account_id"},
    "POST /api/v1/invoices/{invoice_id}/cancel": {"invoice_id": "owing_invoice_id"},
    "POST /api/v1/statement-files/{file_id}/undo": {"file_id": "statement_file_id"},
    "POST /api/v1/statement-lines/{line_id}/lay": {"line_id": "waiting_line_id"},
    "POST /api/v1/statement-lines/{line_id}/set-aside": {"line_id": "waiting_line_id"},
    "POST /api/v1/statement-lines/{line_id}/take-back": {"line_id": "aside_line_id"},
    "POST /api/v1/statement-lines/{line_id}/unlay": {"line_id": "laid_line_id"},
    "handover:fill": {"item_id": "form_item_id"},
    "money:allocate": {
        "payment_id": "spare_payment_id",
        "invoice_id": "owing_invoice_id",
    },
    "money:pay-invoice": {"invoice_id": "owing_invoice_id"},
    "POST /api/v1/allocations": {
        "payment_id": "spare_payment_id",
        "invoice_id": "owing_invoice_id",
    },
    "POST /api/v1/handovers/{handover_id}/items/{item_id}/form": {
        "item_id": "form_item_id"
    },
}
"""Where a door means another thing than its name says."""

Things = Mapping[str, Any]


def meant(name: str, things: Things) -> dict[str, Any]:
    """The things as this door means them."""
    other = MEANT.get(name, {})
    return {**things, **{arg: things[thing] for arg, thing in other.items()}}


def form_of(page: Page, things: Things) -> dict[str, Any]:
    return {"_once": "once-and-again", **filled(PAGES.get(page.name, {}), things)}


def body_of(one: Operation, things: Things) -> dict[str, Any]:
    """The smallest body, with things of the house by their names."""
    body = dict(one.body or {})
    body |= {name: things[name] for name in body if name.endswith("_id")}
    return filled(body | API.get(one.name, {}), things)


def headers_of(one: Operation, things: Things) -> dict[str, str]:
    version = things[VERSIONS[one.name]] if one.name in VERSIONS else 1
    return {"Idempotency-Key": "once-and-again", "If-Match": f'"{version}"'}


def filled(said: Mapping[str, Any], things: Things) -> dict[str, Any]:
    """Values in place of their names, files made anew for each sending."""
    return {name: _value(one, things) for name, one in said.items()}


def _value(said: Any, things: Things) -> Any:
    if isinstance(said, dict):
        return filled(said, things)
    if isinstance(said, list):
        return [_value(one, things) for one in said]
    if said == FILE:
        return _sent(picture())
    if said == BANK:
        return _sent(Upload("виписка.xml", EMPTY_STATEMENT))
    if said == LIST:
        return _sent(Upload("нові.csv", WAITING))
    if isinstance(said, str) and said.startswith("{"):
        alone = said.strip("{}")
        return things[alone] if alone in things else said.format_map(things)
    return said


def _sent(upload: Upload) -> SimpleUploadedFile:
    return SimpleUploadedFile(upload.name, upload.data)
