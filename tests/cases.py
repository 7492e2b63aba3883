"""Cases from people who do this job, judged against their right answers.

The cases lie beside the project (``../shared/data/cases``) and are no part of it. Each judge takes
the folder of its case and raises ``AssertionError`` where the answer is not the right one.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import partnet as pn

from .shared_data import FOLDER

CASES = FOLDER / "cases"
Judge = Callable[[Path], None]
JUDGES: dict[str, tuple[str, Judge]] = {}


def judge(case: str, what: str) -> Callable[[Judge], Judge]:
    """Register the judge of a case, with what a person has and wants."""

    def keep(function: Judge) -> Judge:
        JUDGES[case] = (what, function)
        return function

    return keep


def told(net: pn.Network) -> pd.DataFrame:
    """The ties in the order of the file, without answers of "none"."""
    ties = net.table("ties")
    return ties[ties["strength"] != 0]


def near(found: Any, right: Any) -> None:
    """Compare numbers; nan is nan."""
    assert list(found) == pytest.approx(list(right), nan_ok=True), list(found)


def words(net: pn.Network) -> str:
    """Everything that was said while reading."""
    return "\n".join(map(str, net.problems))


def density(net: pn.Network, **options: Any) -> float:
    """The share of observed pairs that are tied."""
    return float(pn.measure_structure(net, permutations=19, **options).table["value"]["density"])


def matrix(net: pn.Network, **options: Any) -> pd.DataFrame:
    """Combined strengths by id."""
    layer = pn.build_layer(net, **options)
    return pd.DataFrame(layer.matrix.toarray(), layer.ids, layer.ids)


def errors(net: pn.Network) -> list[str]:
    """Problems that ask for a correction."""
    return [str(problem) for problem in net.problems if problem.level == "error"]


@judge("01-gephi-type", "A Gephi edge table whose column Type says Undirected")
def _gephi_type(path: Path) -> None:
    net = pn.read_network(path)
    near(told(net)["strength"], [0.5, 2 / 3, 0.5, 3 / 7])
    assert set(told(net)["directed"]) == {"no"} and set(told(net)["relation"]) == {"collaboration"}
    assert not errors(net)


@judge("02-number-scale-unnamed", "Weights 1 to 5 whose scale has no name")
def _number_scale(path: Path) -> None:
    net = pn.read_network(path)
    near(told(net)["strength"], [1, 0.8, 0.6, 0.2, 0.2])
    assert "divided" in words(net)


@judge("03-zero-as-decimal", "No tie, written 0.0")
def _zero(path: Path) -> None:
    net = pn.read_network(path)
    assert len(net.ties) == 2 and density(net) == pytest.approx(0.2)
    folder = {f.stem: pd.read_csv(f) for f in path.glob("*.csv")}
    assert density(pn.read_network(folder)) == pytest.approx(0.2)


@judge("04-melted-roster-nonanswers", "A roster in long form with N/A, Don't know, 99")
def _roster(path: Path) -> None:
    net = pn.read_network(path)
    layer = pn.build_layer(net)
    assert layer.n_ties == 1 and layer.observed_cells == 1
    near(sorted(told(net)["strength"]), [0.6, 0.8])


@judge("05-unknown-answer-strongest", "Survey answers, one of them in unknown words")
def _unknown_answer(path: Path) -> None:
    net = pn.read_network(path)
    strengths = matrix(net)
    assert strengths.loc["alder", "birch"] == 1.0
    assert 0 < strengths.loc["birch", "elm"] <= strengths.loc["alder", "dogwood"]
    assert 0 < strengths.loc["cedar", "dogwood"] <= 0.25


@judge("07-day-first-dates", "Days before months, proven by one cell")
def _day_first(path: Path) -> None:
    net = pn.read_network(path)
    assert [f"{d:%F}" for d in told(net)["since"]] == [
        "2024-03-11", "2024-05-03", "2024-10-20", "2024-11-17"]  # fmt: skip
    assert f"{net.ties['last_contact'].max():%F}" in ("2025-10-20", "2025-11-02")
    assert [f"{d:%F}" for d in told(net)["last_contact"]] == [
        "2025-10-20", "2025-08-04", "2025-10-05", "2025-02-11"]  # fmt: skip


@judge("08-decimal-comma", "Decimal commas in a semicolon file")
def _decimal_comma(path: Path) -> None:
    net = pn.read_network(path)
    near(net.table("funding")["amount"], [12500, 1299.99, 19.47])
    near(net.table("needs")["value"], [4.6, 5.5])
    near(net.table("organizations")["latitude"], [42.604, 42.61, 42.9])
    near(net.table("organizations")["longitude"], [-97.277, -97.3, -98.1])
    near(told(net)["strength"], [0.5, 0.25])


@judge("10-zip-lost-zero", "ZIP codes that lost their zero")
def _zip(path: Path) -> None:
    net = pn.read_network(path)
    assert net.table("organizations")["zip"].tolist() == ["01730", "06520", "00680", "", "04101"]


@judge("11-fips-float", "County codes with .0")
def _fips(path: Path) -> None:
    right = ["06059", "31027", "01001", "31107"]
    assert pn.read_network(path).table("organizations")["county_fips"].tolist() == right
    frame = pd.read_csv(path / "organizations.csv")
    net = pn.read_network({"organizations": frame})
    assert net.table("organizations")["county_fips"].tolist() == right


@judge("12-retired-counties", "One county under its old and its new code")
def _retired(path: Path) -> None:
    net = pn.read_network(path)
    assert net.table("organizations")["county_fips"].tolist()[:2] == ["46102", "46102"]
    gaps = pn.find_gaps(net).table
    there = gaps[gaps["place"].isin(["46102", "46113"])]
    assert set(there["status"]) <= {"one provider only"}, there["status"].tolist()
    assert "46113" in words(net)


@judge("12-retired-counties-by-name", "Retired counties by name")
def _retired_names(path: Path) -> None:
    codes = pn.read_network(path).table("organizations")["county_fips"].tolist()
    assert codes == ["46102", "46102", "51019", "02261", "02158", "02063", "02066"]


@judge("14-same-name-other-bytes", "The same name in other bytes")
def _same_name(path: Path) -> None:
    net = pn.read_network(path)
    assert len(net.ties) == 3 and not errors(net)  # the fourth says the same as the second
    assert "Rio Grande EMS" in words(net)


@judge("15-merged-cells", "Merged cells in a workbook")
def _merged(path: Path) -> None:
    net = pn.read_network(path / "coalition.xlsx")
    assert len(net.ties) == 4 and len(net.table("services")) == 3
    assert net.table("organizations")["county_fips"].tolist() == ["31027"] * 3 + ["31107"] * 2


@judge("16-title-and-double-header", "Title lines above the header, and a band of captions")
def _title(path: Path) -> None:
    net = pn.read_network(path / "coalition.xlsx")
    assert net.n == 3 and len(net.ties) == 2 and not errors(net)
    rows = pn.check_tables(path / "coalition.xlsx").tables["rows"]
    assert rows["read"].sum() == 5 and rows["used"].sum() == 5


@judge("17-qualtrics-three-headers", "A Qualtrics export with three header rows")
def _qualtrics(path: Path) -> None:
    net = pn.read_survey(pn.read_network(path / "net"), path / "answers.csv")
    assert net.table("profiles")["organization"].tolist() == ["alder", "birch", "cedar"]


@judge("18-matrix", "An adjacency matrix")
def _matrix(path: Path) -> None:
    net = pn.read_network(path)
    assert pn.build_layer(net).n_ties == 5 and density(net) == pytest.approx(0.5)


@judge("20-several-in-one-cell", "Several answers in one cell")
def _several(path: Path) -> None:
    net = pn.read_network(path)
    services = net.table("services")["service"].value_counts()
    assert len(services) == 5 and services["transport"] == 3 and services["behavioral health"] == 2
    assert net.table("memberships")["group"].nunique() == 2
    assert pn.build_layer(net).n_ties == 4


@judge("21-yes-no-columns", "One Yes/No column a service")
def _yes_no(path: Path) -> None:
    rows = pn.read_network(path).table("services")
    assert sorted(zip(rows["organization"], rows["service"].str.lower(), strict=True)) == [
        ("alder", "behavioral health"),
        ("birch", "behavioral health"),
        ("birch", "transport"),
        ("cedar", "food"),
    ]


@judge("25-kumu-sheets", "A Kumu workbook, with its own and other names of sheets")
def _kumu(path: Path) -> None:
    for name in ("kumu.xlsx", "kumu-renamed.xlsx"):
        net = pn.read_network(path / name)
        assert net.n == 3 and told(net)["directed"].tolist() == ["no", "yes", "no"], name
        near(told(net)["strength"], [0.5, 0.8, 0.2])


@judge("27-1904-dates", "A workbook with the 1904 date system")
def _mac(path: Path) -> None:
    tie = pn.read_network(path / "mac.xlsx").ties.iloc[0]
    assert (f"{tie.since:%F}", f"{tie.last_contact:%F}") == ("2021-07-01", "2026-03-14")


@judge("28-communication-is-no-agreement", "The level communication of working together")
def _communication(path: Path) -> None:
    net = pn.read_network(path)
    assert net.table("ties")["relation"].tolist() == ["collaboration"]
    assert net.table("ties")["strength"].tolist()[0] < 1
    control = pn.read_network(path.parent / "28-control-without-tie")
    assert matrix(net).loc["alder", "birch"] < matrix(control).loc["alder", "birch"]
    same = [len(pn.find_gaps(each).table) for each in (net, control)]
    assert same[0] == same[1]


def _build(path: Path, files: list[Path], tmp: Path, **options: Any) -> pn.Network:
    return pn.build_network(tmp / path.name, [str(f) for f in files], **options)


@judge("29-hsds-location-without-owner", "Open Referral 3.0: a location without an owner")
def _hsds_location(path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as tmp:
        net = _build(path, [path], Path(tmp), nation=True)
    placed = net.organizations.set_index("name")["county_fips"]
    assert placed["Alder Community Services"] == placed["Birch Rides"] == "31027"
    offered = net.table("services").assign(
        name=net.names[net.table("services")["organization"]].values
    )
    assert offered.loc[offered["name"] == "Birch Rides", "service"].str.contains("ransport").any()
    assert len(net.table("affiliations")) == 1


@judge("31-hsds-service-without-category", "Services without a category")
def _hsds_service(path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as tmp:
        net = _build(path, [path], Path(tmp), nation=True)
    assert len(net.table("services")) == 4


@judge("32-closeness-parts", "Closeness in a network of two parts")
def _closeness(path: Path) -> None:
    table = pn.measure_centrality(pn.read_network(path)).table
    by_name = table.set_index("name") if "name" in table else table
    columns = [c for c in by_name if c.startswith("closeness")]
    assert columns and by_name.loc["Alder", columns[0]] > by_name.loc["Mark", columns[0]]


@judge("33-parallel-self-isolate", "Parallel ties, both directions, a self-tie, an isolate")
def _parallel(path: Path) -> None:
    net = pn.read_network(path)
    assert net.n == 5 and pn.build_layer(net).n_ties == 3
    table = pn.measure_centrality(net).table.set_index("name")
    assert table.loc["Birch", "betweenness"] == table.loc["Cedar", "betweenness"] > 0


@judge("34-dates-in-words", "Dates in nine unmistakable spellings")
def _dates(path: Path) -> None:
    days = pn.read_network(path).table("contacts")["date"]
    assert [f"{d:%F}" for d in days] == ["2026-03-14"] * 8 + ["2026-03-01"]


@judge("37-hard-county-names", "County names of 26 kinds")
def _counties(path: Path) -> None:
    codes = pn.read_network(path).table("organizations")["county_fips"].tolist()
    assert codes[:3] == ["35013"] * 3 and codes[3] in ("", "35013")
    assert codes[8] == "78010" and codes[12:14] == ["29510"] * 2
    assert codes[17:19] == ["31027"] * 2 and codes[22] == "11001" and codes[23] == "31027"
    assert all(codes[:3] + codes[4:])


@judge("38-contact-list", "A contact list: Name is a person, Organization the organization")
def _contacts(path: Path) -> None:
    net = pn.read_network(path)
    assert net.names.tolist() == ["Alder Hospital", "Birch Clinic", "Cedar Food Bank"]
    assert len(net.ties) == 2
    public = net.for_audience("public")
    assert (
        not public.organizations.astype(str)
        .apply(lambda row: row.str.contains("Pat Sample|pat@example"))
        .any(axis=None)
    )


@judge("39-edge-list-alone", "An edge list alone")
def _edges(path: Path) -> None:
    for source in (path, path / "ties.csv"):
        net = pn.read_network(source)
        assert (
            net.n == 3
            and set(net.table("organizations")["kind"]) == {"other"}
            and len(net.ties) == 2
        )
        assert net.problems


@judge("40-formulas-without-results", "Formulas whose results are not stored")
def _formulas(path: Path) -> None:
    assert "formula" in words(pn.read_network(path / "network.xlsx"))


@judge("41-cms-snake-case", "Hospital Compare with snake_case headers")
def _cms(path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as tmp:
        net = _build(path, [path / "hospital_compare.csv"], Path(tmp), nation=True)
    rows = net.organizations.set_index("ccn")
    assert sorted(rows.index) == ["010005", "280001", "281301"]
    assert rows.loc["281301", "kind"] == "critical_access_hospital"


@judge("42-graph-files", "GraphML, GEXF, Pajek, DL, Kumu JSON, and the graphs networkx read")
def _graphs(path: Path) -> None:
    import networkx as nx

    sizes = {"kumu.json": 2, "small.dl": 3, "small.gexf": 2, "small.graphml": 3, "small.net": 3}
    for name, n in sizes.items():
        assert pn.read_network(path / name).n == n, name
    net = pn.Network.from_networkx(nx.read_graphml(path / "small.graphml"))
    assert net.names.tolist() == ["Alder Hospital", "Birch Clinic", "Cedar Food Bank"]
    assert net.table("organizations")["kind"].tolist() == [
        "hospital",
        "rural_health_clinic",
        "food",
    ]
    near(told(net)["strength"], [0.5, 1.0])
    net = pn.Network.from_networkx(nx.read_gexf(path / "small.gexf"))
    assert net.names.tolist() == ["Alder Hospital", "Birch Clinic"]
    assert pn.Network.from_networkx(nx.read_pajek(path / "small.net")).n == 3


@judge("45-graph-words", "A networkx graph with everyday words")
def _graph_words(path: Path) -> None:
    import networkx as nx

    graph = nx.Graph()
    graph.add_edge("Alder Hospital", "Birch Clinic", relation="MOU")
    graph.add_edge("Alder Hospital", "Cedar Food Bank", relation="works with")
    graph.nodes["Alder Hospital"]["kind"] = "Critical Access Hospital"
    net = pn.Network.from_networkx(graph)
    assert density(net) == pytest.approx(2 / 3)
    assert net.table("organizations")["kind"].tolist()[0] == "critical_access_hospital"
    assert pn.describe_network(net).sentences
    graph.edges["Alder Hospital", "Birch Clinic"]["relation"] = "zzz"
    assert errors(pn.Network.from_networkx(graph))
    done = subprocess.run(
        [sys.executable, str(path / "run.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-300:]


@judge("46-placeholders", "None, Unknown, TBD where there is nothing")
def _placeholders(path: Path) -> None:
    net = pn.read_network(path)
    assert net.table("memberships")["organization"].tolist() == ["alder"]
    assert net.table("services")["service"].tolist() == ["emergency care", "primary care", "food"]
    assert net.table("services")["population"].tolist() == ["older adults", "", ""]
    assert net.table("funding")["funder"].tolist() == ["HRSA"]
    tables = {file.stem: pd.read_csv(file) for file in path.glob("*.csv")}
    blank = {name: frame.iloc[:1] for name, frame in tables.items() if name != "organizations"}
    blank["services"] = tables["services"].iloc[:3].assign(population=["older adults", None, None])
    blank["funding"] = tables["funding"].iloc[2:]
    without = pn.read_network({"organizations": tables["organizations"], **blank})
    same = pn.build_affinity(net).matrix != pn.build_affinity(without).matrix
    assert same.nnz == 0


@judge("48-two-reports", "Two reports on a pair and their mean")
def _two_reports(path: Path) -> None:
    strengths = matrix(pn.read_network(path), symmetrization="mean")
    found = [strengths.loc[a, b] for a, b in (("db1", "db2"), ("db2", "db3"), ("db3", "db4"))]
    near(found, [0.4, 0.6, 0.4])


@judge("48-two-reports-answered", "The same, where one side did not answer")
def _two_answered(path: Path) -> None:
    _two_reports(path)


@judge("49-same-names", "Two hospitals of one name")
def _same_names(path: Path) -> None:
    net = pn.read_network(path)
    assert len(net.ties) == 1 and "2 organizations have this name" in words(net)


@judge("50-money-words", "Amounts as people type them")
def _money(path: Path) -> None:
    amounts = pn.read_network(path).table("funding")["amount"]
    right = [1.2e6, 250e3, 75.5e3, 75.5e3, 300e3]
    for found, true in zip(amounts, right, strict=True):
        assert np.isnan(found) or found == true


@judge("51-core-of-three", "Core and periphery of three organizations with one tie")
def _core(path: Path) -> None:
    result = pn.measure_structure(pn.read_network(path))
    table = result.table["value"]
    assert np.isnan(table["core_core_correlation"]) and "-1.00" not in result.text
    assert table["core_all_correlation"] == pytest.approx(0.5)


@judge("52-subawards-renamed", "USAspending subawards before and after a renaming of columns")
def _subawards(path: Path) -> None:
    import tempfile

    tables = []
    for name in ("old.csv", "new.csv"):
        with tempfile.TemporaryDirectory() as tmp:
            net = _build(path, [path / name], Path(tmp), nation=True)
        tables.append(net.table("funding").drop(columns=["provenance", "origin"]))
    assert len(tables[0]) and tables[0].equals(tables[1])


@judge("53-one-is-strongest", "A scale on which 1 is the strongest")
def _one_strongest(path: Path) -> None:
    near(told(pn.read_network(path))["strength"], [1.0, 0.6, 0.2])


@judge("56-mixing-with-unknown", "Ties within and between teams, two organizations without one")
def _mixing(path: Path) -> None:
    result = pn.measure_structure(pn.read_network(path), grouping="team")
    mixing = result.tables["mixing"].astype(str)
    told = mixing.apply(lambda row: row.str.contains("not known")).any(axis=None)
    # organizations e (blank) and f (NA) have no team: a-e, b-e, e-f and d-f cannot be told
    assert told or "4 of 7" in result.text, result.text


@judge("57-negative-longitude", "A built folder opened in pandas or a GIS")
def _longitude(path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as tmp:
        _build(path, [path], Path(tmp), nation=True)
        table = pd.read_csv(Path(tmp) / path.name / "organizations.csv")
    assert table["longitude"].dtype.kind == "f" and table["longitude"][0] == -97.2645


def run_case(case: str) -> str:
    """Judge one case; "" where its answer is right, else what is wrong."""
    try:
        JUDGES[case][1](CASES / case)
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0][:300] or "wrong"
    return ""


if __name__ == "__main__":
    asked = sys.argv[1:] or list(JUDGES)
    wrong = {case: run_case(case) for case in JUDGES if any(case.startswith(a) for a in asked)}
    for case, what in wrong.items():
        print(f"{'WRONG' if what else 'right'}  {case}  {what}")
    print(sum(not what for what in wrong.values()), "of", len(wrong), "right")
