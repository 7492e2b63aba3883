"""The sample: it reads without a problem, its script makes it, and it holds its stories."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.core.schema import TABLES
from partnet.io import samples
from partnet.io.read import read_network
from partnet.io.samples import list_samples, load_sample, sample_path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("prairie", "prairie_2024")
STORIES: dict[str, Any] = tomllib.loads(
    (ROOT / "data/samples/stories.toml").read_text(encoding="utf-8")
)
PUBLIC = ROOT.parent / "shared/data/public"


@pytest.fixture(scope="module")
def net() -> Network:
    return load_sample()


@pytest.fixture(scope="module")
def earlier() -> Network:
    return load_sample("prairie_2024")


def draw_graph(net: Network, without: str = "") -> nx.Graph:
    """Reported ties and agreements that held at the end, without those of one organization."""
    ties = net.ties[net.ties["table"].isin(["ties", "agreements"]) & (net.ties["strength"] != 0)]
    ties = ties[~(ties["until"] <= net.newest_date)]
    ties = ties[(ties["source"] != without) & (ties["target"] != without)]
    graph = nx.Graph()
    graph.add_nodes_from(net.ids)
    graph.add_edges_from(zip(ties["source"], ties["target"], strict=True))
    return graph


def list_cuts(graph: nx.Graph) -> dict[str, set[str]]:
    """For each articulation point of the largest component, who loses the way to most others."""
    largest = max(nx.connected_components(graph), key=len)
    cuts = {}
    for point in sorted(set(nx.articulation_points(graph)) & largest):
        rest = sorted(
            nx.connected_components(graph.subgraph(largest - {point})), key=len, reverse=True
        )
        cuts[point] = set().union(*rest[1:])
    return cuts


def pair_ties(net: Network, a: str, b: str) -> pd.DataFrame:
    """All ties on file between two organizations, contacts and memberships too."""
    ends = net.ties[["source", "target"]]
    return net.ties[ends.isin([a, b]).all(axis=1)]


# -- loading -------------------------------------------------------------------------------------


def test_samples_are_listed_and_found() -> None:
    assert list_samples() == ["prairie", "prairie.xlsx", "prairie_2024"]
    assert (sample_path("prairie") / "organizations.csv").is_file()
    assert sample_path("prairie.xlsx").is_file()


def test_unknown_sample_names_those_there_are() -> None:
    with pytest.raises(UsageError, match=r"found 'steppe'.*prairie, prairie.xlsx, prairie_2024"):
        load_sample("steppe")


def test_an_installed_package_reads_its_own_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data/samples/heath").mkdir(parents=True)
    monkeypatch.setattr(samples, "files", lambda package: tmp_path)
    assert list_samples() == ["heath"]
    assert sample_path("heath") == tmp_path / "data/samples/heath"


@pytest.mark.parametrize("name", FOLDERS)
def test_reading_finds_no_problem(name: str) -> None:
    net = load_sample(name)
    assert [str(problem) for problem in net.problems] == []
    assert net.convener == STORIES["convener"]
    assert net.newest_date == pd.Timestamp(f"{name[8:] or 2026}-06-30")


def test_workbook_says_the_same_as_the_folder(net: Network) -> None:
    workbook = load_sample("prairie.xlsx")
    assert workbook == net
    assert [str(problem) for problem in workbook.problems] == []


# -- how it is made ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What the script writes, twice."""
    folders = [tmp_path_factory.mktemp("made") for _ in range(2)]
    for folder in folders:
        script = [sys.executable, str(ROOT / "scripts/make_sample.py"), "-o", str(folder)]
        subprocess.run(script, check=True)
    return folders


def test_the_script_makes_the_same_files_again(made: list[Path], net: Network) -> None:
    paths = sorted(p.relative_to(made[0]) for p in made[0].rglob("*") if p.is_file())
    assert len(paths) == 2 * 17 + 1
    for path in paths:
        assert (made[0] / path).read_bytes() == (made[1] / path).read_bytes(), path
        if path.suffix == ".csv":
            assert (made[0] / path).read_bytes() == (ROOT / "data/samples" / path).read_bytes()
    assert read_network(made[0] / "prairie.xlsx") == net


@pytest.mark.parametrize("name", FOLDERS)
def test_tables_are_tidy(name: str) -> None:
    for path in sorted((ROOT / "data/samples" / name).glob("*.csv")):
        text = path.read_bytes().decode("utf-8")
        assert "\r" not in text and text.endswith("\n"), path
        header = text.splitlines()[0].split(",")
        extra = set(header) - set(TABLES[path.stem].names)
        assert extra <= {"ownership", "trauma_level", "beds", "assessment_year"}, path


def test_it_is_varied(net: Network) -> None:
    organizations = net.organizations
    assert 130 <= net.n <= 160
    assert organizations["kind"].nunique() >= 14
    assert organizations["county_fips"].nunique() >= 25
    reported = net.table("ties")
    assert reported["relation"].nunique() >= 8
    assert reported["strength"].nunique() >= 8
    assert (reported["strength"] == 0).any()  # an answer of "none"
    asked = net.table("responses")["answered"]
    asked = asked[asked != "not asked"]
    assert 0.75 <= (asked == "yes").mean() <= 0.85


def test_readme_gives_the_numbers(net: Network) -> None:
    text = (ROOT / "data/samples/README.md").read_text(encoding="utf-8")
    kinds, counties = (net.organizations[key].nunique() for key in ("kind", "county_fips"))
    assert f"{net.n} organizations of {kinds} kinds in {counties} counties" in text
    lost = STORIES["broken_by_departure"]
    assert f"{lost['cut_off']} organizations in {len(lost['counties'])} counties" in text


def test_counties_hold_their_organizations(net: Network) -> None:
    organizations = net.organizations
    assert organizations["county_fips"].str.fullmatch(r"31\d{3}").all()
    seats = organizations.groupby("county_fips")[["latitude", "longitude"]]
    assert (seats.max() - seats.min()).max().max() < 0.05


def test_nobody_who_did_not_answer_reports_a_tie(net: Network) -> None:
    responses = net.table("responses")
    silent = responses.loc[responses["answered"] != "yes", "respondent"]
    assert not net.table("ties")["reported_by"].isin(silent).any()


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public files are not here")
def test_hospital_names_and_numbers_are_invented(net: Network) -> None:
    names, numbers = set(), set()
    for path, encoding in (
        ("cms_hospital_general_information_rmansi.csv", "utf-8"),
        ("cms_hospital_general_information_2018_tomasonjo.csv", "cp1252"),
    ):
        real = pd.read_csv(PUBLIC / path, dtype=str, encoding=encoding)
        numbers |= set(real.iloc[:, 0])
        names |= {_fold(name) for name in real.iloc[:, 1]}
    charities = pd.read_csv(PUBLIC / "irs_eo_bmf_ne_2026.csv", dtype=str)
    names |= {_fold(name) for name in charities["NAME"]}
    assert not names & {_fold(name) for name in net.names}
    assert not numbers & set(net.organizations["ccn"])


def _fold(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower().replace(" inc", ""))


# -- what was planted ----------------------------------------------------------------------------


def test_every_story_names_what_is_there(net: Network, earlier: Network) -> None:
    known = {*net.ids, *earlier.ids, *net.table("memberships")["group"]}
    for story in (value for value in STORIES.values() if isinstance(value, dict)):
        assert story["tells"].endswith(".") and story["section"]
        for key in ("organization", "other", "introducer", "network", "nearest_provider"):
            assert story.get(key, net.ids[0]) in known
        for key in ("organizations", "shared_partners", "joined", "left", "isolates", "component"):
            assert set(story.get(key, ())) <= known


def test_one_hub_holds_the_north(net: Network) -> None:
    story = STORIES["broken_by_departure"]
    cuts = list_cuts(draw_graph(net, without=net.convener))
    lost = cuts.pop(story["organization"])
    assert len(lost) == story["cut_off"]
    assert sorted(net.organizations.loc[sorted(lost), "county_fips"].unique()) == story["counties"]
    assert max(map(len, cuts.values())) == story["next_largest_cut"]


def test_the_convener_hides_it_and_other_roads_were_open_before(
    net: Network, earlier: Network
) -> None:
    story = STORIES["broken_by_departure"]
    hub = story["organization"]
    assert len(list_cuts(draw_graph(net)).get(hub, ())) <= 1
    assert len(list_cuts(draw_graph(earlier, without=earlier.convener)).get(hub, ())) <= 1
    for a, b in story["closed_roads_2024"]:
        assert len(pair_ties(earlier, a, b)) and not len(pair_ties(net, a, b))


def test_one_county_has_no_behavioral_health(net: Network) -> None:
    story = STORIES["coverage_desert"]
    services = net.table("services")
    offered = services[services["service"] == story["service"]]
    known = set(services["county_fips"])
    assert known - set(offered["county_fips"]) == {story["county_fips"]}
    assert services.loc[services["county_fips"] == story["county_fips"], "service"].nunique() >= 8
    needs = net.table("needs")
    for indicator in story["indicators"]:
        measured = needs[needs["indicator"] == indicator].set_index("county_fips")["value"]
        assert measured.idxmax() == story["county_fips"]
        assert measured.max() > 1.3 * measured.drop(story["county_fips"]).max()
    hospital, provider = story["hospital_without_tie_to_it"], story["nearest_provider"]
    assert provider in set(offered["organization"])
    assert pair_ties(net, hospital, provider).empty


def test_transfer_agreements_are_missing_met_unknown_and_beside_the_point(net: Network) -> None:
    members = net.table("memberships")
    members = members[members["group_kind"] == "rural health network"]
    kinds = net.organizations["kind"]
    hospitals = set(kinds[kinds == "critical_access_hospital"].index)
    agreements = net.table("agreements")
    topic = STORIES["rule_missing"]["lacking_topic"]
    transfer = agreements[(agreements["topic"] == topic) & (agreements["status"] == "executed")]
    inside = hospitals & set(members["organization"])
    without = inside - set(transfer["organization"])
    silent = inside - set(agreements["organization"])
    apart = STORIES["rule_does_not_apply"]
    assert hospitals - inside == {apart["organization"], *apart["also"]}
    assert silent == {STORIES["rule_unknown"]["organization"]}
    assert without - silent == {STORIES["rule_missing"]["organization"]}
    met = STORIES["rule_met"]
    parties = transfer.loc[transfer["agreement"] == met["agreement"], "organization"]
    assert set(parties) == {met["organization"], met["other"]}


def test_the_formal_network_is_an_organization_with_its_members(net: Network) -> None:
    network = STORIES["rule_missing"]["network"]
    members = net.table("memberships")
    names = members.loc[members["group_kind"] == "rural health network", "group"].unique()
    assert len(names) == 3
    assert [name for name in names if name in set(net.names)] == [net.name(network)]
    kinds = net.organizations["kind"]
    joined = members.loc[members["group"] == net.name(network), "organization"]
    assert (kinds[joined] == "critical_access_hospital").sum() == 7
    signed = net.table("agreements")
    signed = signed[signed["topic"] == "rural health network"]
    assert set(signed["organization"]) == {network, *joined}


def test_one_agreement_ends_soon(net: Network) -> None:
    story = STORIES["agreement_expiring"]
    agreements = net.table("agreements")
    ahead = agreements[agreements["expires"] >= net.newest_date]
    soon = ahead[ahead["expires"] <= net.newest_date + pd.Timedelta(days=180)]
    assert set(soon["agreement"]) == {story["agreement"]}
    assert set(soon["organization"]) == {story["organization"], story["other"]}
    assert (soon["expires"] == pd.Timestamp(story["expires"])).all()


def test_one_pair_of_grantees_in_one_place_has_no_tie(net: Network) -> None:
    story = STORIES["grantees_without_tie"]
    funding = net.table("funding")
    apart = {
        (program, place, a, b)
        for (program, place), grants in funding.groupby(["program", "served_place"])
        for a, b in itertools.combinations(sorted(grants["recipient"].unique()), 2)
        if pair_ties(net, a, b).empty and place.startswith("31")
    }
    assert apart == {(story["program"], story["county_fips"], *sorted(story["organizations"]))}


def test_one_hospital_has_gone_cold_and_one_clinic_was_never_seen(net: Network) -> None:
    story = STORIES["contact_gone_cold"]
    last = net.table("contacts").groupby("organization")["date"].max()
    old = last[last < net.newest_date - pd.Timedelta(days=365)]
    assert old.to_dict() == {story["organization"]: pd.Timestamp(story["last_seen"])}
    kinds = net.organizations["kind"]
    seen = kinds.isin(["critical_access_hospital", "rural_health_clinic"])
    assert set(kinds[seen].index) - set(last.index) == {story["never_seen"]}


def test_one_organization_is_entered_twice(net: Network) -> None:
    first, second = STORIES["entered_twice"]["organizations"]
    rows = net.organizations.loc[[first, second]]
    assert (rows["zip"] == STORIES["entered_twice"]["zip"]).all()
    assert rows["kind"].nunique() == 1
    assert (rows[["ccn", "npi", "ein", "uei"]] == "").all().all()
    assert pair_ties(net, first, second).empty
    partners = [set(draw_graph(net)[each]) for each in (first, second)]
    assert all(partners) and not partners[0] & partners[1]


def test_a_partner_waits_to_be_introduced(net: Network) -> None:
    story = STORIES["recommended_partner"]
    a, b = story["organizations"]
    assert pair_ties(net, a, b).empty
    graph = draw_graph(net, without=net.convener)
    assert sorted(set(graph[a]) & set(graph[b])) == story["shared_partners"]
    services = net.table("services").groupby("organization")["service"].agg(set)
    assert sorted(services[a] & services[b]) == story["shared_services"]
    groups = net.table("memberships").groupby("organization")["group"].agg(set)
    assert sorted(groups[a] & groups[b]) == story["shared_groups"]
    areas = net.table("service_areas").groupby("organization")["place"].agg(set)
    assert sorted(areas[a] & areas[b]) == story["shared_counties"]
    for end in (a, b):
        ties = pair_ties(net, end, story["introducer"])
        assert (ties["level"] == "executive").any()
        assert ties["last_contact"].max() >= pd.Timestamp("2026-06-01")


@pytest.mark.slow
def test_no_pair_shares_more_services_without_a_tie(net: Network) -> None:
    pair = STORIES["recommended_partner"]["organizations"]
    services = net.table("services").groupby("organization")["service"].agg(set)
    shared = {
        (a, b): len(services[a] & services[b])
        for a, b in itertools.combinations(sorted(services.index), 2)
        if net.organizations.loc[[a, b], "county_fips"].nunique() == 1
        and pair_ties(net, a, b).empty
    }
    assert max(shared, key=lambda ends: shared[ends]) == tuple(sorted(pair))


def test_one_tie_is_dormant(net: Network) -> None:
    story = STORIES["dormant_tie"]
    reported = net.table("ties")
    old = reported[reported["last_contact"] < net.newest_date - pd.DateOffset(months=24)]
    pairs = {frozenset(ends) for ends in zip(old["source"], old["target"], strict=True)}
    assert pairs == {frozenset(story["organizations"])}
    assert (old["last_contact"] == pd.Timestamp(story["last_contact"])).all()


def test_two_waves_tell_what_changed(net: Network, earlier: Network) -> None:
    story = STORIES["changes"]
    assert sorted(set(net.ids) - set(earlier.ids)) == story["joined"]
    assert sorted(set(earlier.ids) - set(net.ids)) == story["left"]
    both = net.ids.intersection(earlier.ids)
    kinds = net.organizations.loc[both, "kind"] != earlier.organizations.loc[both, "kind"]
    assert list(kinds[kinds].index) == [story["changed_kind"]]
    now, then = draw_graph(net).subgraph(both), draw_graph(earlier).subgraph(both)
    assert len(nx.difference(now, then).edges) >= 15
    assert len(nx.difference(then, now).edges) >= 10


def test_money_passed_on_stays_within_its_parent(net: Network) -> None:
    funding = net.table("funding")
    passed = funding[funding["parent_award"] != ""].groupby("parent_award")["amount"].sum()
    assert sorted(passed.index) == STORIES["money_passed_on"]["parents"]
    parents = funding.set_index("award")["amount"]
    assert (passed < parents[passed.index]).all()


def test_some_stand_alone(net: Network) -> None:
    story = STORIES["alone"]
    components = sorted(map(sorted, nx.connected_components(draw_graph(net))), key=len)
    assert sorted(itertools.chain(*components[:4])) == story["isolates"]
    assert components[4:-1] == [story["component"]]


def test_some_have_no_voice(net: Network) -> None:
    story, voices = STORIES["voices"], net.table("voices")
    spoken = voices.set_index(["population", "county_fips"])["organization"]
    assert (story["population"], story["silent"]) not in spoken.index
    speaker = spoken.loc[(story["population"], story["heard"])]
    assert net.name(str(speaker)) == story["speaks"]
    rows = net.table("residents").merge(net.table("disparities"), on=["county_fips", "population"])
    worse = rows[rows["county_fips"] == story["silent"]].iloc[0]
    needs = net.table("needs").set_index(["county_fips", "indicator"])["value"]
    assert worse["share"] > 30 and worse["low"] > needs[story["silent"], worse["indicator"]]
    none = voices.loc[voices["advisory_seats"] == 0, "organization"]
    assert none.tolist() == [story["without_seat"]]
