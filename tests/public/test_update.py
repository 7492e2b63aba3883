"""A build that is repeated with newer files: ids, judgments and tables added by hand stay."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from partnet import build_network, check_tables, read_network
from partnet.core.errors import UsageError
from partnet.core.results.result import Result
from partnet.public.previous import keep_ids, read_previous

from .readers.files import (
    HOSPITALS,
    NEW_HEADER,
    PILOT_HEADER,
    SITES,
    write_csv,
    write_hospitals,
    write_pilot,
)


def build(folder: Path, files: list[Path], **settings: object) -> Result:
    return build_network(folder / "net", files, state="NE", **settings).log  # type: ignore[arg-type]


def test_ids_stay_when_another_file_leads(tmp_path: Path) -> None:
    build(tmp_path, [write_pilot(tmp_path)])
    assert "fcc-101" in read_network(tmp_path / "net").ids
    result = build(tmp_path, [write_hospitals(tmp_path), write_pilot(tmp_path)], update=True)
    net = read_network(tmp_path / "net")
    mary = net.organizations.loc["fcc-101"]  # as it was called first
    assert (mary["ccn"], mary["source_ids"]) == ("280061", "ccn-280061; fcc-101")
    assert "ccn-280061" not in net.ids
    services = net.table("services")
    assert "inpatient psychiatric care" in set(services["service"])
    assert set(services["organization"]) <= set(net.ids)
    changes = result.tables["changes"].set_index("id")["change"].to_dict()
    assert changes["ccn-281301"] == "entered" and changes["fcc-101"] == "renamed"
    again = build(tmp_path, [write_hospitals(tmp_path), write_pilot(tmp_path)], update=True)
    assert again.tables["changes"].empty
    assert "0 entered, 0 left" in again.text


def test_what_left_and_what_was_renamed_is_said(tmp_path: Path) -> None:
    build(tmp_path, [write_hospitals(tmp_path)])
    rows = [list(row) for row in HOSPITALS[1:]]
    rows[1][1] = "REGIONAL WEST MEDICAL CENTER"
    newer = write_csv(tmp_path / "newer.csv", NEW_HEADER, rows)
    result = build(tmp_path, [newer], update=True)
    changes = result.tables["changes"].set_index("id")
    assert changes.loc["ccn-281301", "change"] == "left"
    assert changes.loc["ccn-280061", ["change", "name", "before"]].tolist() == [
        *("renamed", "Regional West Medical Center", "St. Marys Med Ctr, Inc"),
    ]


def test_a_hospital_that_was_converted_keeps_its_id(tmp_path: Path) -> None:
    build(tmp_path, [write_hospitals(tmp_path)])
    rows = [list(row) for row in HOSPITALS]
    kind = NEW_HEADER.index("Hospital Type")
    rows[0][0], rows[0][kind] = "283300", "Rural Emergency Hospital"  # CMS gives a new number
    newer = write_csv(tmp_path / "newer.csv", NEW_HEADER, rows)
    result = build(tmp_path, [newer], update=True)
    alma = read_network(tmp_path / "net").organizations.loc["ccn-281301"]
    assert (alma["kind"], alma["ccn"]) == ("rural_emergency_hospital", "283300")
    assert alma["source_ids"] == "ccn-283300"
    assert not set(result.tables["changes"]["change"]) & {"entered", "left"}
    build(tmp_path, [newer], update=True)
    assert "ccn-281301" in read_network(tmp_path / "net").ids


def test_tables_added_by_hand_stay_only_in_an_update(tmp_path: Path) -> None:
    files = [write_hospitals(tmp_path)]
    build(tmp_path, files)
    ties = "source,target,relation\nccn-281301,ccn-280061,transfer\n"
    (tmp_path / "net" / "ties.csv").write_text(ties, encoding="utf-8")
    with pytest.raises(UsageError, match=r"found ties\.csv.*an update keeps"):
        build(tmp_path, files)
    build(tmp_path, files, update=True)
    assert (tmp_path / "net" / "ties.csv").read_text(encoding="utf-8") == ties
    assert len(read_network(tmp_path / "net").ties) == 1
    (tmp_path / "net" / "notes.txt").write_text("mine", encoding="utf-8")
    build(tmp_path, files, update=True)
    assert (tmp_path / "net" / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("word", ["judgment", "judgement"])  # the second as before 0.2
def test_a_judgment_outlives_a_newer_file_and_a_changed_id(tmp_path: Path, word: str) -> None:
    sites = [list(row) for row in SITES]
    pilot = write_csv(tmp_path / "fcc.csv", PILOT_HEADER, sites)
    files = [write_hospitals(tmp_path), pilot]
    build(tmp_path, files)
    judged = f"a,b,{word}\nccn-281301,fcc-103,same\nccn-284003,fcc-102,not the same\n"
    (tmp_path / "net" / f"{word}s.csv").write_text(judged, encoding="utf-8")
    for _ in range(2):
        build(tmp_path, files, update=True)
        net = read_network(tmp_path / "net")
        assert net.organizations.loc["ccn-281301", "source_ids"] == "ccn-281301; fcc-103"
        assert {"ccn-284003", "fcc-102"} <= set(net.ids)
    assert not (check_tables(tmp_path / "net").table["level"] == "error").any()


def test_ids_of_what_comes_apart_and_comes_together() -> None:
    def old(*rows: tuple[str, str]) -> object:
        from partnet.public.previous import IDENTITY, Previous

        table = pd.DataFrame(rows, columns=["id", "source_ids"], dtype="str")
        return Previous(table.reindex(columns=list(IDENTITY), fill_value="").astype("str"))

    def new(**kept: str) -> tuple[pd.DataFrame, dict[str, str]]:
        ids = list(dict.fromkeys(kept.values()))
        return pd.DataFrame({"id": ids, "name": ids, "kind": "hospital"}, dtype="str"), kept

    together = keep_ids(*new(x="x", y="x"), old(("y", "y"), ("x", "x")))  # type: ignore[arg-type]
    assert together == {"x": "y", "y": "y"}  # what stood first
    apart = keep_ids(*new(x="x", y="y"), old(("x", "x; y")))  # type: ignore[arg-type]
    assert apart == {"x": "x", "y": "y"}


def test_an_update_needs_an_earlier_build(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no earlier build to update"):
        build(tmp_path, [write_hospitals(tmp_path)], update=True)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no organizations\.csv"):
        read_previous(tmp_path / "empty", update=True)
