"""A nation of any size in the shape of a store's tables, seeded: what `benchmarks.store` measures.

Shapes follow the real files: ZIP codes and States by population, five services each, programs and
funders that few hold beside some that very many do (a Zipf law), subawards that pass money on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from partnet.places.gazetteer import STATES, counties_of, county_population, zips_of
from partnet.store.layout import CELLS, ORIGIN, schema_of
from partnet.store.loading import make_rows
from partnet.store.store import Store

CHUNK = 250_000
SERVICES, PROGRAMS, GROUPS = 400, 20_000, 5_000
WORDS = 4_000  # words that names are made of


def fill_nation(store: Store, organizations: int, *, services: int = 5, seed: int = 1) -> int:
    """Write a nation into an empty store; give the number of rows of all tables."""
    draw = np.random.default_rng(seed)
    shelf = store._shelf
    rows = 0
    with shelf.writing():
        for table, part in make_tables(draw, organizations, services):
            shelf.append(table, part)
            rows += part.num_rows
        told = [
            {"file_no": 1, "table": table, "shape": k, "columns": json.dumps(columns)}
            for k, (table, columns) in enumerate(CELLS.items())
        ]
        shelf.append("shapes", make_rows("shapes", told))
        shelf.append("files", make_rows("files", [make_ledger(organizations)]))
    return rows


def make_ledger(organizations: int) -> dict[str, Any]:
    """The one file that the nation pretends to come from."""
    return {
        "file_no": 1, "load": 1, "path": "nation", "sha256": "nation", "file": "nation.csv",
        "reader": "usaspending_subawards", "family": "generated", "release": "generated",
        "rows_read": organizations, "used": organizations, "set_aside": 0,
        "row_states": "[" + ",".join(f'"{s}"' for s in ("", *STATES)) + "]",
        "states": "[]", "wide": False, "home": "",
    }  # fmt: skip


def make_tables(
    draw: np.random.Generator, organizations: int, services: int
) -> Iterator[tuple[str, pa.Table]]:
    """Tables of a store, in pieces."""
    counties = [fips for state in STATES for fips in counties_of(state)]
    people = np.array([county_population(fips) or 1 for fips in counties], dtype=float)
    zips = [(zips_of([fips]) or [""])[0] for fips in counties]
    states = [state for state in STATES for _ in counties_of(state)]
    for start in range(0, organizations, CHUNK):
        n = min(CHUNK, organizations - start)
        ids = [f"uei-{start + k:012d}" for k in range(n)]
        home = draw.choice(len(counties), size=n, p=people / people.sum())
        place = {
            "state": np.array(states, dtype=object)[home],
            "county_fips": np.array(counties, dtype=object)[home],
            "zip": np.array(zips, dtype=object)[home],
        }
        words = draw.zipf(1.3, size=(n, 3)) % WORDS
        names = [f"Name{a} {b} center{c}" for a, b, c in words]
        given = {"id": ids, "name": names, "kind": ["other"] * n, **place}
        yield "organizations", make_part("organizations", start, place["state"], given)
        owner = np.repeat(np.arange(n), services)
        offered = draw.zipf(1.2, size=n * services) % SERVICES
        told = {
            "organization": np.array(ids, dtype=object)[owner],
            "service": [f"service {k}" for k in offered],
            "county_fips": place["county_fips"][owner],
        }
        first = start * services
        yield "services", make_part("services", first, place["state"][owner], told)
        money = draw.integers(0, n, size=n * 2)
        held = draw.zipf(1.15, size=n * 2) % PROGRAMS
        paid = {
            "funder": [f"uei-{k:012d}" for k in draw.zipf(1.4, size=n * 2) % organizations],
            "recipient": np.array(ids, dtype=object)[money],
            "program": [f"program {k}" for k in held],
            "award": [f"{start}-{k}" for k in range(n * 2)],
            "fiscal_year": [str(2018 + k) for k in draw.integers(0, 8, size=n * 2)],
            "amount": [str(k) for k in draw.integers(1_000, 1_000_000, size=n * 2)],
            "amount_kind": ["obligated"] * (n * 2),
        }
        yield "funding", make_part("funding", start * 2, place["state"][money], paid)
        joined = draw.integers(0, n, size=n)
        circle = draw.zipf(1.2, size=n) % GROUPS
        member = {
            "organization": np.array(ids, dtype=object)[joined],
            "group": [f"group {k}" for k in circle],
            "group_kind": ["coalition"] * n,
        }
        yield "memberships", make_part("memberships", start, place["state"][joined], member)


def make_part(table: str, first: int, states: Any, given: dict[str, Any]) -> pa.Table:
    """A piece of a table: blank where nothing is given."""
    schema = schema_of(table)
    n = len(states)
    numbers = {"file_no": np.ones(n, dtype=np.int64), "shape": np.full(n, [*CELLS].index(table))}
    numbers |= {"row": np.arange(first, first + n), "seq": np.arange(first, first + n)}
    columns = {**numbers, "row_state": states, **given}
    blank = pa.array([""] * n, pa.string())
    arrays = [
        pa.array(columns[field.name], field.type) if field.name in columns else blank
        for field in schema
    ]
    assert {*given} <= {*CELLS[table]} and {*ORIGIN} <= {*schema.names}
    return pa.Table.from_arrays(arrays, schema=schema)
