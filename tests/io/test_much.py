"""Much of anything costs in proportion: columns, names, rows that are wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import partnet as pn
from partnet.core.vocabulary import fold_word
from partnet.core.wording.names import NameIndex
from partnet.io.headers import words as header_words
from partnet.io.typed import identity
from partnet.io.values import parse

MANY = (20_000, 190_000, 200_000)  # columns, wrong rows, names


def write_wide(folder: Path, columns: int) -> Path:
    """Write two organizations with so many columns of their own."""
    names = [f"own {k}" for k in range(columns)]
    lines = [f"name,kind,{','.join(names)}"] + [f"{n},CAH{',x' * columns}" for n in ("A", "B")]
    (folder / "organizations.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def write_long(folder: Path, organizations: int, wrong: int) -> Path:
    """Write so many organizations, and so many ties with somebody who is none of them."""
    names = [f"Hospital of {k:06d} Valley" for k in range(organizations)]
    lines = ["name,kind", *(f"{name},CAH" for name in names)]
    (folder / "organizations.csv").write_text("\n".join(lines), encoding="utf-8")
    ties = [f"{names[k % organizations]} x{k},{names[0]},referral" for k in range(wrong)]
    text = "\n".join(["source,target,relation", *ties])
    (folder / "ties.csv").write_text(text, encoding="utf-8")
    return folder


def test_headers_are_folded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[str] = []

    def count(text: str) -> str:
        folded.append(text)
        return fold_word(text)

    monkeypatch.setattr(header_words, "fold_word", count)
    header_words.fold_texts.cache_clear()
    net = pn.read_network(write_wide(tmp_path, 500))
    assert net.organizations["own 499"].tolist() == ["x", "x"]
    own = [text for text in folded if text.startswith("own ")]
    assert len(own) == 2 * 500  # as they stand, and without a remark


def test_few_lost_names_are_compared_with_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "MOST_COMPARED", 200)
    compared: list[int] = []
    suggest = NameIndex.suggest

    def count(self: NameIndex, text: str, most: int = 1) -> list[str]:
        compared.append(len(self.name_of))
        return suggest(self, text, most)

    monkeypatch.setattr(NameIndex, "suggest", count)
    net = pn.read_network(write_long(tmp_path, 40, 30))
    hints = [problem.fix.startswith("Did you mean Hospital of") for problem in net.problems]
    assert sum(compared) == 200 and len(hints) == 30
    assert hints == [True] * 5 + [False] * 25


def test_few_unknown_words_are_compared_with_all_that_are_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parse, "MOST_SUGGESTED", 3)
    kinds = [f"hospitalx{k}" for k in range(8)]
    frame = pd.DataFrame({"name": [f"A{k}" for k in range(8)], "kind": kinds})
    net = pn.read_network({"organizations": frame})
    problems = [problem for problem in net.problems if problem.level == "error"]
    assert [p.fix.startswith("Did you mean") for p in problems] == [True] * 3 + [False] * 5


@pytest.mark.slow
def test_as_much_as_strangers_send(tmp_path: Path) -> None:
    columns, wrong, names = MANY
    for name in ("wide", "wrong", "long"):
        (tmp_path / name).mkdir()
    assert (
        len(pn.read_network(write_wide(tmp_path / "wide", columns)).organizations.columns) > columns
    )
    found = pn.check_tables(write_long(tmp_path / "wrong", 10_000, wrong))
    assert (found.table["level"] == "error").sum() == wrong
    assert len(pn.read_network(write_long(tmp_path / "long", names, 10))) == names


@pytest.mark.parametrize("mark", ["-", " ", "(", "[", ": ", "- ", "a ", "1", "_", "a@", "1,"])
def test_a_long_cell_is_looked_at_once(mark: str) -> None:
    """Of patterns that try again at every mark, 20,000 of them would take minutes."""
    long = f"A{mark * 20_000}B"
    organizations = pd.DataFrame({"name": ["Alder", long], "kind": ["food", long]})
    ties = pd.DataFrame({"source": ["Alder"], "target": ["Birch"], "strength": [long]})
    listed = pd.DataFrame({"organization": ["Alder", long], "partners": [long, "Alder"]})
    assert pn.read_network({"organizations": organizations, "ties": ties}).n
    assert pn.read_network({"sheet": listed}).n
    placed = organizations.assign(county=[long, long], state="NE", **{"Served 1": [long, long]})
    told = ties.assign(strength="", relation=long, status=long, **{"Connected?": long, "How": long})
    money = pd.DataFrame({"grantee": ["Alder"], "program": ["x"], "award": [long], "stage": [long]})
    assert pn.read_network({"organizations": placed, "ties": told, "funding": money}).n
