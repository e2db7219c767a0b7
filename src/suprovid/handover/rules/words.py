"""What the handover's things, facts and terms are called."""

from __future__ import annotations

from enum import StrEnum

from suprovid.handover.rules.definition import HowOften, Network, UpdatesBy
from suprovid.handover.rules.vocabulary import (
    Allowance,
    CalledOffWhy,
    Carrier,
    ItemCode,
    Lane,
    LineState,
    Requirement,
    Stage,
    Verdict,
)
from suprovid.lib.words import word

WORDS: dict[StrEnum, str] = {
    Stage.DRAFT: word("being drawn up"),
    Stage.SENT: word("awaits confirmation"),
    Stage.COLLECTING: word("collects visas"),
    Stage.ACCEPTED: word("accepted"),
    Stage.IN_SERVICE: word("in service"),
    Stage.CALLED_OFF: word("called off"),
    ItemCode.CONTRACT: word("contract accepted (all programmes, consulting rules)"),
    ItemCode.PRICE_AGREEMENT: word("accepted additional agreement on price"),
    ItemCode.PAYMENT: word("fact of payment"),
    ItemCode.INVOICE_AND_ACT: word("invoice and act of work done"),
    ItemCode.APPLICATION: word("application for entry into the ARM"),
    ItemCode.CARD: word("client handover card"),
    ItemCode.PRICE_AGREEMENT_COPY: word(
        "copy of the signed additional agreement on price"
    ),
    Verdict.GIVEN: word("visa given"),
    Verdict.REFUSED: word("visa refused"),
    Verdict.WITHDRAWN: word("visa withdrawn"),
    CalledOffWhy.WALKED_AWAY: word("the client walked away"),
    CalledOffWhy.CONTRACT_VOID: word("the contract is void"),
    CalledOffWhy.REFUND: word("refund"),
    Allowance.AUTHOR: word(
        "confirmed by who prepared it; allowed by the head of department"
    ),
    Allowance.ONE_PERSON: word(
        "one person for lawyer and accountant; allowed by the head of department"
    ),
    Requirement.ALL_PROGRAMMES: word("all programmes are listed"),
    Requirement.CONSULTING_RULES: word("the consulting rules are attached"),
    Requirement.SIGNED_BY_BOTH: word("signed by both parties"),
    Requirement.REQUISITES: word("the requisites of both parties are right"),
    Requirement.NAMES_THE_CONTRACT: word("names the contract it belongs to"),
    Requirement.PRICE_AS_AGREED: word("the price is as agreed"),
    Requirement.PERIOD_STATED: word("the period of the price is stated"),
    Requirement.WHOLE_SUM: word("the whole sum of the invoice came in"),
    Requirement.PAYER_IS_CLIENT: word("the payer is the client"),
    Requirement.PURPOSE_NAMES_INVOICE: word("the purpose names the invoice"),
    Requirement.INVOICE_MATCHES: word("the invoice matches the contract"),
    Requirement.ACT_SIGNED: word("the act is signed by the client"),
    Requirement.SUMS_AGREE: word("the sums of invoice and act agree"),
    Requirement.KIT_AS_IN_CONTRACT: word("the kit is as in the contract"),
    Requirement.WORKPLACES_STATED: word("version and workplaces are stated"),
    Requirement.ADDRESS_STATED: word("the address of installation is stated"),
    Requirement.RESPONSIBLE_NAMED: word("the responsible person can be reached"),
    Requirement.WISHES_STATED: word("users and wishes are described"),
    Requirement.HISTORY_STATED: word("what was promised to the client is described"),
    Requirement.SAME_AS_ORIGINAL: word("the same as the original"),
    Requirement.READABLE: word("whole and readable"),
    Network.LOCAL: word("local"),
    Network.NETWORK: word("network"),
    Network.ONLINE: word("online"),
    UpdatesBy.VISIT: word("by a visit"),
    UpdatesBy.REMOTE: word("remotely"),
    UpdatesBy.DOWNLOAD: word("downloaded by the client"),
    HowOften.DAILY: word("every day"),
    HowOften.WEEKLY: word("every week"),
    HowOften.TWICE_A_MONTH: word("twice a month"),
    HowOften.MONTHLY: word("every month"),
}
# Apart: a member equal to another's value would take its place in one table.
MORE_WORDS: dict[StrEnum, str] = {
    Carrier.PAPER: word("paper"),
    Carrier.FORM: word("form"),
    Carrier.PAYMENT: word("payment"),
    LineState.EMPTY: word("no paper yet"),
    LineState.WAITING: word("awaits a visa"),
    LineState.GIVEN: word("visa in force"),
    LineState.REFUSED: word("refused"),
    LineState.FALLEN: word("visa no longer in force"),
    LineState.WITHDRAWN: word("withdrawn"),
    Lane.DRAFT: word("Drawn up by sales"),
    Lane.VISAS: word("Collects visas"),
    Lane.ACCEPTANCE: word("Awaits acceptance"),
    Lane.INSTALLATION: word("Installation"),
    Lane.CONFIRMATION: word("Confirmation"),
    Lane.ENDED: word("Ended"),
}

FACTS: dict[str, str] = {
    "handover.opened": word("Handover {number} opened"),
    "handover.invoice.named": word("First invoice named: {invoice}"),
    "handover.sent": word("Handover {number} sent for confirmation"),
    "handover.sent_back": word("Handover {number} sent back to sales: {remarks}"),
    "handover.confirmed": word("Handover {number} confirmed"),
    "handover.group.changed": word("Group changed: {group}"),
    "handover.paper.attached": word("Paper attached: {item_code}"),
    "handover.paper.replaced": word("Paper replaced: {item_code}"),
    "handover.form.filled": word("Form filled in: {item_code}"),
    "handover.visa.given": word("Visa given: {item_code}"),
    "handover.visa.refused": word("Visa refused: {item_code}; {requirement}; {reason}"),
    "handover.visa.withdrawn": word("Visa withdrawn: {item_code}; {reason}"),
    "handover.visa.fell": word("Visa no longer in force: {item_code}"),
    "handover.payment.came": word("Payment of the first invoice is in"),
    "handover.payment.gone": word(
        "Payment of the first invoice undone; both terms fall away"
    ),
    "handover.accepted": word("Client accepted, sheet {number} closed"),
    "handover.returned": word("Handover {number} returned to sales: {remarks}"),
    "handover.remarks.answered": word("Remarks answered: {text}"),
    "handover.called_off": word("Handover {number} called off: {called_off_why}"),
    "handover.objected": word("Objection to the closed sheet {number}: {text}"),
    "handover.contact.made": word(
        "First contact made; installation agreed for {install_on}"
    ),
    "handover.entered_service": word("Client is in service, handover {number} ended"),
}

OBLIGATIONS: dict[str, str] = {
    "handover.confirmation": word("Confirm the handover or send it back"),
    "handover.item_papers": word("Bring the papers"),
    "handover.visa": word("Give the visa"),
    "handover.remarks": word("Answer the remarks"),
    "handover.acceptance": word("Accept the client or return to sales"),
    "handover.first_contact": word("Make the first contact"),
    "handover.installation": word("Install"),
}

TERM_NAMES: dict[str, str] = {
    "handover.confirmation": word("Confirmation of the handover"),
    "handover.item_papers": word("Papers"),
    "handover.visa": word("Visa"),
    "handover.remarks": word("Answer to the remarks"),
    "handover.acceptance": word("Acceptance"),
    "handover.first_contact": word("First contact"),
    "handover.installation": word("Installation"),
}

TERM_VERBS: dict[str, str] = {
    "handover.confirmation": word("Confirm"),
    "handover.item_papers": word("Attach"),
    "handover.visa": word("Give the visa"),
    "handover.remarks": word("Reply"),
    "handover.acceptance": word("Accept"),
    "handover.first_contact": word("Record the contact"),
    "handover.installation": word("To the installation"),
}
