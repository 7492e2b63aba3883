"""Every claim of every sentence is recomputed from the raw files; wrong ones do not pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.results.result import Result, Sentence
from partnet.io.samples import sample_path

from ..answers import PUBLIC_FILES, STATES
from ..shared_data import PUBLIC, needs_shared_data
from . import advice as advice
from . import more as more
from . import positions as positions
from . import voices as voices
from .advice import OF_TABLES
from .awkward import write_awkward
from .coalition import DAY, MEASURES, write_coalition
from .more import count_votes
from .networks import NETWORKS, write_network
from .raw import Raw
from .recompute import MODELS, RECOMPUTED

VERBS = (
    *(*MEASURES, "check_outcomes", "plan_visits", "prepare_session", "find_gaps"),
    *("measure_trust", "track_goals", "trace_money", "measure_uncertainty", "explain_ties"),
    "find_nonrespondents",
    *("list_leaders", "list_practices", "list_voices"),
    *("recommend_partners", "plan_introductions", "profile_partnerships"),
)

# A State from public files has no answers and no ties to explain, and no award with an end; who is
# asked for advice has to be named there.
OF_ANSWERS = ("trace_money", "measure_uncertainty", "explain_ties", "find_nonrespondents")
OF_ANSWERS += ("recommend_partners", "plan_introductions", "profile_partnerships")
OF_STATES = tuple(verb for verb in VERBS if verb not in OF_ANSWERS)


@pytest.fixture(scope="module")
def coalition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_coalition(tmp_path_factory.mktemp("coalition"))


FEWER: dict[str, dict[str, Any]] = {  # draws: what follows from them is a model
    "measure_uncertainty": {"imputations": 20, "bootstrap": 20},
    "find_nonrespondents": {"imputations": 20},
    "measure_structure": {"permutations": 199},
    "explain_ties": {"permutations": 199},
}


def say(net: Network, verb: str) -> list[Sentence]:
    """The sentences of a verb on the day, those with claims."""
    found = getattr(pn, verb)(net, as_of=DAY, **FEWER.get(verb, {}))
    return [said for said in found.sentences if said.claims]


def find_wrong(raw: Raw, verb: str, sentences: list[Sentence]) -> Iterator[str]:
    """Say which claims differ from the files, or have no recomputation."""
    for said in sentences:
        key = (verb, said.name)
        if key in MODELS or key in OF_TABLES:
            continue
        if key not in RECOMPUTED:
            yield f"{verb}, {said.name}: no recomputation of {dict(said.claims)}"
            continue
        try:
            right = RECOMPUTED[key](raw, said.claims)
        except (AssertionError, KeyError) as fault:
            yield f"{verb}, {said.name}: {dict(said.claims)} does not follow ({fault!r})"
            continue
        for name in {*right, *said.claims}:
            if name not in right or not same(said.claims.get(name), right[name]):
                found = right.get(name, "nothing")
                yield f"{verb}, {said.name}.{name}: {said.claims.get(name)}, where it is {found}"


def same(said: Any, right: Any) -> bool:
    if isinstance(said, float) or isinstance(right, float):
        return said is not None and math.isclose(said, right, rel_tol=1e-9, abs_tol=1e-6)
    if isinstance(said, Mapping):
        return dict(said) == dict(right)
    return bool(said == right)


@pytest.fixture(scope="module")
def awkward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_awkward(tmp_path_factory.mktemp("awkward"))


@pytest.fixture(scope="module")
def networks(coalition: Path, awkward: Path) -> dict[str, tuple[Path, Network]]:
    return {path.name[:5]: (path, pn.read_network(path)) for path in (coalition, awkward)}


@pytest.fixture(scope="module", params=NETWORKS)
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network of another kind: across a State line, of Tribes, of one hospital system."""
    return write_network(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="module")
def net_of_other(other: Path) -> Network:
    return pn.read_network(other)


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_claims_of_networks_of_other_kinds(other: Path, net_of_other: Network, verb: str) -> None:
    assert list(find_wrong(Raw(other, DAY), verb, say(net_of_other, verb))) == []


def test_money_and_bridges_of_networks_of_other_kinds(other: Path, net_of_other: Network) -> None:
    """Of the slow test above what takes little time."""
    for verb in ("describe_network", "trace_money", "list_leaders", "check_outcomes"):
        assert list(find_wrong(Raw(other, DAY), verb, say(net_of_other, verb))) == []


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", ["coali", "awkwa"])
def test_claims_of_the_files(
    networks: dict[str, tuple[Path, Network]], name: str, verb: str
) -> None:
    path, net = networks[name]
    assert list(find_wrong(Raw(path, DAY), verb, say(net, verb))) == []


@pytest.mark.parametrize("name", ["coali", "awkwa"])
def test_votes_of_the_silent_are_words_of_those_who_answered(
    networks: dict[str, tuple[Path, Network]], name: str
) -> None:
    """A tie that a third one reports, or the silent one itself, is no vote."""
    path, net = networks[name]
    table = pn.find_nonrespondents(net, as_of=DAY, imputations=20).table
    assert table["named_by"].to_dict() == count_votes(Raw(path, DAY))


def hold_tables(found: Result, convener: str) -> list[str]:
    """Which claims of a model differ from the tables that are shown beside them."""
    tables = {name: found.frame(name) for name in ("table", *found.tables)}
    wrong = []
    for said in found.sentences:
        key = (found.verb, said.name)
        if key in OF_TABLES:
            right = {**said.claims, **read_shown(said.name, tables, convener)}
            if said.name == "exposure" and said.claims["among"]:  # some of those who are equal
                right["most_often"] = said.claims["most_often"]
            wrong += [
                f"{key}: {name}" for name in right if not same(said.claims[name], right[name])
            ]
    return wrong


def read_shown(name: str, tables: Mapping[str, pd.DataFrame], convener: str) -> dict[str, Any]:
    """What the tables show of a claim of a model; the convener is no news."""
    if name == "due":
        rows = tables["due"]
        columns = ("organization_name", "partner_name", "needs", "need")
        return {"open": len(rows), **{column: rows[column].iloc[0] for column in columns}}
    if name == "reach":
        last = tables["frontier"].iloc[-1]
        shown = {column: float(last[column]) for column in ("plan", "likelihood_only", "random")}
        return {"introductions": len(tables["table"]), **shown}
    if name == "equal":
        gains = tables["table"]["gain"]
        return {"equal": int((gains == gains.max()).sum()), "introductions": len(gains)}
    if name == "exposure":
        rows = tables["exposure"].sort_values("suggested", ascending=False, kind="stable")
        rows = rows[rows["organization"] != convener]
        return {"most_often": rows["name"][rows["suggested"] >= rows["suggested"].iloc[2]].tolist()}
    if name == "stability":
        row = tables["table"].iloc[0]
        columns = {
            "partner": "partner_name",
            "organization": "organization_name",
            "share": "share_top_five",
            "rank_low": "rank_low",
            "rank_high": "rank_high",
        }
        return {claim: row[column] for claim, column in columns.items()}  # fmt: skip
    return {}


@pytest.mark.parametrize("verb", ["recommend_partners", "plan_introductions"])
@pytest.mark.parametrize("name", ["coali", "awkwa"])
def test_what_only_a_model_can_say_stands_in_the_tables(
    networks: dict[str, tuple[Path, Network]], name: str, verb: str
) -> None:
    _, net = networks[name]
    assert hold_tables(getattr(pn, verb)(net, as_of=DAY), net.convener) == []


@pytest.mark.slow
@pytest.mark.parametrize("id_", ["flex-office", "oak-hospital", "blue-valley", "ash-hospital"])
def test_claims_about_who_leaves(networks: dict[str, tuple[Path, Network]], id_: str) -> None:
    path, net = networks["awkwa"]
    said = pn.simulate(net, remove=id_, as_of=DAY).sentences
    checked = [one for one in said if one.name == "money" or one.name == "cut_off"]
    if id_ == net.convener:  # who leaves is left out of what breaks already
        checked = [one for one in checked if one.name == "money"]
    assert list(find_wrong(Raw(path, DAY, removed=(id_,)), "simulate", checked)) == []


@pytest.mark.slow
@pytest.mark.parametrize("verb", VERBS)
def test_claims_of_the_sample(verb: str) -> None:
    folder = sample_path("prairie")
    net = pn.load_sample("prairie")
    assert list(find_wrong(Raw(folder, DAY), verb, say(net, verb))) == []


@pytest.fixture(scope="module", params=STATES)
def state(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A State built from public files: a folder of tables."""
    folder = tmp_path_factory.mktemp("state")
    files = [PUBLIC / name for name in PUBLIC_FILES]
    pn.build_network(folder, files, state=STATES[request.param])
    return folder


@pytest.mark.slow
@needs_shared_data
@pytest.mark.parametrize("verb", OF_STATES)
def test_claims_of_a_state(state: Path, verb: str) -> None:
    """Where no tie is on file, what is said is said of what organizations have in common."""
    assert list(find_wrong(Raw(state, DAY), verb, say(pn.read_network(state), verb))) == []


@pytest.mark.slow
@needs_shared_data
def test_claims_of_advice_for_hospitals_of_a_state(state: Path) -> None:
    """Usual partners, who may be as near, and why a list is short: from the files of a State."""
    net, raw = pn.read_network(state), Raw(state, DAY)
    kinds = net.organizations["kind"]
    hospitals = kinds.index[kinds == "critical_access_hospital"]
    for id_ in hospitals[:: len(hospitals) // 8]:
        found = pn.recommend_partners(net, id_, 10, as_of=DAY)
        said = [one for one in found.sentences if one.claims]
        assert list(find_wrong(raw, "recommend_partners", said)) == [], id_
    first = next(one for one in said if one.name == "suggestion")
    need = {**first.claims["need"]["need_1"], "km": 5_000.0}
    wrong = Sentence(
        "suggestion", "", {**first.claims, "need": {**first.claims["need"], "need_1": need}}
    )
    assert list(find_wrong(raw, "recommend_partners", [wrong]))


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        *(("coali", id_) for id_ in ("cedar-hospital", "wayne-hospital", "north-health")),
        *(("awkwa", id_) for id_ in ("oak-hospital", "flex-office", "blue-valley")),
    ],
)
def test_claims_about_one_organization(
    networks: dict[str, tuple[Path, Network]], name: str, id_: str
) -> None:
    path, net = networks[name]
    sentences = pn.describe_organization(net, id_, as_of=DAY).sentences
    claiming = [said for said in sentences if said.claims]
    assert list(find_wrong(Raw(path, DAY), "describe_organization", claiming)) == []


# -- wrong claims are caught -----------------------------------------------------------------------


def replace_in(module: Any, name: str, new: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(module, name, new)


def _count_rows_as_awards(rows: pd.DataFrame) -> pd.Series:
    return pd.Series(True, index=rows.index)


def _never_ended(rows: pd.DataFrame, day: Any) -> pd.Series:
    return pd.Series(False, index=rows.index)


def _keep_all(name: str, frame: pd.DataFrame, day: Any) -> pd.DataFrame:
    return frame


def _mutations() -> dict[str, tuple[str, Callable[[pytest.MonkeyPatch], None]]]:
    """What is broken in the code, by name: the verb that says it wrong, and how."""
    from partnet.core import network
    from partnet.core.rows import ties
    from partnet.facts import contacts
    from partnet.facts.graph import collaboration
    from partnet.facts.money import awards, investment
    from partnet.questions.outcomes import question as outcomes

    return {
        "obligated and spent are added": (
            "describe_network", replace_in(awards, "is_counted", _count_rows_as_awards)),
        "money passed on counts twice": (
            "describe_network",
            replace_in(awards, "_pass_on", lambda rows, gross: gross.iloc[:0])),
        "the newest year of any award is the headline": (
            "describe_network",
            replace_in(
                __import__("partnet.questions.inventory.text", fromlist=["text"]), "choose_year",
                lambda years, day: max(years))),
        "the fiscal year starts in July": (
            "prepare_session",
            replace_in(investment, "fiscal_year_of", lambda day: day.year + 2)),
        "rows that have ended hold": (
            "describe_network", replace_in(network, "keep_held", _keep_all)),
        "answers of none are ties": (
            "measure_structure", replace_in(ties, "_reported_ties", _believe_none)),
        "drafts of agreements are ties": (
            "measure_structure",
            replace_in(ties, "_agreement_ties", _sign_drafts(ties._agreement_ties))),
        "funding counts as working together": (
            "measure_centrality",
            replace_in(collaboration, "_choose_relations", lambda net, asked: tuple(net.scale))),
        "calls count as visits": (
            "plan_visits", replace_in(contacts, "VISIT", ("visit", "call", "meeting", ""))),
        "done outcomes are late": (
            "check_outcomes",
            replace_in(outcomes._Judge, "_find_evidence", lambda self, row: "")),
        "what ended goes on": (
            "find_gaps",
            replace_in(
                __import__("partnet.questions.gaps.agreement", fromlist=["agreement"]),
                "_judge_term", lambda first, left: ("", 0.0, ""))),
    }  # fmt: skip


def _believe_none(table: pd.DataFrame) -> pd.DataFrame:
    from partnet.core.rows.ties import _as_ties

    return _as_ties(table.assign(strength=table["strength"].replace(0.0, 0.5)), "ties")


def _sign_drafts(derive: Any) -> Any:
    def sign(agreements: pd.DataFrame, vocabulary: Any) -> pd.DataFrame:
        return derive(agreements.assign(status="executed"), vocabulary)

    return sign


MUTATIONS = tuple(_mutations())


@pytest.mark.slow
def test_ties_among_the_silent_in_plenty_are_caught() -> None:
    """What was once said of prairie: 120 ties in 482 pairs of whom neither answered."""
    said = [one for one in say(pn.load_sample("prairie"), "measure_uncertainty")
            if one.name == "unanswered"]  # fmt: skip
    raw = Raw(sample_path("prairie"), DAY)
    assert list(find_wrong(raw, "measure_uncertainty", said)) == []
    wrong = Sentence("unanswered", "", {**said[0].claims, "expected_ties": 120.0})
    assert list(find_wrong(raw, "measure_uncertainty", [wrong]))


def test_there_are_ten_mutations() -> None:
    assert len(MUTATIONS) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_wrong_claim_is_caught(
    coalition: Path, mutation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verb, break_it = _mutations()[mutation]
    break_it(monkeypatch)
    net = pn.read_network(coalition)
    assert list(find_wrong(Raw(coalition, DAY), verb, say(net, verb)))


def test_a_claim_without_recomputation_is_a_failure(coalition: Path) -> None:
    said = [Sentence("new", "There are 3 of them.", {"number": 3})]
    assert list(find_wrong(Raw(coalition, DAY), "describe_network", said))
