"""Every recognizer in its turn: from the tables as people keep them to one entry a row."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.names import fold_name
from ...core.schema import TABLES
from ..cells import RawTable
from ..headers import list_known, match_headers
from .alone import make_organizations
from .contacts import part_persons
from .matrix import is_matrix, melt_matrix
from .several import split_several
from .wide import melt_wide


def turn_tables(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Turn matrices, wide tables, lists of contacts and cells of several values into entries."""
    turned = dict(tables)
    if "organizations" in turned:
        organizations, people = part_persons(turned["organizations"])
        turned["organizations"] = organizations
        if people is not None:
            turned.setdefault("people", people)
    known = list_known(turned.get("organizations"))
    ties = turned.get("ties")
    if ties is not None and is_matrix(ties, known):
        turned["ties"] = melt_matrix(ties)
    turned = {name: melt_wide(raw, name) for name, raw in turned.items()}
    if "organizations" not in turned:
        known = list_named_alone(turned)
    turned = {name: split_several(raw, name, known) for name, raw in turned.items()}
    if "organizations" not in turned:
        made = make_organizations(turned)
        if made is not None:
            turned = {"organizations": made, **turned}
    return turned


def list_named_alone(tables: Mapping[str, RawTable]) -> set[str]:
    """Names that stand alone in a cell of organizations, where no list of these is given."""
    found: set[str] = set()
    for name, raw in tables.items():
        headers = match_headers(raw, TABLES[name])
        for column in TABLES[name].columns:
            if column.type == "organization" and column.name in headers.columns:
                at = headers.columns[column.name]
                texts = (row[at] for row in raw.rows)
                found |= {
                    fold_name(text) for text in texts if text and not set(text) & set(";|\n,")
                }
    return found
