"""partnet to each format and back: whole with the side file, and without it as the losses say."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet.core.network import Network
from partnet.core.wording.names import fold_name
from partnet.io.export import export_network
from partnet.io.formats.model import ALL, Format
from partnet.io.formats.registry import list_writers
from partnet.io.formats.side import side_path
from partnet.io.read import read_network
from partnet.io.samples import load_sample

from ...builders import make_network
from .strategies import odd_networks

WRITERS = list_writers()
# Formats that tell organizations apart by a label of one line: where a name is none, an id stands.
LABELS = ("ucinet", "dl", "vna", "pajek", "pajek-project")
each_format = pytest.mark.parametrize("format_", WRITERS, ids=lambda format_: format_.name)


def path_for(folder: Path, format_: Format) -> Path:
    return folder / ("net" if format_.folder else f"net{format_.suffixes[0]}")


def split_side(path: Path) -> Network:
    """What the file says alone."""
    side_path(path).unlink()
    return read_network(path)


@each_format
@settings(max_examples=2)
@given(net=odd_networks())
def test_nothing_is_lost(
    format_: Format, net: Network, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_trip(format_, net, tmp_path_factory.mktemp("trip"))


@pytest.mark.slow
@each_format
@settings(max_examples=25)
@given(net=odd_networks())
def test_nothing_is_lost_of_many(
    format_: Format, net: Network, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_trip(format_, net, tmp_path_factory.mktemp("trip"))


def check_trip(format_: Format, net: Network, folder: Path) -> None:
    """Whole with the side file; without it, the losses are what differs."""
    path = path_for(folder, format_)
    result = export_network(net, path, format=format_.name)
    assert read_network(path) == net
    alone = split_side(path)
    assert alone.n == net.n
    check_losses(net, alone, result.table, format_)


def check_losses(net: Network, alone: Network, losses: pd.DataFrame, format_: Format) -> None:
    """What is said to be lost is what differs, counted here in another way."""
    said = {(row.table, row.column): row.rows for row in losses.itertuples()}
    listed = (one.table("organizations")["id"] for one in (alone, net))
    names = dict(zip(*listed, strict=True))
    for name, frame in net.tables.items():
        if name not in ("organizations", "ties"):
            assert said.get((name, ""), 0) == len(frame)
    ours, theirs = net.table("organizations"), alone.table("organizations")
    for column in ours.columns.drop("provenance"):
        other = theirs[column] if column in theirs else pd.Series("", index=theirs.index)
        same = (ours[column] == other) | (ours[column].isna() & other.isna())
        expected = int((~same & ~((ours[column] == "") & other.isna())).sum())
        assert said.get(("organizations", column), 0) == expected, column
        if column in format_.holds.organizations or format_.holds.organizations == ALL:
            beyond = format_.name in LABELS and is_beyond_label(net)
            assert expected == 0 or is_beyond_text(net) or beyond, column
    assert said.get(("ties", "none"), 0) == int((net.table("ties")["strength"] == 0).sum())
    left = count_pairs(net, {id_: id_ for id_ in net.ids}) - count_pairs(alone, names)
    assert said.get(("ties", ""), 0) == left.total()


def count_pairs(net: Network, names: dict[str, str]) -> Counter[tuple[str, ...]]:
    """How often two organizations are tied by each relation."""
    ties = net.ties[net.ties["strength"] != 0]
    pairs = zip(ties["source"].map(names), ties["target"].map(names), ties["relation"], strict=True)
    return Counter((*sorted(map(str, (a, b))), relation) for a, b, relation in pairs)


def is_beyond_text(net: Network) -> bool:
    """Whether texts hold marks that files of strangers are cleaned of, or that XML forbids."""
    frame = net.table("organizations").drop(columns="provenance").select_dtypes("str")
    texts = "".join(frame.to_numpy().ravel().tolist())
    return not texts.replace("\n", "").isprintable() or any(mark in texts for mark in ('"', "  "))


def is_beyond_label(net: Network) -> bool:
    """Whether a name does not fit into a label: two lines, above 255 letters, or shared."""
    written = net.organizations["name"].tolist()
    shared = len({fold_name(name) for name in written}) < net.n
    return shared or any("\n" in name or len(name) > 255 for name in written)


@pytest.mark.slow
@each_format
def test_the_sample_comes_back_whole(format_: Format, tmp_path: Path) -> None:
    net = load_sample("prairie")
    path = path_for(tmp_path, format_)
    export_network(net, path, format=format_.name)
    assert read_network(path) == net
    alone = split_side(path)
    assert alone.n == 154
    if format_.holds.parallel and format_.holds.organizations == ALL:
        assert len(alone.ties) == 841
        assert alone.organizations["kind"].tolist() == net.organizations["kind"].tolist()


@each_format
def test_the_same_network_gives_the_same_bytes(format_: Format, tmp_path: Path) -> None:
    net = make_network("abc", [("a", "b", "referral", 0.5), ("b", "c"), ("a", "b", "contract")])
    written = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        path = path_for(tmp_path / name, format_)
        export_network(net, path, format=format_.name)
        files = sorted(p for p in (tmp_path / name).rglob("*") if p.is_file())
        written.append([p.read_bytes() for p in files])
    assert written[0] == written[1]


@settings(max_examples=8)
@given(net=odd_networks(), data=st.data())
def test_what_was_changed_in_the_file_stays_changed(
    net: Network, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A tie deleted in the other program stays deleted; everything else comes back."""
    path = tmp_path_factory.mktemp("edit") / "net.node-link.json"
    export_network(net, path)
    content = json.loads(path.read_text("utf-8"))
    if not content["edges"]:
        return
    gone = data.draw(st.integers(0, len(content["edges"]) - 1))
    was = content["edges"].pop(gone)
    path.write_text(json.dumps(content), "utf-8")
    back = read_network(path)
    assert back.ids.tolist() == net.ids.tolist()
    for name in ("services", "memberships"):
        assert len(back.table(name)) == len(net.table(name))
    reported = len(net.table("ties"))
    assert len(back.table("ties")) == reported - ("from_table" not in was)
