"""What is done with clients: entered, changed, brought in by lists, served."""

from __future__ import annotations

from suprovid.clients.actions.contacts import add_contact as add_contact
from suprovid.clients.actions.contacts import add_site as add_site
from suprovid.clients.actions.contacts import change_contact as change_contact
from suprovid.clients.actions.contacts import change_site as change_site
from suprovid.clients.actions.contacts import contact_left as contact_left
from suprovid.clients.actions.listed import ListedClient as ListedClient
from suprovid.clients.actions.listed import change_listed as change_listed
from suprovid.clients.actions.listed import enter_listed as enter_listed
from suprovid.clients.actions.listed import take_back_listed as take_back_listed
from suprovid.clients.actions.merging import Followed as Followed
from suprovid.clients.actions.merging import hold_clients as hold_clients
from suprovid.clients.actions.merging import join as join
from suprovid.clients.actions.merging import part as part
from suprovid.clients.actions.particulars import add_client as add_client
from suprovid.clients.actions.particulars import assign as assign
from suprovid.clients.actions.particulars import edit_client as edit_client
from suprovid.clients.actions.particulars import name_sales as name_sales
from suprovid.clients.actions.serving import begin_handover as begin_handover
from suprovid.clients.actions.serving import end_handover as end_handover
from suprovid.clients.actions.serving import enter_service as enter_service
