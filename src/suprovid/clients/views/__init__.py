"""Pages of clients: the list, one client's particulars, its people."""

from __future__ import annotations

from suprovid.clients.views.particulars import assign as assign
from suprovid.clients.views.particulars import clients as clients
from suprovid.clients.views.particulars import edit as edit
from suprovid.clients.views.particulars import lookup as lookup
from suprovid.clients.views.particulars import name_sales as name_sales
from suprovid.clients.views.particulars import new as new
from suprovid.clients.views.people import add_site as add_site
from suprovid.clients.views.people import contact as contact
from suprovid.clients.views.people import contact_left as contact_left
from suprovid.clients.views.people import people as people
from suprovid.clients.views.people import site as site
