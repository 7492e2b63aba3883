"""What is written comes back: the user's words, columns, line breaks, early and far dates."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from partnet import InputError, UsageError, read_network, write_network
from partnet.core.vocabulary import default_vocabulary
from partnet.io.tables import own_tables

WORDS = {
    "sectors": {"arts": "Arts; and culture"},
    "kinds": {
        "robot": {
            "label": "Robot", "sector": "arts", "plural": "Robots",
            "aliases": ["bot", "android; old", 'say "hi"', "a = b"],
        }
    },
    "relations": {
        "hug": {
            "label": "hug", "phrase": "hugs", "directed": True, "working": False, "exact": True,
            "aliases": ["embrace"], "levels": {"0.5": ["half hug"]},
        }
    },
    "ladders": {
        "love": {
            "label": "love", "levels": ["like", "love"], "numbers": "strongest first",
            "aliases": {"love": ["adore", "a; b"]},
        }
    },
    "none": {"answers": ["nothing at all"]},
}  # fmt: skip


@pytest.mark.parametrize("name", ["net", "net.xlsx"])
def test_own_words_come_back(tmp_path: Path, name: str) -> None:
    words = default_vocabulary().extend(WORDS)
    organizations = pd.DataFrame({"name": ["A", "B"], "kind": ["robot", "bot"]})
    ties = pd.DataFrame(
        {
            "source": ["A", "B"],
            "target": ["B", "A"],
            "relation": "hug",
            "strength": ["adore", "like"],
        }
    )
    net = read_network({"organizations": organizations, "ties": ties}, vocabulary=words)
    assert not net.problems
    write_network(net, tmp_path / name)
    back = read_network(tmp_path / name)
    assert back == net and back.vocabulary == words and not back.problems


ODD = ["a\rb", "a\r\nb", "x\ufffey", "\ud800z", "_x0041_", "'", "''=1", "\x85", "\u2028q", "a\tb",
       "\uff1d1+1", "'\uff20x", "\uff0b1", "\uff0d1"]  # fmt: skip


@pytest.mark.parametrize("name", ["net", "net.xlsx"])
def test_odd_cells_come_back(tmp_path: Path, name: str) -> None:
    texts = pd.Series(ODD, dtype="object")
    names = [f"N{k}" for k in range(len(ODD))]
    organizations = pd.DataFrame({"name": names, "kind": "hospital", "Amount": texts})
    organizations["organization_other"] = texts
    groups = pd.DataFrame(
        {"organization": ["N0", "N1", "N2"], "group": "G",
         "since": ["1900-01-01", "1900-02-28", "1901-01-01"], "until": ["", "2100-12-31", ""]}
    )  # fmt: skip
    net = read_network({"organizations": organizations, "memberships": groups})
    write_network(net, tmp_path / name)
    back = read_network(tmp_path / name)
    amounts = [each.table("organizations")["Amount"].tolist() for each in (back, net)]
    assert amounts[0] == amounts[1] and amounts[0][0] == "a\nb"
    assert back == net


def test_tables_wider_than_any_sheet_are_written_as_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_tables, "EXCEL_COLUMNS", 8)
    frame = pd.DataFrame([["A", "food", *"12345678"]], columns=["name", "kind", *"abcdefgh"])
    net = read_network({"organizations": frame})
    with pytest.raises(UsageError, match=r"found 12 columns\. An Excel sheet holds 8"):
        write_network(net, tmp_path / "net.xlsx")
    assert read_network(write_network(net, tmp_path / "net")) == net


def test_rows_are_the_same_only_where_all_columns_are() -> None:
    names = ["a", "b", *(f"c{k}" for k in range(20))]
    rows = [["A", "B", *"0" * 20], ["A", "B", *"0" * 19, "1"], ["A", "B", *"0" * 20]]
    ties = pd.DataFrame(rows, columns=["source", "target", *names[2:]])
    organizations = pd.DataFrame({"name": ["A", "B"], "kind": "food"})
    net = read_network({"organizations": organizations, "ties": ties})
    assert net.table("ties")["c19"].tolist() == ["0", "1"]
    assert [p.where.row for p in net.problems if "cell for cell" in p.found] == [3]


def test_numbers_of_17_digits_come_back_from_a_workbook(tmp_path: Path) -> None:
    amounts = [0.1 + 0.2, 123456789012345678.0, 1 / 3, 5.0, 0.5]
    funding = pd.DataFrame({"funder": "A", "recipient": "B", "program": list("pqrst")})
    funding["amount"] = amounts
    organizations = pd.DataFrame({"name": ["A", "B"], "kind": "food"})
    net = read_network({"organizations": organizations, "funding": funding})
    back = read_network(write_network(net, tmp_path / "net.xlsx"))
    assert back.table("funding")["amount"].tolist() == amounts and back == net


@pytest.mark.parametrize("where", ["cell", "header", "word"])
def test_what_no_cell_of_excel_holds_is_written_as_a_folder(tmp_path: Path, where: str) -> None:
    """Cut, two groups whose names begin alike would be one."""
    long = "x" * 32_767
    frame = pd.DataFrame({"name": ["A", "B"], "kind": "food"})
    tables = {"organizations": frame}
    if where == "cell":
        groups = {"organization": ["A", "B"], "group": [f"{long}1", f"{long}2"]}
        tables["memberships"] = pd.DataFrame(groups)
    words = default_vocabulary()
    if where == "header":
        frame[f"{long}1"] = "y"
    if where == "word":
        words = words.extend({"kinds": {"robot": {"sector": "other", "aliases": [f"{long}1"]}}})
    net = read_network(tables, vocabulary=words)
    with pytest.raises(UsageError, match=r"of 32,7\d\d characters\. A cell of Excel holds 32,767"):
        write_network(net, tmp_path / "net.xlsx")
    assert not (tmp_path / "net.xlsx").exists()
    assert read_network(write_network(net, tmp_path / "net")) == net


def test_an_id_that_is_no_short_text_is_refused_with_its_place() -> None:
    ids = ["x" * 1_000, "x" * 1_001, "c"]
    organizations = pd.DataFrame({"id": ids, "name": ["A", "B", "C"], "kind": "food"})
    ties = pd.DataFrame({"source": ids[:2], "target": "c", "relation": "referral"})
    net = read_network({"organizations": organizations, "ties": ties})
    assert net.ids.tolist() == ["b", "c", "x" * 1_000] and len(net.ties) == 1
    first, second = net.problems
    assert first.where.row == 2 and "of 1,001 characters" in first.found
    assert first.set_aside == "cell" and second.set_aside == "row"
    assert all(len(str(problem)) < 1_000 for problem in net.problems)


@pytest.mark.parametrize("letter", ["x", "x x"])
def test_ids_made_of_long_names_come_back(tmp_path: Path, letter: str) -> None:
    names = [letter * 5_000 + end for end in ("a", "b", " c")]
    net = read_network({"organizations": pd.DataFrame({"name": names, "kind": "food"})})
    assert net.n == 3 and max(map(len, net.ids)) <= 1_000
    for name in ("net", "net.xlsx"):
        assert read_network(write_network(net, tmp_path / name)) == net


def test_a_cell_that_could_not_be_read_again_is_refused(tmp_path: Path) -> None:
    longest = pd.DataFrame({"name": ["A", "B"], "kind": "food", "note": ["=" + "x" * 999_999, ""]})
    net = read_network({"organizations": longest})
    assert read_network(write_network(net, tmp_path / "net")) == net
    longest.loc[1, "note"] = "y" * 1_000_001
    with pytest.raises(InputError, match=r"row 2: found a cell of 1,000,001 characters\. A cell"):
        read_network({"organizations": longest})


@pytest.mark.parametrize("title", ["memberships", "Memberships"])
def test_a_group_called_by_a_number_is_no_mark(tmp_path: Path, title: str) -> None:
    """In our own table; in a matrix of that name the columns are groups and 1 is a mark."""
    (tmp_path / "organizations.csv").write_text("name,kind\nA,food\nB,food\n", "utf-8")
    path = tmp_path / f"{title}.csv"
    path.write_text("organization,group,role,since\nA,1,,\nB,1,,\n", "utf-8")
    assert read_network(tmp_path).table("memberships")["group"].tolist() == ["1", "1"]
    path.write_text("organization,Food Council,Health Alliance\nA,1,\nB,1,1\n", "utf-8")
    groups = read_network(tmp_path).table("memberships")["group"].tolist()
    assert sorted(groups) == ["Food Council", "Food Council", "Health Alliance"]
