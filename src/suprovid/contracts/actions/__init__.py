"""What is done with the catalogue, contracts and their subscription lines."""

from __future__ import annotations

from suprovid.contracts.actions.lists import ListedContract as ListedContract
from suprovid.contracts.actions.lists import change_listed as change_listed
from suprovid.contracts.actions.lists import enter_kits as enter_kits
from suprovid.contracts.actions.lists import enter_listed as enter_listed
from suprovid.contracts.actions.lists import take_back_listed as take_back_listed
from suprovid.contracts.actions.merging import follow_client as follow_client
from suprovid.contracts.actions.writing import add_bank as add_bank
from suprovid.contracts.actions.writing import add_kit as add_kit
from suprovid.contracts.actions.writing import add_line as add_line
from suprovid.contracts.actions.writing import edit_contract as edit_contract
from suprovid.contracts.actions.writing import end_line as end_line
from suprovid.contracts.actions.writing import make_contract as make_contract
