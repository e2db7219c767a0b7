"""Clients as their viewers see them (PROCESS 5)."""

from __future__ import annotations

from suprovid.clients.queries.joined import holders as holders
from suprovid.clients.queries.joined import survivor as survivor
from suprovid.clients.queries.joined import telling as telling
from suprovid.clients.queries.joined import whole as whole
from suprovid.clients.queries.joined import whole_of as whole_of
from suprovid.clients.queries.listed import ClientList as ClientList
from suprovid.clients.queries.listed import Filters as Filters
from suprovid.clients.queries.listed import filtered as filtered
from suprovid.clients.queries.listed import listed as listed
from suprovid.clients.queries.one import ContactRow as ContactRow
from suprovid.clients.queries.one import Particulars as Particulars
from suprovid.clients.queries.one import SiteRow as SiteRow
from suprovid.clients.queries.one import answering as answering
from suprovid.clients.queries.one import contact as contact
from suprovid.clients.queries.one import particulars as particulars
from suprovid.clients.queries.one import people_who_sell as people_who_sell
from suprovid.clients.queries.one import seats as seats
from suprovid.clients.queries.one import site as site
from suprovid.clients.queries.sight import ClientRow as ClientRow
from suprovid.clients.queries.sight import Lookup as Lookup
from suprovid.clients.queries.sight import choices as choices
from suprovid.clients.queries.sight import found as found
from suprovid.clients.queries.sight import looked_up as looked_up
from suprovid.clients.queries.sight import lookup_by_code as lookup_by_code
from suprovid.clients.queries.sight import seen as seen
from suprovid.clients.queries.sight import sees_all as sees_all
from suprovid.clients.queries.sight import served_or_sold as served_or_sold
from suprovid.clients.queries.sight import standing as standing
from suprovid.clients.queries.sight import standing_alone as standing_alone
from suprovid.clients.queries.sight import visible as visible
from suprovid.clients.queries.sight import with_words as with_words
