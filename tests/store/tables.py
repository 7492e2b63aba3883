"""Tables of a store written by hand or drawn at random, in place of read from public files."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from partnet.store.layout import COLUMNS, NUMBERS
from partnet.store.loading import make_rows
from partnet.store.store import Store

Row = Mapping[str, Any]
File = Mapping[str, Sequence[Row]]  # rows by table
COUNTIES = ("31027", "31109", "20045", "")


def fill_tables(store: Store, *files: File) -> None:
    """Write files into a store: what a row does not name is blank."""
    for number, tables in enumerate(files, 1):
        for table, rows in tables.items():
            blank: dict[str, Any] = {c: 1 if c in NUMBERS else "" for c in COLUMNS[table]}
            told = [blank | {"file_no": number, "seq": k} | dict(row) for k, row in enumerate(rows)]
            store._shelf.append(table, make_rows(table, told))
        store._shelf.append("files", make_ledger(number))


def make_ledger(number: int) -> Any:
    """The entry of one file that counts."""
    name = f"file {number}"
    entry = {"file_no": number, "load": number, "path": name, "sha256": name, "file": name}
    told = {"reader": "usaspending_subawards", "family": "x", "release": "x", "home": ""}
    counts = {"rows_read": 1, "used": 1, "set_aside": 0, "wide": False}
    return make_rows("files", [{**entry, **told, **counts, "row_states": '[""]', "states": "[]"}])


def draw_files(draw: random.Random) -> list[dict[str, list[dict[str, str]]]]:
    """Two files that tell of some of the same organizations."""
    ids = [f"{draw.choice('abz')}-{k}" for k in range(draw.randrange(1, 9))]
    return [draw_file(draw, ids) for _ in range(2)]


def draw_file(draw: random.Random, ids: list[str]) -> dict[str, list[dict[str, str]]]:
    """Few organizations, with services, money, groups and owners that several of them share."""

    def some(most: int) -> range:
        return range(draw.randrange(most))

    def one() -> str:
        return draw.choice(ids)

    organizations = [
        {"id": id_, "name": f"Name {id_}", "kind": draw.choice(["food", "other"]), "state": "NE",
         "county_fips": draw.choice(COUNTIES)}
        for id_ in draw.sample(ids, draw.randrange(1, len(ids) + 1))
    ]  # fmt: skip
    services = [
        {"organization": one(), "service": draw.choice(["Meals", "meals", "Rides"]),
         "county_fips": draw.choice(COUNTIES), "population": draw.choice(["", "elders"])}
        for _ in some(9)
    ]  # fmt: skip
    funding = [
        {"funder": draw.choice([one(), "Fund", ""]), "recipient": one(), "amount_kind": "obligated",
         "program": draw.choice(["P", "Q"]), "award": f"{draw.random()}", "fiscal_year": "2024",
         "amount": f"{draw.randrange(1, 999)}.{draw.randrange(100):02d}"}
        for _ in some(9)
    ]  # fmt: skip
    memberships = [
        {"organization": one(), "group": draw.choice([one(), "G", "H"])} for _ in some(7)
    ]
    affiliations = [{"organization": one(), "parent": one(), "type": "owned"} for _ in some(4)]
    return {
        "organizations": organizations, "services": services, "funding": funding,
        "memberships": memberships, "affiliations": affiliations,
    }  # fmt: skip
