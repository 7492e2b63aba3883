"""What partners and the public must not see is in no byte of what is written for them."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

import partnet as pn
from partnet.core.network import Network
from partnet.core.schema import TABLES
from partnet.report.render import RENDERERS

from ..builders import make_network

DAY = "2026-06-30"
READER = "cedar-county-hospital"
# Columns whose every cell gets a secret; the secret names table and column, so that a leak does.
SECRET = {
    "organizations": ("challenges", "savings"),
    "ties": ("evidence",),
    "memberships": ("role", "remark"),
    "contacts": ("person", "topic", "by"),
    "people": ("person", "role"),
    "agreements": ("role", "topic"),
    "outcomes": ("outcome", "note"),
    "attendance": ("session", "note"),
    "judgments": ("note",),
    "feedback": ("note",),
    "ratings": ("dimension",),
    "promising_practices": ("result", "source"),
    "residents": ("source",),
    "disparities": ("source",),
}
TOKEN = re.compile(rb"qzx[a-z_]+qzx", re.IGNORECASE)
FREE_FOR_PARTNERS = {"qzxpeople_personqzx", "qzxpeople_roleqzx", "qzxagreements_roleqzx",
                     "qzxagreements_topicqzx", "qzxmemberships_roleqzx",
                     "qzxpromising_practices_resultqzx",
                     "qzxpromising_practices_sourceqzx", "qzxresidents_sourceqzx",
                     "qzxdisparities_sourceqzx"}  # fmt: skip


def make_tables(salt: str = "") -> dict[str, pd.DataFrame]:
    """The sample with every register filled and secrets in all that must not be seen."""
    whole = pn.load_sample("prairie")
    net = whole.subnetwork(sorted({*whole.ids[::6], READER, whole.convener}))
    tables = {name: net.table(name).drop(columns="provenance") for name in TABLES}
    ids = net.ids.to_series(index=range(net.n))
    others = ids.iloc[::-1].reset_index(drop=True)
    tables["people"] = pd.DataFrame({"person": "", "organization": ids, "level": "staff"})
    tables["outcomes"] = pd.DataFrame(
        {"outcome": "", "organization": ids, "other": others, "type": "action step"}
    )
    tables["attendance"] = pd.DataFrame({"organization": ids, "held_on": DAY, "answer": "no"})
    tables["judgments"] = pd.DataFrame({"a": ids[:20], "b": others[:20], "judgment": "same"})
    tables["feedback"] = pd.DataFrame(
        {"organization": ids, "partner": others, "answer": "declined"}
    )
    tables["ratings"] = pd.DataFrame({"rater": ids, "rated": others, "value": 77123.25})
    tables["promising_practices"] = pd.DataFrame(
        {"practice": "Night nurse", "organization": ids[:2]}
    )
    tables["voices"] = pd.DataFrame({"organization": ids[:2], "population": "older adults"})
    people = {"county_fips": "31027", "population": "older adults"}
    tables["residents"] = pd.DataFrame([{**people, "people": 500}])
    tables["disparities"] = pd.DataFrame([{**people, "indicator": "falls, percent", "value": 30}])
    for name, columns in SECRET.items():
        for column in columns:
            tables[name][column] = f"qzx{name}_{column}qzx{salt}"
    tables["organizations"]["ein"] = [f"98{k:07d}" for k in range(net.n)]
    tables["organizations"]["npi"] = [f"8765{k:06d}" for k in range(net.n)]
    return {name: frame for name, frame in tables.items() if len(frame)}


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Network:
    folder = tmp_path_factory.mktemp("files") / "qzxfolder_nameqzx"
    folder.mkdir()
    for name, frame in make_tables().items():
        frame.to_csv(folder / f"{name}.csv", index=False)
    (folder / "ties.csv").open("a", encoding="utf-8").write("qzxwrong_rowqzx,stranger,referral\n")
    return pn.read_network(folder)


def write_everything(net: Network, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file and every result that partnet can make for this reader, unpacked."""
    yield from write_files(net, folder)
    verbs: tuple[Callable[..., pn.Result], ...] = (
        pn.describe_network, pn.measure_centrality, pn.measure_structure, pn.find_bridges,
        pn.find_gaps, pn.recommend_partners, pn.plan_introductions,
    )  # fmt: skip
    for verb in verbs:
        yield verb.__name__, verb(net, as_of=DAY).to_json().encode()
    yield "summary", repr(net).encode() + net._repr_html_().encode()
    yield "explain_pair", pn.explain_pair(net, *net.ids[:2], as_of=DAY).to_json().encode()


def write_files(net: Network, folder: Path) -> Iterator[tuple[str, bytes]]:
    """The report in every format, and the tables as CSV and Excel."""
    report = pn.build_report(net, as_of=DAY)
    for ending, render in RENDERERS.items():
        yield from unpack(f"report{ending}", render(report))
    for path in sorted(pn.write_network(net, folder / "tables").iterdir()):
        yield path.name, path.read_bytes()
    yield from unpack("tables.xlsx", pn.write_network(net, folder / "net.xlsx").read_bytes())


def unpack(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, what is zipped in it, and what stands in it as base64."""
    yield name, content
    if name.endswith(("xlsx", "docx", "pptx")):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for member in book.namelist():
                yield f"{name}/{member}", book.read(member)
    for k, data in enumerate(re.findall(rb"base64,([A-Za-z0-9+/=]+)", content)):
        yield f"{name}/picture {k}", base64.b64decode(data)


def find_tokens(files: Iterator[tuple[str, bytes]]) -> set[str]:
    return {hit.decode().lower() for _, data in files for hit in TOKEN.findall(data)}


@pytest.mark.slow
def test_the_secrets_are_really_there(net: Network, tmp_path: Path) -> None:
    """Else the tests below could not fail."""
    found = find_tokens(write_everything(net, tmp_path))
    expected = {f"qzx{name}_{column}qzx" for name, columns in SECRET.items() for column in columns}
    assert expected <= found | {"qzxmemberships_remarkqzx"}
    assert any("qzxwrong_rowqzx" in str(problem) for problem in net.problems)
    assert net.table("ties")["provenance"].str.len().gt(0).any()


@pytest.mark.slow
def test_the_public_sees_no_secret_in_any_byte(net: Network, tmp_path: Path) -> None:
    public = net.for_audience("public")
    files = list(write_everything(public, tmp_path))
    assert find_tokens(iter(files)) == set()
    for name, data in files:
        assert not re.search(rb"\b98-?0000\d{3}\b|8765000\d{3}|77123\.25", data), name
        assert b"cut off from the main component" not in data, name
        assert b"qzx" not in data.lower(), name


@pytest.mark.slow
def test_a_partner_sees_its_own_secrets_only(net: Network, tmp_path: Path) -> None:
    partner = net.for_audience("partner", "Cedar County Hospital")
    for name in ("contacts", "ratings", "feedback"):
        frame = partner.table(name)
        owner = "rater" if name == "ratings" else "organization"
        assert set(frame[owner]) == {READER}, name
    assert set(partner.table("outcomes")[["organization", "other"]].eq(READER).any(axis=1)) == {
        True
    }
    profile = partner.organizations["challenges"]
    assert profile.index[profile != ""].tolist() == [READER]
    assert (partner.table("ties")["reported_by"] == "").all()
    assert partner.table("responses").empty and partner.table("judgments").empty
    for audience in (net.for_audience("partner"), partner):
        assert not audience.problems and audience.audience == "partner"
    nobody = find_tokens(write_everything(net.for_audience("partner"), tmp_path))
    assert nobody <= FREE_FOR_PARTNERS


@pytest.mark.slow
def test_what_is_hidden_changes_no_byte(tmp_path: Path) -> None:
    """Other reporters, ratings, contacts, answers and words: the public files stay the same."""
    first = make_tables()
    second = make_tables(salt="other")
    second["ties"] = second["ties"].assign(reported_by=second["ties"]["target"])
    second["responses"] = second["responses"].assign(answered="no")
    second["ratings"] = second["ratings"].assign(value=1.0)
    second["contacts"] = second["contacts"].iloc[::2]
    second["people"] = second["people"].iloc[:5]
    for audience in ("public", "partner"):
        made = []
        for k, tables in enumerate((first, second)):
            tables = tables | {
                "agreements": first["agreements"],
                "memberships": first["memberships"],
            }
            if audience == "partner":
                seen = ("people", "promising_practices", "residents", "disparities")
                tables |= {name: first[name] for name in seen}
            folder = tmp_path / f"{audience}{k}"
            folder.mkdir()
            shown = pn.read_network(tables).for_audience(audience)  # type: ignore[arg-type]
            made.append(dict(write_files(shown, folder)))
        changed = [name for name, data in made[0].items() if made[1][name] != data]
        assert not changed, audience


def test_for_the_public_nothing_breaks() -> None:
    net = make_network("abc", ["ab", "bc"]).for_audience("public")
    found = pn.find_bridges(net)
    assert "n_cut_off" not in found.table and found.tables["what_breaks"].empty
    assert "leaves" not in found.text and "alone" not in found.text
    assert len(pn.find_bridges(make_network("abc", ["ab", "bc"])).tables["what_breaks"]) == 1


def test_nobody_else_is_called_unseen_where_contacts_are_hidden() -> None:
    organizations = [{"id": o, "name": o, "kind": "CAH"} for o in "abc"]
    contacts = [{"organization": "a", "date": "2020-01-01"}]
    net = make_network(organizations, contacts=contacts)
    assert len(pn.find_gaps(net, "contact", as_of=DAY).table) == 3
    shown = pn.find_gaps(net.for_audience("partner", "a"), "contact", as_of=DAY)
    assert shown.table["organization"].tolist() == ["a"]
    hidden = pn.find_gaps(net.for_audience("public"), "contact", as_of=DAY)
    assert hidden.table.empty and "not shown" in hidden.text


def test_what_was_left_out_does_not_come_back(tmp_path: Path) -> None:
    net = pn.load_sample("prairie")
    public = net.for_audience("public")
    assert public.for_audience("internal") is not net
    assert public.for_audience("partner", READER).audience == "public"
    pn.write_network(public, tmp_path / "public")
    again = pn.read_network(tmp_path / "public")
    assert again.audience == "public" and again.at(DAY).audience == "public"
    assert net.for_audience("internal") is net


def test_results_agree_with_the_internal_ones_on_what_is_shown() -> None:
    """Reports of one tie become one row; who has how many partners and lies between stays."""
    net = pn.load_sample("prairie")
    tables = {name: net.table(name) for name in net.tables if name != "responses"}
    whole = pn.measure_centrality(pn.read_network(tables), as_of=DAY).table
    shown = pn.measure_centrality(net.for_audience("public"), as_of=DAY).table
    columns = ["degree", "betweenness", "harmonic", "coreness"]
    pd.testing.assert_frame_equal(whole[columns], shown[columns], rtol=1e-9)


@pytest.mark.parametrize(
    "kind", ["meeting", "Meetings", "meeting series", "standing meeting", "weekly call", "Workshop"]
)
def test_who_sits_in_a_meeting_is_not_shown(kind: str) -> None:
    rows = [{"organization": o, "group": "the group", "group_kind": kind} for o in "abc"]
    net = make_network("abc", memberships=rows)
    assert net.for_audience("public").table("memberships").empty
    assert net.for_audience("partner", "b").table("memberships")["organization"].tolist() == ["b"]


def test_who_is_in_a_network_is_shown() -> None:
    rows = [{"organization": o, "group": "g", "group_kind": "health network"} for o in "abc"]
    assert (
        len(make_network("abc", memberships=rows).for_audience("public").table("memberships")) == 3
    )


def test_addresses_and_telephone_numbers_are_left_out_wherever_they_stand() -> None:
    said = "Jo, jo@x.org, (402) 555-0199, 47-1234567"
    services = [
        {"organization": "a", "service": f"rides {said}"},
        {"organization": "b", "service": "x"},
    ]
    for shown in ("partner", "public"):
        net = make_network("ab", services=services).for_audience(shown)  # type: ignore[arg-type]
        text = net.table("services")["service"].tolist()
        assert text == ["rides Jo, [left out], [left out], [left out]", "x"]


@pytest.mark.parametrize(
    ("audience", "organization", "words"),
    [("board", None, "found 'board'"), ("public", "a", "Only what is made for a partner")],
)
def test_wrong_audiences_are_named(audience: str, organization: str | None, words: str) -> None:
    with pytest.raises(pn.UsageError, match=words):
        make_network("ab").for_audience(audience, organization)  # type: ignore[arg-type]


def test_degenerate_networks_can_be_shown() -> None:
    for net in (make_network(), make_network("a"), make_network("ab", ["ab"])):
        for audience in ("partner", "public"):
            shown = net.for_audience(audience)  # type: ignore[arg-type]
            assert shown.n == net.n and len(shown.table("ties")) == len(net.table("ties"))
            assert pn.find_gaps(shown).text and pn.find_bridges(shown).text
