"""What was once wrong, with the value worked out by hand: it does not come back.

Money has its forty cases in ``tests/facts/money/test_awards.py``; law, agreements and coverage have
theirs beside the code; ``rows.py`` says which test holds which row. Here stand the faults that
crossed several rooms.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.facts.geography.locations import ROAD_FACTOR
from partnet.facts.money.awards import list_awards, list_whole_awards
from partnet.measures.groups.core_periphery import split_core
from partnet.measures.ranking import find_leaders
from partnet.measures.whole.shape import measure_density
from partnet.questions.bridges.conveners import say_conveners
from partnet.questions.bridges.question import find_bridges
from partnet.questions.recommendation.candidates.filters import MINUTES_PER_KM

from ..builders import make_network
from .awkward import write_awkward
from .coalition import write_coalition
from .rows import HELD, VALUES

DAY = "2026-06-30"


def place(**cells: Any) -> str:
    """The county that an organization with these cells is read to lie in."""
    row = {"id": "a", "name": "A", "kind": "hospital", **cells}
    return str(make_network([row]).organizations["county_fips"].iloc[0])


@pytest.mark.parametrize(
    ("cells", "county"),
    [
        ({"state": "VA", "county": "Richmond", "zip": "23220"}, "51760"),
        ({"state": "VA", "county": "Richmond", "zip": "22572"}, "51159"),
        ({"state": "VA", "county": "Richmond County", "zip": "23220"}, "51159"),
        ({"state": "SD", "county_fips": "46113"}, "46102"),
        ({"state": "NE", "county_fips": "46127"}, ""),  # a county of another State
    ],
)
def test_a_county_is_the_one_of_today_and_of_its_state(cells: dict[str, str], county: str) -> None:
    assert place(**cells) == county


@pytest.mark.parametrize(
    ("zip_code", "county"),
    [("57770", "46102"), ("99632", "02158"), ("00601", "72001"), ("00936", "72127")],
)
def test_a_zip_code_lies_in_a_county_of_today(zip_code: str, county: str) -> None:
    from partnet.places.gazetteer import county_of_zip, zips_of

    assert county_of_zip(zip_code) == county and zip_code in zips_of([county])


def test_one_award_for_two_counties_is_one_award() -> None:
    """100 for Cedar and 50 for Knox of one number: 150 of one award that ends, and two places."""
    rows = [
        {"recipient": "a", "program": "P", "award": "H1", "amount": dollars, "served_place": place,
         "period_start": "2026-01-01", "period_end": "2026-12-31"}
        for dollars, place in ((100, "31027"), (50, "31107"))
    ]  # fmt: skip
    net = make_network([{"id": "a", "name": "A", "kind": "food", "state": "NE"}], funding=rows)
    assert list_whole_awards(net.at(DAY))["dollars"].tolist() == [150]
    ending = pn.trace_money(net, as_of=DAY).claims["ending"]
    assert ending == {"awards": 1, "dollars": 150.0, "alone": 1}


def test_what_ends_counts_once_and_obligated_and_spent_are_not_added() -> None:
    """600 of which 200 go on, of which 80 go on; 300 obligated in two rows, 250 of them spent."""
    run = {"program": "P", "period_start": "2026-01-01", "period_end": "2026-12-31"}
    funding = [
        {"recipient": "a", "award": "H1", "amount": 600, **run},
        {"recipient": "b", "award": "S1", "parent_award": "H1", "amount": 200, **run},
        {"recipient": "c", "award": "T1", "parent_award": "S1", "amount": 80, **run},
        {"recipient": "d", "award": "D6", "amount": 180, **run},
        {"recipient": "d", "award": "D6", "amount": 120, **run},
        {"recipient": "d", "award": "D6", "amount": 250, "amount_kind": "spent", **run},
    ]
    net = make_network("abcd", funding=funding)
    for options, awards, dollars, change in (
        ({"end": "H1"}, 3, 600.0, -600),
        ({"remove": "a"}, 3, 600.0, -600),  # who leaves passes nothing on
        ({"remove": "b"}, 2, 200.0, 0),  # its 200 are again with a
        ({"remove": "c"}, 1, 80.0, 0),
        ({"end": "D6"}, 1, 300.0, -300),
    ):
        found = pn.simulate(net, as_of=DAY, **options)  # type: ignore[arg-type]
        money = found.claims["money"]
        assert (money["awards"], money["dollars"]) == (awards, dollars), options
        assert found.claims["counts"]["dollars of running awards, each once"] == change, options


@pytest.mark.parametrize(
    ("ties", "to_all", "to_core"),
    [
        (["ab", "ac", "bc"], np.nan, np.nan),  # nothing varies
        (["ab", "bc"], 1.0, np.nan),  # a perfect star
        (["ab", "bc", "cd", "de", "ef", "fa"], 1 / 6**0.5, None),
    ],
)
def test_a_core_has_a_fit_where_one_is_defined(
    ties: list[str], to_all: float, to_core: float | None
) -> None:
    layer = pn.build_layer(make_network(sorted({*"".join(ties)}), ties))
    found = split_core(layer, ideal="core tied to all").correlation
    assert found == pytest.approx(to_all, nan_ok=True)
    if to_core is not None:
        assert split_core(layer, ideal="core tied to core").correlation == pytest.approx(
            to_core, nan_ok=True
        )


def test_reciprocity_counts_arcs_whose_return_is_observed() -> None:
    """a and b name each other, a names c, c is silent: 1, not 2 / 3."""
    ties = [
        {"source": x, "target": y, "relation": "referral", "reported_by": x}
        for x, y in ("ab", "ba", "ac")
    ]
    said = zip("abc", ("yes", "yes", "no"), strict=True)
    answers = [{"respondent": one, "answered": word, "design": "roster"} for one, word in said]
    net = make_network("abc", ties, responses=answers)
    table = pn.measure_structure(net, directed=True, permutations=9).table
    assert table.loc["reciprocity", "value"] == 1.0


def test_density_with_arrows_divides_by_cells_whose_source_answered_or_that_are_filled() -> None:
    """a sends to b, b and c work together (two arcs), c is silent: 3 of the 4 cells of a and b,
    and of the one that b fills for c; without a survey, 3 of 6 as in every other program."""
    ties = [
        {"source": "a", "target": "b", "relation": "referral", "reported_by": "a"},
        {"source": "b", "target": "c", "relation": "collaboration", "reported_by": "b"},
    ]
    said = zip("abc", ("yes", "yes", "no"), strict=True)
    answers = [{"respondent": one, "answered": word, "design": "roster"} for one, word in said]
    for responses, density in ((answers, 3 / 5), ([], 3 / 6)):
        net = make_network("abc", ties, **({"responses": responses} if responses else {}))
        layer = pn.build_layer(net, directed=True)
        assert layer.n_ties == 3 and measure_density(layer) == density


def test_only_one_side_reports_names_who_reports() -> None:
    """Both answered, and the hospital alone names the transfers of C: it is not C that reports."""
    kinds = {"c": "critical_access_hospital", "h": "hospital"}
    rows = [{"id": one, "name": one.upper(), "kind": kind} for one, kind in kinds.items()]
    rule = {"rule": "R", "from_kind": "critical_access_hospital", "relation": "transfer",
            "alternatives": "hospital", "citation": "X"}  # fmt: skip
    tie = {"source": "c", "target": "h", "relation": "transfer", "reported_by": "h"}
    answers = [{"respondent": one, "answered": "yes", "design": "roster"} for one in "ch"]
    net = make_network(rows, [tie], rules=[rule], responses=answers)
    gaps = pn.find_gaps(net, "rule").frame("rules").set_index("rule")
    assert gaps.loc["R", "status"] == "one-sided"
    assert gaps.loc["R", "evidence"] == "only H reports it, of the two sides (H)"


def test_an_award_that_ends_on_the_day_ends() -> None:
    """It runs on its last day, and is said to end; the day after it is gone."""
    row = {"recipient": "a", "program": "P", "award": "H1", "amount": 7,
           "period_start": "2025-07-01", "period_end": DAY}  # fmt: skip
    net = make_network("ab", funding=[row])
    ending = pn.trace_money(net, as_of=DAY).claims["ending"]
    assert ending == {"awards": 1, "dollars": 7.0, "alone": 1}
    assert "ending" not in pn.trace_money(net, as_of="2026-07-01").claims


def test_voices_are_not_judged_for_a_place() -> None:
    net = pn.load_sample("prairie")
    said = pn.find_gaps(net, "voice", where="31027", as_of=DAY).text
    assert "No voice is missing" not in said and "not for a part of it" in said


def test_the_example_row_of_the_template_lies_in_one_county() -> None:
    from partnet.core.schema import TABLES
    from partnet.places.gazetteer import county_name, county_of_zip

    example = {column.name: column.example for column in TABLES["organizations"].columns}
    assert county_of_zip(example["zip"]) == example["county_fips"]
    assert county_name(example["county_fips"]) == f"{example['county']} County"


def test_three_members_reach_everybody_of_a_pair_and_two_isolates() -> None:
    players = find_bridges(make_network("abcd", ["ab"]), permutations=9).tables["key_players"]
    reach = players.loc[players["measure"] == "reach", "value"]
    assert reach.tolist() == [0.5, 0.75, 1.0]


def test_a_stake_is_not_denied_by_who_could_convene() -> None:
    """h works with three sectors, and has patients transferred with one of its partners."""
    kinds = dict.fromkeys("abc", "food") | dict.fromkeys("def", "housing")
    kinds |= dict.fromkeys("ijk", "school") | {"h": "hospital", "x": "hospital", "y": "hospital"}
    rows = [{"id": one, "name": one.upper(), "kind": kind} for one, kind in kinds.items()]
    ties = [("h", one) for one in "adix"] + [("h", "x", "transfer")]
    candidates = find_bridges(make_network(rows, ties), permutations=9).tables[
        "convener_candidates"
    ]
    (said,) = say_conveners(candidates)
    assert "H" in said.claims["names"] and "no stake on file" not in said
    assert "no other stake in more than half of its partners" in said


def test_who_has_money_only_has_no_working_tie_and_is_not_said_to_have_none() -> None:
    paid = [{"funder": "a", "recipient": "d", "program": "P", "amount": 5, "fiscal_year": 2026}]
    net = make_network("abcd", [("a", "b"), ("b", "c")], funding=paid)
    assert pn.measure_centrality(net).claims["isolates"] == {"organizations": 1}
    text = pn.measure_centrality(net).text + pn.measure_structure(net, permutations=9).text
    assert text.count("1 organization has no working tie on file") == 2
    pair = pn.explain_pair(net, "a", "d").text
    assert "A and D have a tie on file already (funding)." in pair and "D has no tie" not in pair


def test_a_pair_that_somebody_brokers_counts_once() -> None:
    """m links three of two other sectors that have no tie: a-d, b-d, c-d."""
    kinds = dict.fromkeys("abc", "food") | dict.fromkeys("def", "housing")
    kinds |= dict.fromkeys("mno", "school")
    rows = [{"id": one, "name": one.upper(), "kind": kind} for one, kind in kinds.items()]
    net = make_network(rows, [("m", one) for one in "abcd"])
    assert find_bridges(net, permutations=9).claims["brokers"] == {"names": ["M"], "pairs": 3}


def test_all_equals_are_named_or_said_to_be_some() -> None:
    assert [part.tolist() for part in find_leaders([3.0, 3.0, 1.0], 1)[:1]] == [[0, 1]]
    assert find_leaders([2.0] * 9, 1)[1]


def test_ties_on_file_are_counted_once_whoever_reports_them() -> None:
    """A referral that both ends report is one tie, a contract beside it a second."""
    ties = [
        {"source": x, "target": y, "relation": relation, "reported_by": by}
        for x, y, relation, by in (
            ("a", "b", "referral", "a"), ("a", "b", "referral", "b"), ("b", "a", "contract", "b"))
    ]  # fmt: skip
    table = pn.describe_network(make_network("abc", ties)).table
    assert table["n_ties"].to_dict() == {"a": 2, "b": 2, "c": 0}


def test_sectors_with_one_partner_count_too() -> None:
    """m works with both of two hospitals, and with one of three other sectors each: 4 sectors."""
    kinds = {"a": "hospital", "b": "hospital", "c": "food", "d": "housing", "e": "school",
             "m": "rural_health_network"}  # fmt: skip
    rows = [{"id": one, "name": one.upper(), "kind": kind} for one, kind in kinds.items()]
    net = make_network(rows, [("m", one) for one in "abcde"])
    found = pn.align_organizations(net, "a", "b").tables["facilitators"].set_index("organization")
    assert found.loc["m", "reasons"].endswith("its partners come from 4 sectors")


def test_every_row_names_a_test_that_exists() -> None:
    home = Path(__file__).parents[1]
    for row, named in HELD.items():
        path, _, name = named.partition("::")
        tree = ast.parse((home / path).read_text("utf-8"))
        assert name in {one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}, row
    assert len(HELD) > 80 and {row[1] for row in HELD} >= {str(number) for number in range(1, 17)}


def read_test(named: str) -> str:
    """The source of a test, and of the cases of its module that it names."""
    path, _, name = named.partition("::")
    text = (Path(__file__).parents[1] / path).read_text("utf-8")
    nodes = ast.parse(text).body
    test = next(one for one in nodes if isinstance(one, ast.FunctionDef) and one.name == name)
    used = {one.id for part in (test, *test.decorator_list) for one in ast.walk(part)
            if isinstance(one, ast.Name)}  # fmt: skip
    cases = [one for one in nodes if isinstance(one, ast.Assign | ast.AnnAssign)
             and used & {own.id for own in ast.walk(one) if isinstance(own, ast.Name)}]  # fmt: skip
    parts = (*test.decorator_list, test, *cases)
    return "\n".join(str(ast.get_source_segment(text, one)) for one in parts)


@pytest.mark.parametrize("row", VALUES)
def test_the_value_worked_out_by_hand_stands_in_the_test_of_its_row(
    row: tuple[str, str, str],
) -> None:
    said = " ".join(read_test(HELD[row]).split())
    assert [value for value in VALUES[row] if " ".join(value.split()) not in said] == []


def test_a_tie_brings_nothing_that_is_there() -> None:
    """Calm is the nearest to offer counseling: Knox lacks it, until Calm or another offers it."""
    kinds = {"elm": ("hospital", "31107"), "calm": ("behavioral_health", "31027"),
             "oak": ("hospital", "31027"), "other": ("civic", "31107")}  # fmt: skip
    rows = [
        {"id": one, "name": one.title(), "kind": kind, "state": "NE", "county_fips": county}
        for one, (kind, county) in kinds.items()
    ]
    base = [
        {"organization": "calm", "service": "counseling", "county_fips": "31027"},
        {"organization": "elm", "service": "emergency care", "county_fips": "31107"},
    ]
    for more, brought in ((None, True), ("calm", False), ("other", False)):
        there = {"organization": more, "service": "counseling", "county_fips": "31107"}
        services = [*base, *([there] if more else [])]
        net = make_network(rows, [("elm", "oak"), ("oak", "calm")], services=services)
        table = pn.recommend_partners(net, "elm", as_of=DAY, runs=0, by="both").table
        told = " ".join(map(str, table[["goals", "needs"]].to_numpy().ravel()))
        assert ("counseling" in told) is brought, (more, told)


def test_a_second_provider_brings_nothing_where_one_is_there() -> None:
    """Knox has Near alone for counseling, Calm is 100 km away: a gap, and no need of Elm."""
    kinds = {"elm": ("hospital", "31107"), "near": ("behavioral_health", "31107"),
             "calm": ("behavioral_health", "31011")}  # fmt: skip
    rows = [
        {"id": one, "name": one.title(), "kind": kind, "state": "NE", "county_fips": county}
        for one, (kind, county) in kinds.items()
    ]
    services = [{"organization": one, "service": "counseling"} for one in ("near", "calm")]
    needs = [
        {"county_fips": county, "indicator": "distress", "value": value, "year": 2025,
         "direction": "higher is worse"}
        for county, value in (("31107", 9), ("31011", 1))
    ]  # fmt: skip
    net = make_network(rows, [("elm", "near")], services=services, needs=needs)
    gaps = pn.find_gaps(net, "coverage", as_of=DAY).table
    assert gaps["status"].tolist() == ["one provider only"]
    table = pn.recommend_partners(net, "elm", as_of=DAY, runs=0, by="both").table
    assert table["partner"].tolist() == ["calm"]
    assert "counseling" not in " ".join(map(str, table[["goals", "needs"]].to_numpy().ravel()))


def test_every_verb_says_the_same_dollars_of_one_hospital() -> None:
    """240,000 run, 13,312 ran out: only what runs counts, by whomever it is said."""
    rows = [
        {"id": one, "name": one.upper(), "kind": kind, "state": "NE", "county_fips": "31027"}
        for one, kind in (("a", "hospital"), ("b", "food"))
    ]
    funding = [
        {"recipient": "a", "program": "P", "award": award, "amount": dollars,
         "period_start": f"{year}-10-01", "period_end": f"{year + 1}-09-30"}
        for award, dollars, year in (("1", 240_000, 2025), ("2", 13_312, 2022))
    ]  # fmt: skip
    net = make_network(rows, [("a", "b", "contract")], funding=funding)
    said = {
        "describe_organization": ("who", "running_dollars", {"organization": "a"}),
        "describe_network": ("money", "dollars", {}),
        "trace_money": ("funders", "dollars", {}),
        "prepare_session": ("money", "dollars", {"where": "31027"}),
    }
    for verb, (sentence, claim, wishes) in said.items():
        found = getattr(pn, verb)(net, as_of=DAY, **wishes)
        assert found.claims[sentence][claim] == 240_000, verb
    assert pn.simulate(net, remove="a", as_of=DAY).claims["money"]["dollars"] == 240_000


def test_who_pays_is_not_called_not_known() -> None:
    """60 of HRSA, 40 of nobody on file: one funder, and of 40 it is not on file who pays."""
    payers = [("HRSA", 60), ("", 40)]
    run = {"program": "P", "period_start": "2025-10-01", "period_end": "2026-12-31"}
    rows = [
        {"recipient": "a", "award": f"H{k}", "funder": who, "amount": dollars, **run}
        for k, (who, dollars) in enumerate(payers)
    ]
    some, none = (
        pn.trace_money(make_network("ab", funding=f), as_of=DAY) for f in (rows, rows[1:])
    )
    assert some.claims["funders"]["funders"] == 1 and none.claims["funders"]["first"] == ""
    assert "on file from HRSA; 60% is public; who pays $40 of it is not on file." in some.text
    assert "Running awards of $40 are on file; who pays them is not" in none.text


def test_who_has_a_contract_is_not_said_to_have_nothing_on_file() -> None:
    rows = [{"id": "a", "name": "A", "kind": "hospital"}, {"id": "b", "name": "B", "kind": "food"}]
    found = pn.profile_partnerships(make_network(rows, [("a", "b", "contract")]))
    assert found.table.at["b", "open"] == "contract with A: for which service is not on file"
    assert "nothing on file" not in found.text


def test_there_is_one_road_factor() -> None:
    """An hour at 80 km/h is 80 km of road: 80 / 1.417 km as the crow flies."""
    assert inspect.signature(pn.plan_visits).parameters["road_factor"].default == ROAD_FACTOR
    assert ROAD_FACTOR == 1.417 and pytest.approx(60.0) == MINUTES_PER_KM * 80 / 1.417


def test_closeness_to_groups_is_at_most_one_in_parts() -> None:
    """a, b, c meet at G, d and e at H: as near as can be to 3 and to 2 of the 6 others."""
    rows = [{"organization": who, "group": group} for who, group in ("aG", "bG", "cG", "dH", "eH")]
    table = pn.measure_affiliation(make_network("abcde", memberships=rows), "groups").table
    assert table["closeness"].tolist() == pytest.approx([3 / 6] * 3 + [2 / 6] * 2)


def test_one_blank_organization_takes_no_county_its_money() -> None:
    """Four counties with $1 million each, beside an organization of which no place is known."""
    counties = dict(zip("abcd", ("31027", "31107", "31119", "31179"), strict=True))
    rows: list[dict[str, Any]] = [
        {"id": one, "name": one.upper(), "kind": "food", "state": "NE", "county_fips": county}
        for one, county in counties.items()
    ]
    funding = [
        {"recipient": one, "program": "P", "award": one, "amount": 1e6, "fiscal_year": 2026}
        for one in counties
    ]
    net = make_network([*rows, {"id": "x", "name": "X", "kind": "funder"}], funding=funding)
    by_place = list_awards(net.at(DAY)).groupby("place")["dollars"].sum()
    assert by_place.to_dict() == dict.fromkeys(counties.values(), 1e6)
    assert "no dollars on file" not in set(pn.find_gaps(net, as_of=DAY).table["status"])


def test_connecticut_counts_once_under_either_set_of_counties() -> None:
    """Hartford's ZIP code lies in Hartford County and in the Capitol region: no contradiction."""
    services = [{"organization": one, "service": "meals"} for one in "ab"]
    home = {"kind": "food", "state": "CT", "zip": "06103"}
    rows = [
        {"id": one, "name": one.upper(), "county_fips": county, **home}
        for one, county in (("a", "09110"), ("b", "09003"))
    ]
    for own in rows:
        assert not make_network([own]).problems
    mixed = make_network(rows, services=services)
    assert [problem.where.column for problem in mixed.problems] == ["county_fips"]
    assert "one does not tell the other" in str(mixed.problems[0])
    assert pn.find_gaps(mixed, "coverage").table.empty


STUMBLES = {
    "a word twice": r"\b([A-Za-z]{4,}) \1\b",
    "one of several": r"(?<![\d,.–-])\b1 (?!(?:is|has|was|does|plus)\b)[a-z]+[^s\W]s\b",
    "a number without its comma": r"(?<![\d-])\bof \d{4,}\b(?! and)(?!-)",
    "phrases": "sit in the most|you both know in common|Every table is given|none any more"
    r"|at least \d+% of the best possible|from not known|of 100% it",
}  # fmt: skip


def list_small() -> Iterator[Network]:
    """Networks of which little is known: where words stumble first."""
    yield make_network("a")
    yield make_network("ab", ["ab"])
    yield make_network("abc", ["ab", "bc"], services=[{"organization": "a", "service": "meals"}])
    money = {"recipient": "a", "program": "P", "amount": 2787, "fiscal_year": 2026}
    yield make_network("abcd", ["ab"], funding=[money], contacts=[{"organization": "b"}])


@pytest.mark.slow
def test_no_sentence_stumbles(tmp_path: Path) -> None:
    for folder, write in (("one", write_coalition), ("two", write_awkward)):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder)
    nets = [*(pn.read_network(tmp_path / name) for name in ("one", "two")), *list_small()]
    verbs = [
        verb
        for name in dir(pn)
        if inspect.isfunction(verb := getattr(pn, name))
        and inspect.signature(verb).return_annotation == "Result"
        and [*inspect.signature(verb).parameters][:1] == ["net"]
        and "path" not in inspect.signature(verb).parameters
        and "organization" not in [*inspect.signature(verb).parameters][1:2]
        and name not in ("simulate", "measure_affiliation", "prepare_session", "explain_pair")
        and name not in ("align_organizations", "benchmark_networks")
    ]
    assert len(verbs) > 20
    found = [
        (verb.__name__, name, sentence)
        for net in nets
        for verb in verbs
        for sentence in map(str, verb(net).sentences)
        for name, pattern in STUMBLES.items()
        if re.search(pattern, sentence)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("There is no signed agreement agreement.", "a word twice"),
        ("They come from 1 sectors.", "one of several"),
        ("Named by 3 of 2787 pairs.", "a number without its comma"),
        ("They sit in the most (1).", "phrases"),
    ],
)
def test_what_stumbles_is_seen(sentence: str, name: str) -> None:
    assert [one for one, pattern in STUMBLES.items() if re.search(pattern, sentence)] == [name]


def test_shares_say_of_what() -> None:
    """a - b - e - c, d and f alone: b lies between 2 of 10 pairs of others, 3 of them linked."""
    found = pn.measure_centrality(make_network("abcdef", ["ab", "be", "ec"]))
    assert found.claims["betweenness"]["share"] == pytest.approx(0.2)
    assert "for 20% of all pairs of others the shortest path leads through" in found.text
    assert "of the shortest paths" not in found.text


@pytest.mark.parametrize(
    ("ties", "words"),
    [
        ((), "1 of 1 pair of grantees has no tie on file"),
        (("ab",), "The two grantees have a tie on file."),
    ],
)
def test_pairs_of_grantees_are_not_counted_as_none(ties: tuple[str, ...], words: str) -> None:
    rows = [
        {"id": one, "name": one.upper(), "kind": "food", "state": "NE", "county_fips": "31027"}
        for one in "ab"
    ]
    paid = [{"recipient": one, "program": "P", "amount": 5, "fiscal_year": 2026} for one in "ab"]
    net = make_network(rows, ties, funding=paid)
    assert words in pn.prepare_session(net, where="31027", as_of=DAY).text


def test_who_was_met_and_has_no_visit_on_file_is_not_said_to_be_never_visited() -> None:
    kinds = {"o": "state_office_of_rural_health", "a": "critical_access_hospital"}
    rows = [{"id": one, "name": one.upper(), "kind": kind} for one, kind in kinds.items()]
    met = {"organization": "a", "date": "2026-05-01", "by": "o", "mode": "call"}
    found = pn.find_gaps(make_network(rows, contacts=[met]), "contact", as_of=DAY)
    assert "1 organization was seen, with no visit on file" in found.text
    assert "never visited" not in found.text
