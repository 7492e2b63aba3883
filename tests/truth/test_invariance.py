"""What must not change an answer: order, repetition, spelling, arrows turned, split awards."""

from __future__ import annotations

import csv
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.results.result import Method, Result

from ..builders import make_network
from .coalition import DAY, MEASURES, TABLES

VERBS = (*MEASURES, "check_outcomes", "find_gaps")
OTHERS: dict[str, dict[str, Any]] = {  # the rest of the verbs, and fewer draws
    "trace_money": {},
    "measure_trust": {},
    "track_goals": {},
    "profile_partnerships": {},
    "list_expected_partners": {},
    "list_leaders": {},
    "list_practices": {},
    "find_peer_states": {},
    "describe_convenings": {},
    "find_nonrespondents": {"imputations": 20},
    "measure_uncertainty": {"imputations": 20, "bootstrap": 20},
    "plan_visits": {},
    "explain_ties": {"permutations": 49},
    "recommend_partners": {},
    "backtest_recommendations": {"splits": 2},
    "find_introductions": {},
    "prepare_session": {},
    "plan_introductions": {},
    "map_cliffs": {},
    "list_voices": {},
    "tabulate_map": {},
    "track_suggestions": {},
}
ONE, TWO = "Cedar Hospital", "Cedar Pantry"
EARLIER = "2024-06-30"
ABOUT: dict[str, dict[str, Any]] = {  # what is asked of one organization or two
    "describe_organization": {"organization": ONE},
    "recommend_partners": {"organization": ONE},
    "find_introductions": {"organization": ONE},
    "explain_pair": {"organization": ONE, "partner": TWO},
    "align_organizations": {"organization": ONE, "partner": TWO},
    "simulate": {"remove": ONE},
    "prepare_session": {"where": "31027"},
    "plan_visits": {"start": ONE},
}
Tables = dict[str, list[dict[str, str]]]


def read(change: Callable[[Tables], None] | None = None) -> Network:
    """The coalition, changed."""
    tables = {name: list(csv.DictReader(StringIO(text))) for name, text in TABLES.items()}
    if change is not None:
        change(tables)
    return pn.read_network({name: pd.DataFrame(rows) for name, rows in tables.items()})


LABELS = {
    "services": ("service", "population"),
    "funding": ("program", "award", "parent_award"),
    "memberships": ("group", "group_kind"),
    "agreements": ("agreement", "type", "topic"),
    "needs": ("indicator",),
    "voices": ("population",),
    "residents": ("population",),
    "disparities": ("population", "indicator"),
    "goals": ("goal",),
    "promising_practices": ("practice", "service"),
}


def turn_rows(tables: Tables) -> None:
    """Read every table but that of organizations from the bottom."""
    for name, rows in tables.items():
        if name != "organizations":
            rows.reverse()


def turn_organizations(tables: Tables) -> None:
    """Read the organizations from the bottom."""
    tables["organizations"].reverse()


def reverse_ties(tables: Tables) -> None:
    """Read the ties from the bottom."""
    tables["ties"].reverse()


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
    for name, columns in LABELS.items():
        for row in tables[name][1:]:
            for column in columns:
                row[column] = f" {row[column].upper().replace(' ', '  ')} " if row[column] else ""


def shout_some(tables: Tables) -> None:
    """Every other label in capitals, from its first row on: what is sorted by letters moves."""
    for name, columns in LABELS.items():
        for column in columns:
            words = sorted({row[column].casefold() for row in tables[name]})
            for row in tables[name]:
                if words.index(row[column].casefold()) % 2:
                    row[column] = row[column].upper()


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


CHANGES = (turn_rows, turn_organizations, repeat_rows, turn_ties, shout, shout_some, split_awards)
OF_FILES = re.compile(r"\brows? \d+(, row \d+)*|\d+ rows")  # where it is written, not what


def plain(value: Any) -> Any:
    """Values without case, order within lists of names, and the last digits."""
    if isinstance(value, str):
        return OF_FILES.sub("row", " ".join(value.casefold().split()))
    if isinstance(value, float):
        return None if value != value else round(float(value), 6)
    if isinstance(value, list | tuple | set):
        return sorted(map(str, map(plain, value)))
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    return value


Answer = dict[str, list[str]]


def answer(found: Result) -> Answer:
    """Sentences with their claims, and the rows of every table, whatever their order."""
    said = ((one.name, plain(dict(one.claims))) for one in found.sentences)
    told = {"claims": sorted(map(str, said))}
    told["sentences"] = sorted(plain(str(one)) for one in found.sentences)
    for name in ("table", *found.tables):
        rows = found.frame(name).to_dict("records")
        told[name] = sorted(str(plain(row)) for row in rows)
    return told


def spell_out(found: Result) -> Answer:
    """Every sentence, and every row of every table, to the last bit and in their order."""
    told = {"sentences": [*map(str, found.sentences)], "method": [str(found.method)]}
    told["claims"] = [str((said.name, dict(said.claims))) for said in found.sentences]
    return told | {
        name: found.frame(name).to_csv().split("\n") for name in ("table", *found.tables)
    }


def ask(net: Network, verbs: Iterable[str]) -> Iterator[tuple[str, Result]]:
    """The answers of verbs, on the day."""
    for verb in verbs:
        yield verb, getattr(pn, verb)(net, as_of=DAY, **OTHERS.get(verb, {}))


def ask_all(net: Network) -> Iterator[tuple[str, Result]]:
    """The answers of all verbs; of one organization or two as well."""
    yield from ask(net, (*VERBS, *OTHERS))
    for verb, wishes in ABOUT.items():
        yield f"{verb} of {ONE}", getattr(pn, verb)(net, as_of=DAY, **wishes)
    for shared in ("groups", "services", "funding", "populations", "places"):
        yield f"{shared} in common", pn.measure_affiliation(net, shared, as_of=DAY)
    yield "compare_networks", pn.compare_networks(net.at(EARLIER), net.at(DAY), draws=50)
    yield "benchmark_networks", pn.benchmark_networks(net, [pn.load_sample()], as_of=DAY, draws=20)
    pairs = pn.score_pairs(net, as_of=DAY)
    yield "score_pairs", Result("score_pairs", "", pairs, (), Method("", ""))


NOT_ASKED = {  # they judge rows and files themselves, whose number and order is what they say
    "check_tables", "export_network", "match_organizations", "write_questionnaires",
}  # fmt: skip


def test_every_verb_is_asked() -> None:
    verbs = {
        name
        for name in dir(pn)
        if inspect.isfunction(verb := getattr(pn, name))
        and inspect.signature(verb).return_annotation == "Result"
    }
    asked = {*VERBS, *OTHERS, *ABOUT, "compare_networks", "benchmark_networks"}
    assert verbs - NOT_ASKED == asked, verbs ^ asked


@pytest.fixture(scope="module")
def before() -> dict[str, Answer]:
    return {verb: answer(found) for verb, found in ask(read(), VERBS)}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_answers_stay(before: dict[str, Answer], change: Callable[[Tables], None]) -> None:
    for verb, found in ask(read(change), VERBS):
        assert answer(found) == before[verb], verb


@pytest.fixture(scope="module")
def all_before() -> dict[str, Result]:
    return dict(ask_all(read()))


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_answer_stays(
    all_before: dict[str, Result], change: Callable[[Tables], None]
) -> None:
    for verb, found in ask_all(read(change)):
        assert answer(found) == answer(all_before[verb]), verb


@pytest.mark.slow
@pytest.mark.parametrize("change", [turn_organizations, reverse_ties])
def test_the_order_of_a_table_changes_not_a_letter(
    all_before: dict[str, Result], change: Callable[[Tables], None]
) -> None:
    """Equals are told apart, and draws are handed out, by id and not by row."""
    for verb, found in ask_all(read(change)):
        assert spell_out(found) == spell_out(all_before[verb]), verb


def test_among_equals_no_row_decides() -> None:
    """Everybody of a ring has the same place: whoever is named and drawn first is so by id."""
    ids = [f"o{k}" for k in range(8)]
    ties = [(one, other) for one, other in zip(ids, [*ids[1:], ids[0]], strict=True)]
    turned = make_network(ids[::-1], ties[::-1]), make_network([*ids[3:], *ids[:3]], ties)
    net = make_network(ids, ties)
    for verb in ("recommend_partners", "plan_introductions", "explain_ties"):
        wishes = {"permutations": 19} if verb == "explain_ties" else {}
        right = spell_out(getattr(pn, verb)(net, **wishes))
        for other in turned:
            assert spell_out(getattr(pn, verb)(other, **wishes)) == right, verb


@pytest.mark.slow
def test_reports_and_explorers_have_the_same_bytes(tmp_path: Path) -> None:
    for k, change in enumerate((None, turn_organizations)):
        net = read(change)
        pn.write_report(net, tmp_path / f"{k}.html", as_of=DAY)
        pn.explore_network(net, as_of=DAY).write(tmp_path / f"{k}x.html")
    for end in ("", "x"):
        first, second = ((tmp_path / f"{k}{end}.html").read_bytes() for k in (0, 1))
        assert first == second


def without_ids(told: Answer) -> Answer:
    """The same without what is before an id, and the ids of gaps, which are made of ids."""
    return {
        name: sorted(re.sub(r"z-|-[0-9a-f]{10}\b", "", text) for text in part)
        for name, part in told.items()
    }


@pytest.mark.slow
def test_other_ids_change_no_answer(all_before: dict[str, Result]) -> None:
    for verb, found in ask_all(read(rename_ids)):
        assert without_ids(answer(found)) == without_ids(answer(all_before[verb])), verb


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
