"""Words of clients, their codes, who may do what with them (DOMAIN B1, PROCESS 5)."""

from __future__ import annotations

from suprovid.clients.rules.codes import CodeCheck as CodeCheck
from suprovid.clients.rules.codes import CodeKind as CodeKind
from suprovid.clients.rules.codes import check_code as check_code
from suprovid.clients.rules.folding import clean as clean
from suprovid.clients.rules.folding import fold as fold
from suprovid.clients.rules.folding import fold_number as fold_number
from suprovid.clients.rules.rights import FACTS as FACTS
from suprovid.clients.rules.rights import MORE_WORDS as MORE_WORDS
from suprovid.clients.rules.rights import WORDS as WORDS
from suprovid.clients.rules.rights import ServedBy as ServedBy
from suprovid.clients.rules.rights import Serving as Serving
from suprovid.clients.rules.rights import Standing as Standing
from suprovid.clients.rules.rights import may_add as may_add
from suprovid.clients.rules.rights import may_assign as may_assign
from suprovid.clients.rules.rights import may_change as may_change
from suprovid.clients.rules.rights import may_import as may_import
from suprovid.clients.rules.rights import may_look_up as may_look_up
from suprovid.clients.rules.rights import may_name_sales as may_name_sales
