"""Names of files that are no text: old disks keep bytes of other encodings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import partnet as pn

from ..builders import make_network

NET = make_network(["a", "b"], [("a", "b")])
NAME = "ne\udcfft"  # the byte FF, which no UTF-8 holds

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are texts there")


def test_a_network_under_such_a_name_comes_back(tmp_path: Path) -> None:
    pn.write_network(NET, tmp_path / NAME)
    assert pn.read_network(tmp_path / NAME) == NET
    pn.export_network(NET, tmp_path / f"{NAME}.graphml")
    found = pn.read_network(tmp_path / f"{NAME}.graphml")
    assert found.ids.tolist() == ["a", "b"] and len(found.ties) == 1
    with pytest.raises(pn.PartnetError, match="found a workbook that cannot be read"):
        pn.read_network(pn.write_network(NET, tmp_path / f"{NAME}.xlsx"))


def test_a_name_that_leaves_no_room_for_the_side_file_is_refused_first(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250)
    with pytest.raises(pn.PartnetError, match="found a name of"):
        pn.export_network(NET, path, format="gephi")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["organizations.csv", "net.xlsx", "vocabulary.toml"])
def test_a_pipe_is_called_one_and_is_not_waited_for(tmp_path: Path, name: str) -> None:
    folder = pn.write_network(NET, tmp_path / "net")
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    place = folder / name if name.endswith("xlsx") else folder
    with pytest.raises(pn.PartnetError, match=f"{name}: found a device or a pipe"):
        pn.read_network(place)
