"""What must not change an answer: order, repetition, spelling, arrows turned, split awards."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network

from .coalition import DAY, MEASURES, TABLES

VERBS = (*MEASURES, "check_outcomes", "find_gaps")
OTHERS: dict[str, dict[str, Any]] = {  # the rest of the verbs, and fewer draws
    "trace_money": {},
    "measure_trust": {},
    "track_goals": {},
    "profile_partnerships": {},
    "list_expected_partners": {},
    "describe_convenings": {},
    "find_nonrespondents": {"imputations": 20},
    "measure_uncertainty": {"imputations": 20, "bootstrap": 20},
    "plan_visits": {},
    "explain_ties": {"permutations": 49},
    "recommend_partners": {},
    "find_introductions": {},
    "prepare_session": {},
    "plan_introductions": {},
    "map_cliffs": {},
}
Tables = dict[str, list[dict[str, str]]]


def read(change: Callable[[Tables], None] | None = None) -> Network:
    """The coalition, changed."""
    tables = {name: list(csv.DictReader(StringIO(text))) for name, text in TABLES.items()}
    if change is not None:
        change(tables)
    return pn.read_network({name: pd.DataFrame(rows) for name, rows in tables.items()})


def turn_rows(tables: Tables) -> None:
    """Read every table but that of organizations from the bottom."""
    for name, rows in tables.items():
        if name != "organizations":
            rows.reverse()


def turn_organizations(tables: Tables) -> None:
    """Read the organizations from the bottom."""
    tables["organizations"].reverse()


def repeat_rows(tables: Tables) -> None:
    """Every row twice."""
    for name, rows in tables.items():
        if name not in ("organizations", "about"):
            rows += [dict(row) for row in rows]


def turn_ties(tables: Tables) -> None:
    """Ties without an arrow from the other side; who reports them stays."""
    undirected = ("contract", "collaboration", "data sharing")
    for row in tables["ties"]:
        if row["relation"] in undirected:
            row["reported_by"] = row["reported_by"] or ""
            row["source"], row["target"] = row["target"], row["source"]


def shout(tables: Tables) -> None:
    """Labels in another case, with more blanks; not the first of each."""
    labels = {
        "services": ("service", "population"),
        "funding": ("program", "award", "parent_award"),
        "memberships": ("group", "group_kind"),
        "agreements": ("agreement", "type", "topic"),
        "needs": ("indicator",),
    }
    for name, columns in labels.items():
        for row in tables[name][1:]:
            for column in columns:
                row[column] = f" {row[column].upper().replace(' ', '  ')} " if row[column] else ""


def split_awards(tables: Tables) -> None:
    """Every award in two rows, three to seven."""
    rows = tables["funding"]
    tables["funding"] = [
        {**row, "amount": str(float(row["amount"]) * share)} for row in rows for share in (0.3, 0.7)
    ]


def rename_ids(tables: Tables) -> None:
    """Other ids in the same order (ties go to the lower one)."""
    ids = {row["id"] for row in tables["organizations"]}
    for rows in tables.values():
        for row in rows:
            row |= {column: f"z-{cell}" for column, cell in row.items() if cell in ids}


CHANGES = (turn_rows, turn_organizations, repeat_rows, turn_ties, shout, split_awards)
# Draws follow the order of organizations, and so do communities; among equals the first is named.
SEEDED = {"communities", "community"}


def plain(value: Any) -> Any:
    """Values without case, order within lists of names, and the last digits."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    if isinstance(value, float):
        return None if value != value else round(float(value), 6)
    if isinstance(value, list | tuple | set):
        return sorted(map(str, map(plain, value)))
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    return value


def answer(net: Network, verb: str) -> tuple[list[Any], list[Any]]:
    """Claims, and the rows of the main table, whatever their order."""
    found = getattr(pn, verb)(net, as_of=DAY, **OTHERS.get(verb, {}))
    claims = [(said.name, plain(dict(said.claims))) for said in found.sentences]
    claims = [(name, told) for name, told in claims if name not in SEEDED]
    table = found.frame("table")
    table = table[[column for column in table if column not in (*SEEDED, "gap_id")]]
    if "measure" in table:
        table = table[~table["measure"].str.contains("_expected|_p$")]
    rows = sorted(str(plain(row)) for row in table.to_dict("records"))
    return sorted(map(str, claims)), rows


@pytest.fixture(scope="module")
def before() -> dict[str, tuple[list[Any], list[Any]]]:
    net = read()
    return {verb: answer(net, verb) for verb in VERBS}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_answers_stay(
    before: dict[str, tuple[list[Any], list[Any]]], change: Callable[[Tables], None]
) -> None:
    net = read(change)
    for verb in VERBS:
        claims, rows = answer(net, verb)
        if change is not turn_organizations:
            assert claims == before[verb][0], verb
        assert rows == before[verb][1], verb


@pytest.fixture(scope="module")
def others() -> dict[str, tuple[list[Any], list[Any]]]:
    net = read()
    return {verb: answer(net, verb) for verb in OTHERS}


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [turn_rows, repeat_rows, turn_ties, shout, split_awards],
    ids=lambda change: change.__name__,
)
def test_answers_of_the_other_verbs_stay(
    others: dict[str, tuple[list[Any], list[Any]]], change: Callable[[Tables], None]
) -> None:
    """Draws follow the order of organizations, which stays here."""
    net = read(change)
    for verb in OTHERS:
        assert answer(net, verb) == others[verb], verb


@pytest.mark.slow
def test_other_ids_change_no_answer(
    before: dict[str, tuple[list[Any], list[Any]]], others: dict[str, tuple[list[Any], list[Any]]]
) -> None:
    net = read(rename_ids)
    for verb, right in {**before, **others}.items():
        found = tuple([text.replace("z-", "") for text in part] for part in answer(net, verb))
        assert tuple(map(sorted, found)) == tuple(map(sorted, right)), verb


def test_an_isolate_more_changes_no_count() -> None:
    def add(tables: Tables) -> None:
        alone = {
            "id": "zz",
            "name": "Zz",
            "kind": "employer",
            "state": "NE",
            "county_fips": "31119",
        }
        tables["organizations"].append(alone)

    net, more = read(), read(add)
    degree = [pn.measure_centrality(one, as_of=DAY).table["degree"] for one in (net, more)]
    assert degree[1].drop("zz").to_dict() == degree[0].to_dict()
    money = [pn.describe_network(one, as_of=DAY).claims["money"] for one in (net, more)]
    assert money[0] == money[1]
    cut = [pn.find_bridges(one, as_of=DAY).table["n_cut_off"] for one in (net, more)]
    assert cut[1].drop("zz").to_dict() == cut[0].to_dict()
