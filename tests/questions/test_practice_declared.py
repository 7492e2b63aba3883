"""What verbs for practice declare: every table, every sentence, on the sample and on nothing."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pandas as pd
import pytest

import partnet as pn
from partnet import Network, Result
from partnet.core.results.shown import MAIN
from tests.builders import make_network

DAY = "2026-06-30"
TWO = ("Cedar County Hospital", "Golden Plover Hospital")
VERBS: dict[str, Callable[[Network], Result]] = {
    "prepare_session": lambda net: pn.prepare_session(net, as_of=DAY),
    "check_outcomes": lambda net: pn.check_outcomes(net, as_of=DAY),
    "plan_visits": lambda net: pn.plan_visits(net, days=2, as_of=DAY),
    "profile_partnerships": lambda net: pn.profile_partnerships(net, as_of=DAY),
    "find_introductions": lambda net: pn.find_introductions(net, as_of=DAY),
    "describe_convenings": lambda net: pn.describe_convenings(net, as_of=DAY),
    "list_expected_partners": lambda net: pn.list_expected_partners(net, as_of=DAY),
    "list_leaders": lambda net: pn.list_leaders(net, as_of=DAY),
    "find_peer_states": lambda net: pn.find_peer_states(net, as_of=DAY),
    "align_organizations": lambda net: pn.align_organizations(net, *pair_of(net), as_of=DAY),
    "describe_organization": lambda net: pn.describe_organization(net, pair_of(net)[0], as_of=DAY),
}


def pair_of(net: Network) -> tuple[str, str]:
    return TWO if "cedar-county-hospital" in net.ids else (net.ids[0], net.ids[1])


@pytest.fixture(scope="module", params=[*VERBS])
def result(request: pytest.FixtureRequest) -> Result:
    return VERBS[request.param](pn.load_sample())


@pytest.fixture(scope="module", params=[*VERBS])
def bare(request: pytest.FixtureRequest) -> Result:
    return VERBS[request.param](make_network("ab"))


def check(result: Result) -> None:
    declared = {shown.table for shown in result.shown}
    assert declared == {MAIN, *result.tables}
    for shown in result.shown:
        frame = result.frame(shown.table)
        columns = frame.columns if frame.index.name is None else frame.reset_index().columns
        assert sorted(shown.names) == sorted(columns), shown.table
        assert all(column.meaning for column in shown.columns), shown.table
        shown.visible(shown.view(frame))
    assert result.sentences and all(said.name for said in result.sentences)


def test_every_table_is_declared_with_all_its_columns(result: Result) -> None:
    check(result)


def test_with_next_to_nothing_on_file_too(bare: Result) -> None:
    check(bare)


def test_people_see_something_of_every_verb(result: Result) -> None:
    seen = [shown for shown in result.shown if shown.people]
    assert any(len(shown.view(result.frame(shown.table))) for shown in seen)
    titles = [shown.sheet or shown.title for shown in seen if not (shown.line or shown.chart)]
    assert len(titles) == len(set(titles)) and max(map(len, titles)) <= 80


def test_parts_say_sentences_that_the_verb_knows(result: Result) -> None:
    parts = {part.id for part in result.parts}
    assert {shown.part for shown in result.shown} <= {"", *parts}
    for part in result.parts:
        if part.says:
            assert result.say(*part.says), part.id


def test_a_result_can_be_kept_and_read_again(result: Result) -> None:
    again = pickle.loads(pickle.dumps(result))
    assert again.sentences == result.sentences and again.claims == result.claims
    assert again.table.equals(result.table) and [s.title for s in again.shown] == [
        s.title for s in result.shown
    ]


def test_claims_are_what_the_tables_say() -> None:
    net = pn.load_sample()
    visits = VERBS["plan_visits"](net)
    table, tours = visits.table, visits.tables["tours"]
    assert visits.claims["waiting"]["never"] == (table["status"] == "never visited").sum() > 0
    assert visits.claims["tours"]["days"] == tours["days"].sum() == 2
    assert visits.claims["tours"]["organizations"] == table["tour"].notna().sum()
    profile = VERBS["profile_partnerships"](net)
    counts = profile.tables["categories"].set_index("category")["organizations"]
    said = dict(profile.claims["categories"])
    assert said.pop("organizations") == counts.sum() == len(profile.table)
    assert said == counts[counts > 0].to_dict()
    paths = VERBS["find_introductions"](net)
    opened = paths.table["status"].value_counts().to_dict()
    assert paths.claims["paths"] == {"gaps": len(paths.table), **opened}


@pytest.mark.parametrize(
    ("verb", "old"),
    [
        (pn.prepare_session, {"place": "Knox"}),
        (pn.prepare_session, {"gaps": None}),
        (pn.plan_visits, {"gaps": None}),
        (pn.plan_visits, {"recommendations": None}),
        (pn.find_introductions, {"gaps": None}),
    ],
)
def test_old_arguments_still_work_and_say_what_changed(
    verb: Callable[..., Result], old: dict[str, object]
) -> None:
    knox = {"id": "a", "name": "A", "kind": "hospital", "county_fips": "31107", "state": "NE"}
    net = make_network([knox, {"id": "b", "name": "B", "kind": "food"}])
    with pytest.warns(DeprecationWarning, match=f"the argument {next(iter(old))} is"):
        result = verb(net, **old)
    assert isinstance(result.table, pd.DataFrame)


def test_old_names_of_two_partners_still_work() -> None:
    net = make_network("ab")
    with pytest.warns(DeprecationWarning, match="now called"):
        result = pn.align_organizations(net, a="a", b="b")  # type: ignore[call-arg]
    assert result.verb == "align_organizations"


def test_errors_name_the_argument_that_was_written() -> None:
    net = make_network("ab")
    with pytest.raises(pn.UsageError, match=r"^partner: found 'Nobody'"):
        pn.align_organizations(net, "a", "Nobody")
    with pytest.raises(pn.UsageError, match=r"^start: found 'Nobody'"):
        pn.plan_visits(net, start="Nobody")
    with pytest.raises(pn.UsageError, match=r"^where: found 'Atlantis'"):
        pn.prepare_session(net, where="Atlantis")
