"""Reading: aliases, blanks, encodings, ids, references, provenance, round trips."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings

from partnet import InputError, UsageError, read_network, write_network
from partnet.core.network import Network
from partnet.io.read import set_aside_rows

from ..builders import make_network, networks


def write_folder(folder: Path, **tables: str | bytes) -> Path:
    for name, text in tables.items():
        content = text.encode("utf-8") if isinstance(text, str) else text
        (folder / f"{name}.csv").write_bytes(content)
    return folder


def test_columns_are_matched_by_alias_in_any_order_and_case(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        organizations="Type,ORGANIZATION NAME,Favorite color\nCAH,Cedar County Hospital,green\n"
        "ambulance service,Valley EMS,\n",
        ties="To,From,Type of tie,Frequency\nValley EMS,cedar county hospital,referral,Monthly\n",
    )
    net = read_network(folder)
    assert net.problems == ()
    assert net.organizations["kind"].tolist() == ["critical_access_hospital", "ems_agency"]
    assert net.organizations["Favorite color"].tolist() == ["green", ""]
    tie = net.ties.iloc[0]
    assert (tie.source, tie.target, tie.strength, tie.answer) == (
        "cedar-county-hospital",
        "valley-ems",
        pytest.approx(0.6),
        "Monthly",
    )
    assert tie.provenance == "ties.csv, row 2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "name,kind\nClínica Peñasco,clinic\n"
    net = read_network(write_folder(tmp_path, organizations=text.encode(encoding)))
    assert net.names.tolist() == ["Clínica Peñasco"]
    assert len(net.problems) == (encoding == "cp1252")


def test_blank_words_count_as_blank_and_are_said(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        organizations="name,kind,zip,county_fips,latitude,ccn\n"
        "A,hospital,N/A,,-999,28130\nB,hospital,36003,1001,Not Available,\n",
    )
    net = read_network(folder)
    assert net.organizations["zip"].tolist() == ["", "36003"]
    assert net.organizations["county_fips"].tolist() == ["", "01001"]
    assert net.organizations["state"].tolist() == ["", "AL"]
    assert net.organizations["ccn"].tolist() == ["028130", ""]
    assert net.organizations["latitude"].isna().all()
    assert {p.level for p in net.problems} == {"note"} and len(net.problems) == 5


def test_leading_empty_rows_keep_row_numbers_true(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, organizations='\n\nname,kind\n"A\nB",hospital\n,hospital\n')
    net = read_network(folder)
    assert net.names.tolist() == ["A\nB"]
    assert [str(p.where) for p in net.problems] == ['organizations.csv, row 5, column "name"']


def test_ids_are_made_from_names_and_repeats_are_told() -> None:
    rows = [{"name": "St. Mary's"}, {"name": "St. Mary's"}, {"name": "X", "id": "st-marys"}]
    frame = pd.DataFrame(rows).fillna("").assign(kind="hospital")
    net = read_network({"organizations": frame})
    assert net.ids.tolist() == ["st-marys", "st-marys-2", "st-marys-3"]
    assert [p.level for p in net.problems] == ["note", "note"]


def test_ties_resolve_by_id_then_unique_name() -> None:
    rows = [{"id": "a", "name": "Same"}, {"id": "b", "name": "Same"}, {"id": "c", "name": "a"}]
    ties = [("a", "c"), ("Same", "c"), ("A ", "b")]
    net = make_network([{**row, "kind": "food"} for row in rows], ties)
    assert net.ties[["source", "target"]].values.tolist() == [["a", "c"], ["c", "b"]]
    assert "2 organizations have this name" in net.problems[0].fix


def test_the_same_row_twice_is_used_once_and_told() -> None:
    net = make_network("ab", [("a", "b", "referral"), ("a", "b", "referral")])
    assert len(net.ties) == 1 and "cell for cell" in net.problems[0].found


def test_self_ties_and_unknown_partners_are_set_aside() -> None:
    net = make_network("ab", [("a", "a"), ("a", "zz"), ("a", "b")])
    assert len(net.ties) == 1 and set_aside_rows(net.problems) == 2


def test_level_numbers_go_by_their_ladder_else_by_the_largest() -> None:
    tie = {"source": "a", "target": "b", "relation": "contract", "strength": 3}
    assert make_network("ab", [{**tie, "ladder": "intensity"}]).ties.strength[0] == 0.75
    net = make_network("abc", [tie, {**tie, "target": "c", "strength": 4}])
    assert net.ties.strength.tolist() == [0.75, 1.0] and "divided by 4" in net.problems[0].fix


def test_a_scale_where_one_is_strongest_gives_the_same_network(tmp_path: Path) -> None:
    vocabulary = "what,name,levels,numbers\nladder,Closeness,low; middle; high,{}\n"
    frames = []
    for direction, codes in (("weakest first", "123"), ("strongest first", "321")):
        folder = tmp_path / direction.replace(" ", "")
        folder.mkdir()
        rows = "".join(f"a,{t},contract,{c},Closeness\n" for t, c in zip("bcd", codes, strict=True))
        write_folder(
            folder,
            organizations="name,kind\na,food\nb,food\nc,food\nd,food\n",
            ties="source,target,relation,strength,ladder\n" + rows,
            vocabulary=vocabulary.format(direction),
        )
        frames.append(read_network(folder).ties["strength"].tolist())
    assert frames[0] == frames[1] == pytest.approx([1 / 3, 2 / 3, 1])


def test_users_add_their_own_words(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.toml").write_text(
        '[kinds.garden]\nlabel = "community garden"\nsector = "food"\naliases = ["plot"]\n',
        encoding="utf-8",
    )
    net = read_network(write_folder(tmp_path, organizations="name,kind\nA,Plots\n"))
    assert net.organizations[["kind", "sector"]].values.tolist() == [["garden", "food"]]


def test_an_unknown_kind_counts_as_other_and_is_told() -> None:
    net = make_network([{"name": "A", "kind": "Behavorial healht"}, {"name": "B", "kind": "food"}])
    assert net.organizations["kind"].tolist() == ["other", "food"]
    assert "Did you mean behavioral health" in net.problems[0].fix


def test_convener_by_argument() -> None:
    frame = pd.DataFrame({"name": ["Office", "B"], "kind": ["funder", "food"]})
    assert read_network({"organizations": frame}, convener="office").convener == "office"
    with pytest.raises(UsageError, match="not in this network"):
        read_network({"organizations": frame}, convener="Ofice")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing", None, "nothing there"),
        ("net.dat", b"name,kind\n", "type .dat"),
        ("net.xlsx", b"", "an empty file"),
        ("net.xlsx", b"name,kind\nA,food\n", "a text file"),
        ("net.xlsx", b"<html><table></table></html>", "a web page"),
        ("net.xlsx", b"PK\x03\x04 not really", "damaged workbook"),
        ("net.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "old workbook"),
        ("~$net.xlsx", b"lock", "lock file"),
    ],
)
def test_what_cannot_be_opened_gets_a_sentence(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_network(path)


def test_without_organizations_the_sentence_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs a table organizations"):
        read_network(write_folder(tmp_path, needs="county_fips,indicator,value\n31027,x,1\n"))


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_tiny_networks(rows: int) -> None:
    net = make_network("ab"[:rows])
    assert net.n == rows and net.ties.empty


@pytest.mark.slow
@given(networks())
def test_reading_what_was_written_gives_the_same_network(
    tmp_path_factory: pytest.TempPathFactory, net: Network
) -> None:
    folder = tmp_path_factory.mktemp("net")
    assert read_network(write_network(net, folder / "net")) == net


@pytest.mark.slow
@settings(max_examples=15)
@given(networks())
def test_a_workbook_holds_the_same_network(
    tmp_path_factory: pytest.TempPathFactory, net: Network
) -> None:
    folder = tmp_path_factory.mktemp("net")
    assert read_network(write_network(net, folder / "net.xlsx")) == net


def test_hostile_names_survive_a_round_trip_and_are_harmless(tmp_path: Path) -> None:
    names = ["=HYPERLINK(1)", "+1", "-x", "@y", "'quoted", "<b>bold</b>", "tab\tin", "'=x"]
    net = make_network([{"id": f"o{k}", "name": n, "kind": "food"} for k, n in enumerate(names)])
    folder = write_network(net, tmp_path / "net")
    assert read_network(folder) == net
    lines = (folder / "organizations.csv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [line.split(",")[1].strip('"') for line in lines]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    assert read_network(write_network(net, tmp_path / "net.xlsx")) == net


@pytest.mark.slow
def test_two_hundred_thousand_rows(tmp_path: Path) -> None:
    rows = "".join(f"o{k},Organization {k},food\n" for k in range(5_000))
    ties = "".join(f"o{k % 5000},o{(k * 7 + 1) % 5000},referral,monthly\n" for k in range(200_000))
    folder = write_folder(
        tmp_path,
        organizations="id,name,kind\n" + rows,
        ties="source,target,relation,strength\n" + ties,
    )
    net = read_network(folder)
    assert len(net.table("ties")) + set_aside_rows(net.problems) <= 200_000
    assert len(net.table("ties")) == len({line for line in ties.splitlines()}) - sum(
        k % 5000 == (k * 7 + 1) % 5000 for k in range(5_000)
    )


def test_a_taken_id_is_said_to_be_that_of_the_name_or_of_the_letters() -> None:
    """Two names of which one id is made are not one name; of one name with two ids it is said."""
    names = ["医院一0", "医院丁0", "Cedar", "cedar", "St. Mary's", "St Mary's"]
    frame = pd.DataFrame({"name": names, "kind": "hospital"})
    found = [(said.found, said.fix) for said in read_network({"organizations": frame}).problems]
    told = [text for text, fix in found if "It got the id" in fix]
    assert told == [
        '"医院丁0", a name that makes the id 0, which another organization has',
        '"cedar", a name that stands above already',
        '"St Mary\'s", a name that makes the id st-marys, which another organization has',
    ]


def test_an_endless_number_is_not_called_misspelt() -> None:
    frame = pd.DataFrame({"name": ["A", "B"], "kind": "hospital"})
    amounts = pd.DataFrame(
        {"recipient": ["A", "B"], "program": "P", "amount": ["9" * 400, "9" * 400 + "x"]}
    )
    found = read_network({"organizations": frame, "funding": amounts}).problems
    fixes = [said.fix for said in found if said.where.column == "amount"]
    assert [fix.split(":")[0].split(" only")[0] for fix in fixes] == ["Check it", "Write digits"]
