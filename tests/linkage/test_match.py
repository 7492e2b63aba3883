"""Who is who: what is one organization beyond doubt, what a person judges, what never merges."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet.io.samples import load_sample
from partnet.linkage.comparison import LEVELS, estimate_probability, load_model
from partnet.linkage.match import find_possible_duplicates, match_organizations
from partnet.linkage.similarity import (
    core_of,
    measure_likeness,
    normalize_name,
    tells_sites_apart,
)
from partnet.public.readers.catalog import read_public_file
from tests.builders import make_network
from tests.shared_data import CMS, CMS_2018, needs_shared_data


def frame(*rows: Mapping[str, str]) -> pd.DataFrame:
    """A table of organizations with hospitals where no kind is given."""
    return pd.DataFrame([{"kind": "hospital", **row} for row in rows], dtype="str")


def decide(a: Mapping[str, str], b: Mapping[str, str]) -> str:
    """What follows for one row in each of two files: same, review, or nothing."""
    table = match_organizations(frame({"id": "a", **a}), frame({"id": "b", **b})).table
    return table["decision"].item() if len(table) else ""


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("ST MARYS MED CTR, INC.", "Saint Mary's Medical Center"),
        ("The University Hospitals & Clinics", "University Hospital and Clinic"),
        ("Lakes Regional Healthcare", "LAKES REGIONAL HEALTH CARE"),
        ("Old Company LLC d/b/a Valley Hospital", "Valley Hosp"),
        ("Doña Ana Hospital", "Dona Ana Hospital"),
    ],
)
def test_spelling_habits_are_taken_away(name: str, other: str) -> None:
    assert normalize_name(name) == normalize_name(other)


def test_a_name_of_empty_words_keeps_them() -> None:
    assert normalize_name("The And Of") == "the and of"
    assert normalize_name("") == ""
    assert core_of("valley memorial hospital") == "valley"


def test_sites_with_sides_or_numbers_are_different() -> None:
    assert tells_sites_apart(normalize_name("Plaza (North)"), normalize_name("Plaza (South)"))
    assert tells_sites_apart(normalize_name("Clinic 1"), normalize_name("Clinic 2"))
    assert not tells_sites_apart(normalize_name("Mercy Clinic"), normalize_name("Mercy Hospital"))


def test_the_same_ccn_is_the_same_whatever_the_names() -> None:
    one = {"name": "Fremont Area Medical Center", "ccn": "280077", "zip": "68025"}
    two = {"name": "Methodist Fremont Health", "ccn": "280077", "zip": "68026"}
    assert decide(one, two) == "same"


def test_another_ccn_is_another_hospital_whatever_the_names() -> None:
    one = {"name": "Mercy Hospital", "ccn": "280077", "zip": "68025"}
    assert decide(one, {**one, "ccn": "280078"}) == ""


def test_name_and_zip_and_kinds_that_go_together() -> None:
    cah = {"name": "ST FRANCIS HOSP", "zip": "68788", "kind": "critical_access_hospital"}
    site = {"name": "St. Francis Hospital", "zip": "68788"}
    assert decide(cah, site) == "same"
    assert decide(cah, {**site, "kind": "rural_health_clinic"}) == ""
    assert decide({**site, "kind": "behavioral_health"}, site) == "review"


def test_memorial_hospital_in_two_towns_never_merges() -> None:
    alma = {"name": "Memorial Hospital", "city": "Alma", "zip": "68920", "county_fips": "31083"}
    aurora = {**alma, "city": "Aurora", "zip": "68818", "county_fips": "31081"}
    assert decide(alma, aurora) == ""
    assert decide(alma, {**aurora, "county_fips": "31083"}) == ""
    assert decide(alma, {**alma, "zip": ""}) == "review"


def test_mercy_billings_does_not_merge_by_name() -> None:
    mercy = {"name": "Mercy Hospital", "zip": "59101"}
    assert decide(mercy, {**mercy, "name": "Mercy Hospital - Billings"}) == "review"
    elsewhere = {"name": "Mercy Hospital - Billings", "zip": "59102", "city": "Billings"}
    assert decide({**mercy, "city": "Laurel"}, elsewhere) == ""


def test_more_than_one_fitting_row_is_for_a_person() -> None:
    cms = frame({"id": "c", "name": "Valley Hospital", "zip": "68920"})
    fcc = frame(
        {"id": "f1", "name": "Valley Hospital", "zip": "68920"},
        {"id": "f2", "name": "VALLEY HOSPITAL", "zip": "68920"},
    )
    table = match_organizations(cms, fcc).table
    assert set(table["decision"]) == {"review"}
    assert table["why"].str.contains("more than one row fits").sum() == 2


def test_one_file_decides_nothing_by_name() -> None:
    rows = frame(
        {"id": "a", "name": "Valley Hospital", "zip": "68920", "origin": "cms.csv, row 2"},
        {"id": "b", "name": "VALLEY HOSPITAL", "zip": "68920", "origin": "cms.csv, row 3"},
    )
    assert match_organizations(rows).table["decision"].tolist() == ["review"]
    rows.loc[1, "origin"] = "fcc.csv, row 3"  # one table that was built from two files
    assert match_organizations(rows).table["decision"].tolist() == ["same"]


def test_the_only_hospitals_of_a_zip_in_two_files_are_for_a_person() -> None:
    sidney = {"name": "Sidney Regional Medical Center", "zip": "69162"}
    assert decide(sidney, {"name": "Memorial Health Center", "zip": "69162"}) == "review"


def test_judgments_are_obeyed() -> None:
    cms = frame({"id": "c", "name": "Sidney Regional", "zip": "69162"})
    fcc = frame({"id": "f", "name": "Memorial Health Center", "zip": "69162"})
    for word, decisions in (("same", ["same"]), ("not the same", []), ("", ["review"])):
        judged = pd.DataFrame({"a": ["f"], "b": ["c"], "judgment": [word]})
        table = match_organizations(cms, fcc, judgments=judged).table
        assert table["decision"].tolist() == decisions


def test_a_hospital_that_became_an_emergency_hospital_stays_one() -> None:
    before = {"name": "Valley Hospital", "ccn": "281301", "zip": "68920", "address": "1 Main St",
              "kind": "critical_access_hospital"}  # fmt: skip
    after = {**before, "name": "Valley Emergency Hospital", "ccn": "280771"}
    emergency = {**after, "kind": "rural_emergency_hospital"}
    assert decide(before, {**emergency, "name": "VALLEY HOSP"}) == "same"
    assert decide(before, emergency) in ("same", "review")
    assert decide(before, after) == ""  # another number, and nothing says why


def test_numbers_of_legal_entities_decide_only_with_the_name() -> None:
    site = {"name": "Plains Health Center", "ein": "470000001", "kind": "health_center"}
    assert decide(site, {**site, "name": "PLAINS HEALTH CTR"}) == "same"
    assert decide(site, {**site, "name": "School Clinic of Wayne", "zip": "68787"}) == ""
    rows = frame({**site, "id": "a", "zip": "1"}, {**site, "id": "b", "zip": "1", "ein": "47"})
    assert match_organizations(rows).table.empty  # two numbers in one file: two organizations


def test_better_agreement_never_weighs_less() -> None:
    for name, levels in LEVELS.items():
        weights = [load_model()["weights"][name][level] for level in levels]
        assert weights == sorted(weights, reverse=True), name


@given(st.tuples(*(st.integers(0, len(levels) - 1) for levels in LEVELS.values())))
def test_probability_is_the_logistic_of_the_summed_weights(pattern: tuple[int, ...]) -> None:
    table = pd.DataFrame([dict(zip(LEVELS, pattern, strict=True))])
    model = load_model()
    score = model["intercept"] + sum(
        model["weights"][name][levels[k]]
        for k, (name, levels) in zip(pattern, LEVELS.items(), strict=True)
    )
    assert estimate_probability(table)[0] == pytest.approx(1 / (1 + math.exp(-score)), abs=1e-12)


@needs_shared_data
def test_hidden_numbers_are_found_again_by_name_and_place() -> None:
    """At the automatic threshold at most one merge in 200 may be wrong (docs/matching.md)."""
    files = [read_public_file(path).tables["organizations"] for path in (CMS_2018, CMS)]
    some = [file[file["state"].isin(["NE", "IA", "MN", "KS", "SD"])] for file in files]
    table = match_organizations(*(part.assign(ccn="") for part in some)).table
    merged = table[table["decision"] == "same"]  # ids of both files are made of the CCN
    both = set(some[0]["id"]) & set(some[1]["id"])  # a hospital that changed its CCN is no error
    merged = merged[merged["a"].isin(both) & merged["b"].isin(both)]
    assert len(merged) > 200
    assert (merged["a"] != merged["b"]).sum() <= len(merged) / 200


def test_evidence_stands_side_by_side() -> None:
    one = {"id": "a", "name": "Brown County Hospital", "zip": "69210", "county_fips": "31017"}
    two = {"id": "b", "name": "Brown County Community Hospital", "zip": "69210", "city": "X"}
    row = match_organizations(frame(one), frame(two)).table.iloc[0]
    assert row["why"] == 'both names say "brown", both at ZIP 69210'
    assert (row["a_county"], row["b_county"], row["b_city"]) == ("Brown County", "", "X")
    assert row["likeness"] == pytest.approx(0.808, abs=0.001)


def test_a_name_entered_twice_is_found_in_the_sample() -> None:
    found = find_possible_duplicates(load_sample("prairie"))
    pairs = [set(pair) for pair in zip(found["a"], found["b"], strict=True)]
    assert pairs == [{"wagon-trail-food-pantry", "wagon-trails-food-pantry"}]


def test_duplicates_of_an_empty_network_and_of_one_without_places() -> None:
    assert find_possible_duplicates(make_network()).empty
    names = [{"id": "a", "name": "Valley Pantry", "kind": "food"},
             {"id": "b", "name": "Valley Pantry", "kind": "food"},
             {"id": "c", "name": "Quite Another", "kind": "food"}]  # fmt: skip
    assert find_possible_duplicates(make_network(names))[["a", "b"]].values.tolist() == [["a", "b"]]
    judged = [{"a": "a", "b": "b", "judgment": "not the same"}]
    assert find_possible_duplicates(make_network(names, judgments=judged)).empty


@given(st.lists(st.text(max_size=12), min_size=1, max_size=5))
def test_likeness_is_symmetric_and_bounded(names: list[str]) -> None:
    normalized = [normalize_name(name) for name in names]
    likeness = measure_likeness(normalized, normalized)
    assert ((likeness >= 0) & (likeness <= 1)).all()
    assert (likeness == likeness.T).all()


@given(st.permutations(range(4)))
def test_row_order_does_not_matter(order: list[int]) -> None:
    rows = [
        {"id": "a", "name": "Brown County Hospital", "zip": "69210"},
        {"id": "b", "name": "Brown County Community Hospital", "zip": "69210"},
        {"id": "c", "name": "Valley Hospital", "zip": "69211"},
        {"id": "d", "name": "Valley Hosp.", "zip": "69211"},
    ]
    table = match_organizations(frame(*(rows[k] for k in order))).table
    found = {frozenset(pair) for pair in zip(table["a"], table["b"], strict=True)}
    assert found == {frozenset("cd")}


def test_one_place_in_three_files_is_one_organization() -> None:
    row = {"name": "Cedar Hospital", "kind": "hospital", "zip": "68739", "state": "NE"}
    row |= {"county_fips": "31027", "city": "Hartington", "address": "1 Elm St"}
    tables = [
        pd.DataFrame([{**row, "id": file, "origin": f"{file}.csv, row 2"}], dtype="str")
        for file in ("cms", "fcc", "irs")
    ]
    found = match_organizations(*tables).table
    assert found["decision"].tolist() == ["same"] * 3
    twin = tables[2].assign(id="irs-2", origin="irs.csv, row 3")
    doubted = match_organizations(*tables[:2], pd.concat([tables[2], twin])).table
    assert set(doubted["decision"]) == {"review"}
