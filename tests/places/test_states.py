"""Whole States and the nation from the published files, counted by other means."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

import partnet as pn
from partnet.core.results.result import Result
from tests.shared_data import (
    BMF_NE,
    CMS,
    FCC,
    HRSA_SAMPLE,
    OEPS,
    RUCC_2023,
    needs_shared_data,
    read_raw,
)

pytestmark = needs_shared_data
NTEE, RECOGNIZED = (
    Path(pn.__file__).parent / "data" / f"{name}.toml" for name in ("ntee", "recognized")
)
COMMON = {"community_based_organization", "funder", "faith", "school", "civic"}
SUPPORTERS = re.compile(r"\b(AUXILIARY|ENDOWMENT|FOUNDATION|FRIENDS OF|GUILD)\b")


def build(folder: Path, state: str) -> tuple[pn.Network, Result]:
    """A State with all files that know it."""
    files = [CMS, FCC, HRSA_SAMPLE, OEPS, RUCC_2023, *([BMF_NE] if state == "NE" else [])]
    result = pn.build_network(folder / "net", files, state=state).log
    assert not (pn.check_tables(folder / "net").table["level"] == "error").any()
    return pn.read_network(folder / "net"), result


def list_sources(net: pn.Network) -> pd.DataFrame:
    """One row a source id, with the kind of its organization."""
    rows = net.organizations[["kind", "source_ids"]].itertuples()
    listed = [
        (source, row.Index, row.kind) for row in rows for source in row.source_ids.split("; ")
    ]
    return pd.DataFrame(listed, columns=["source", "id", "kind"]).set_index("source")


def count_joins(merged: pd.DataFrame) -> int:
    """How many rows fewer there are after joining pairs; three pairs of three rows are two."""
    graph = nx.Graph(zip(merged["a"], merged["b"], strict=True))
    return graph.number_of_nodes() - nx.number_connected_components(graph)


def expect_nonprofits() -> Counter[str]:
    """Kinds of nonprofits by their codes, counted without partnet."""
    table = tomllib.loads(NTEE.read_text(encoding="utf-8"))
    named = tomllib.loads(RECOGNIZED.read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for row in read_raw(BMF_NE):
        code = row["NTEE_CD"].upper()
        plain = " ".join(re.findall(r"[0-9A-Z&]+", row["NAME"].upper()))
        if not any(re.search(rf"\b({word})\b", plain) for word in named["never"]):
            kinds = [
                one["kind"]
                for one in named["names"]
                if not (one.get("blank") and code and code[0] not in one.get("codes", ""))
                and re.search(one["pattern"].replace("{state}", "NEBRASKA"), plain)
            ]
            if kinds:
                counts[kinds[0]] += 1
                continue
        entry = table.get(code[:3]) or table.get(code[:2]) or table.get(code[:1])
        club = any(re.search(rf"\b({word})\b", plain) for word in named["clubs"])
        if not code or entry is None or entry.get("wide") or club:
            continue
        raises = code[3:4] in ("I", "J") or SUPPORTERS.search(row["NAME"])
        if entry["kind"] in COMMON or not raises:  # who raises money for others is no partner
            counts[entry["kind"]] += 1
    return counts


@pytest.mark.slow
@pytest.mark.parametrize("state", ["NE", "IA", "MN"])
def test_counts_per_kind_agree_with_the_raw_files(tmp_path: Path, state: str) -> None:
    net, result = build(tmp_path, state)
    sources = list_sources(net)
    assert sources.index.is_unique  # nothing stands in two organizations
    kinds = Counter(net.organizations["kind"])

    hospitals = [row for row in read_raw(CMS) if row["State"] == state]
    types = Counter(row["Hospital Type"] for row in hospitals)
    own = sources[sources.index.str.startswith("ccn-")]
    assert set(own.index) == {f"ccn-{row['Facility ID'].lower()}" for row in hospitals}
    assert own["id"].is_unique  # no hospital with a number of its own became another
    assert kinds["critical_access_hospital"] == types["Critical Access Hospitals"] > 60
    assert (own["kind"] == "behavioral_health").sum() == types["Psychiatric"]

    pilot = [row for row in read_raw(FCC) if row["hcpaddr_st"].upper() == state]
    sites = [row for row in pilot if row["hcptype2"] != "Data Center"]
    assert sources.index.str.startswith("fcc-").sum() == len(sites)
    clinics = Counter((row["hcptype2"], row["rural2"]) for row in sites)
    assert (
        kinds["rural_health_clinic"] == clinics["Rural Health Clinic or Urban Equivalent", "Rural"]
    )
    listed = {
        (row["name"].casefold(), row["city"].casefold(), row["address"].casefold())
        for row in read_raw(OEPS)
        if row["st_abbr"] == state
    }
    assert sources.index.str.startswith("site-").sum() == len(listed)
    assert net.n == len(sources) - count_joins(result.tables["merged"])

    table = result.table
    assert (table["used"] + table["elsewhere"] + table["set_aside"] == table["rows_read"]).all()
    problems = result.tables["problems"]
    aside = problems[problems["set_aside"] == "row"].groupby("file")["n_rows"].sum()
    assert aside.to_dict() == table.set_index("file")["set_aside"].loc[lambda s: s > 0].to_dict()


@pytest.mark.slow
def test_nonprofits_of_nebraska_agree_with_their_codes(tmp_path: Path) -> None:
    net, result = build(tmp_path, "NE")
    nonprofits = list_sources(net).loc[lambda t: t.index.str.startswith("ein-")]
    expected = expect_nonprofits()
    assert len(nonprofits) == sum(expected.values())
    alone = nonprofits[nonprofits["id"] == nonprofits.index]
    counts = Counter(alone["kind"])
    joined = nonprofits[nonprofits["id"] != nonprofits.index]
    for kind in ("food", "housing", "funder", "legal_aid", "public_safety", "nursing_facility"):
        assert counts[kind] + (joined["kind"] == kind).sum() == expected[kind], kind
    raw = read_raw(BMF_NE)
    row = result.table.set_index("file").loc[BMF_NE.name]
    assert row["set_aside"] == len(raw) - sum(expected.values())


@pytest.mark.slow
def test_organizations_of_nebraska_carry_their_rural_code(tmp_path: Path) -> None:
    net, _ = build(tmp_path, "NE")
    codes = {
        row["FIPS"]: row["Value"]
        for row in read_raw(RUCC_2023, "cp1252")
        if row["Attribute"] == "RUCC_2023"
    }
    placed = net.organizations[net.organizations["county_fips"] != ""]
    assert len(placed) > 90
    assert (placed["rucc_2023"] == placed["county_fips"].map(codes)).all()


@pytest.mark.slow
def test_the_nation_has_every_hospital_and_site_once(tmp_path: Path) -> None:
    result = pn.build_network(tmp_path / "net", [CMS, FCC, HRSA_SAMPLE, OEPS], nation=True).log
    net = pn.read_network(tmp_path / "net")
    sources = list_sources(net)
    assert sources.index.is_unique
    hospitals = read_raw(CMS)
    types = Counter(row["Hospital Type"] for row in hospitals)
    own = sources[sources.index.str.startswith("ccn-")]
    assert len(own) == own["id"].nunique() == len(hospitals)
    cahs = (net.organizations["kind"] == "critical_access_hospital").sum()
    assert cahs == types["Critical Access Hospitals"]
    pilot = Counter(row["hcptype2"] for row in read_raw(FCC))
    assert sources.index.str.startswith("fcc-").sum() == sum(pilot.values()) - pilot["Data Center"]
    assert net.n == len(sources) - count_joins(result.tables["merged"])
