"""Tables, JSON and other files that show no change: a record beside them tells of it."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

import partnet as pn
from partnet.core.errors import UsageError
from partnet.core.storage import manifest
from partnet.core.storage.manifest import MANIFEST, OwnFiles, may_note
from partnet.core.storage.writing import (
    check_output,
    write_file_atomically,
    write_folder_atomically,
)
from partnet.views.draw import render_network

from ...builders import make_network

NET = make_network(
    [{"id": "a", "name": "A", "kind": "hospital"}, {"id": "b", "name": "B", "kind": "food"}],
    [("a", "b", "planning")],
)
SMALL = make_network([{"id": "a", "name": "A", "kind": "hospital"}])
CSV = b"\xef\xbb\xbfcounty,people\r\n31027,8\r\n"
KINDS = {
    "t.csv": (CSV, CSV.replace(b"8", b"9")),
    "r.json": (b'{"gaps": []}', b'{"gaps": [1]}'),
    "mail.txt": (b"Network: what changed\n\n- a\n", b"Network: what changed\n\n- b\n"),
    "map.png": (
        render_network(NET, format="png"),
        render_network(SMALL, format="png"),
    ),
    "map.pdf": (
        render_network(NET, format="pdf"),
        render_network(SMALL, format="pdf"),
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_nobody_changed_is_renewed_and_what_somebody_changed_stays(
    name: str, tmp_path: Path
) -> None:
    path, (first, second) = tmp_path / name, KINDS[name]
    for content in (first, second, first, first):
        check_output(path)
        write_file_atomically(path, content)
        assert path.read_bytes() == content  # the bytes are those that were given
    changed = first.replace(b"8", b"7").replace(b"[]", b"[2]").replace(b"- a", b"- a, to be asked")
    path.write_bytes(changed if changed != first else first + b"\n")
    mine = path.read_bytes()
    for write in (lambda: check_output(path), lambda: write_file_atomically(path, second)):
        with pytest.raises(UsageError, match=f"{name}: found a file that .* was changed since"):
            write()
    assert path.read_bytes() == mine
    write_file_atomically(path, second, force=True)
    write_file_atomically(path, first)  # it is partnet's again
    assert path.read_bytes() == first


@pytest.mark.parametrize("name", KINDS)
def test_what_no_record_names_is_somebody_elses(name: str, tmp_path: Path) -> None:
    path, (first, second) = tmp_path / name, KINDS[name]
    path.write_bytes(first)
    with pytest.raises(UsageError, match="did not make here"):
        write_file_atomically(path, second)
    assert path.read_bytes() == first and not (tmp_path / MANIFEST).exists()
    write_file_atomically(path, first)  # the same bytes: nothing is lost
    write_file_atomically(path, second)
    (tmp_path / "moved").mkdir()
    moved = path.rename(tmp_path / "moved" / name)
    write_file_atomically(path, first)
    with pytest.raises(UsageError, match="did not make here"):
        write_file_atomically(moved, first)


def test_the_record_is_one_file_and_forgets_what_is_gone(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        write_file_atomically(tmp_path / name, CSV)
    assert {item.name for item in tmp_path.iterdir()} == {"a.csv", "b.csv", MANIFEST}
    (tmp_path / "a.csv").unlink()
    write_file_atomically(tmp_path / "c.csv", CSV)
    kept = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    assert set(kept["alone"]) == {"b.csv", "c.csv"} and kept["files"] == {}
    page = b'<!doctype html>\n<meta name="generator" content="partnet report">\n'
    (tmp_path / "pages").mkdir()
    write_file_atomically(tmp_path / "pages" / "r.html", page)
    pn.write_network(NET, tmp_path / "pages" / "net.xlsx")
    assert {item.name for item in (tmp_path / "pages").iterdir()} == {"r.html", "net.xlsx"}


def test_a_table_beside_those_of_a_network_is_not_one_of_them(tmp_path: Path) -> None:
    """Writing the network again neither removes it nor forgets it, and it frees no table."""
    folder = pn.write_network(NET, tmp_path / "net")
    before = (folder / MANIFEST).read_bytes()
    write_file_atomically(folder / "gaps.json", b'{"gaps": []}')
    pn.write_network(SMALL, folder)
    assert (folder / "gaps.json").is_file() and pn.read_network(folder) == SMALL
    write_file_atomically(folder / "gaps.json", b'{"gaps": [1]}')
    pn.write_network(NET, folder)
    (folder / "gaps.json").unlink()
    pn.write_network(NET, folder)
    assert (folder / MANIFEST).read_bytes() == before
    ties = (folder / "ties.csv").read_bytes()
    with pytest.raises(UsageError, match="did not make here"):  # it belongs to the others
        write_file_atomically(folder / "ties.csv", ties + b"b,a,referral,,,,,\n")
    assert (folder / "ties.csv").read_bytes() == ties


def test_a_record_in_which_somebody_wrote_frees_nothing(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    write_file_atomically(mine, CSV)
    mine.write_bytes(CSV + b"31029,4\r\n")
    kept = json.loads((tmp_path / MANIFEST).read_text("utf-8"))
    kept["alone"]["mine.csv"] = manifest.hash_bytes(mine.read_bytes())
    for text in (json.dumps(kept), '{"alone": 3}', '{"files": {}, "alone": {"a": []}}', "{"):
        (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match="did not make here"):
            write_file_atomically(mine, CSV)
    write_file_atomically(tmp_path / "new.csv", CSV)
    write_file_atomically(tmp_path / "new.csv", CSV + b"31029,4\r\n")


def test_tables_of_an_unsealed_manifest_are_not_sealed_by_a_single_file(tmp_path: Path) -> None:
    """What is removed on the word of a manifest must have been named by partnet."""
    folder = pn.write_network(NET, tmp_path / "net")
    (folder / "mine.csv").write_bytes(b"my only copy")
    kept = json.loads((folder / MANIFEST).read_text("utf-8"))
    kept["files"]["mine.csv"] = manifest.hash_bytes(b"my only copy")
    del kept["seal"]
    (folder / MANIFEST).write_text(json.dumps(kept), encoding="utf-8")
    write_file_atomically(folder / "gaps.json", b"{}")
    assert not OwnFiles.read(folder).sealed
    pn.write_network(SMALL, folder, force=True)
    assert (folder / "mine.csv").read_bytes() == b"my only copy"


@pytest.mark.skipif(os.name == "nt", reason="links are of POSIX")
def test_the_record_lies_where_the_file_lies(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "t.csv").symlink_to(tmp_path / "real" / "t.csv")
    write_file_atomically(tmp_path / "t.csv", CSV)
    check_output(tmp_path / "t.csv")
    write_file_atomically(tmp_path / "t.csv", CSV + b"31029,4\r\n")
    assert (tmp_path / "real" / MANIFEST).is_file() and not (tmp_path / MANIFEST).exists()
    shutil.move(tmp_path / "real" / MANIFEST, tmp_path / "elsewhere.json")
    (tmp_path / "real" / MANIFEST).symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(UsageError, match="found a link to"):
        write_file_atomically(tmp_path / "real" / "new.csv", CSV)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folders")
def test_a_record_of_another_user_in_a_folder_of_all_does_not_stop_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file_atomically(tmp_path / "theirs.csv", CSV)
    assert may_note(tmp_path)
    tmp_path.chmod(0o1777)
    monkeypatch.setattr(os, "geteuid", lambda: 12_345)
    assert not may_note(tmp_path)
    before = (tmp_path / MANIFEST).read_bytes()
    write_file_atomically(tmp_path / "mine.csv", CSV)
    assert (tmp_path / MANIFEST).read_bytes() == before
    with pytest.raises(UsageError, match="did not make here"):
        write_file_atomically(tmp_path / "mine.csv", CSV + b"31029,4\r\n")


def test_a_whole_folder_takes_over_a_single_file_only_if_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    write_folder_atomically(folder, {"a.csv": b"a\n"})
    write_file_atomically(folder / "b.csv", b"b\n1\n")
    with pytest.raises(UsageError, match=r"found b\.csv, which"):
        write_folder_atomically(folder, {"a.csv": b"a\n", "b.csv": b"b\n2\n"})
    write_folder_atomically(folder, {"a.csv": b"a\n", "b.csv": b"b\n1\n"})
    kept = OwnFiles.read(folder)
    assert set(kept.written) == {"a.csv", "b.csv"} and not kept.alone


def test_office_files_packed_anew_are_seen_though_their_time_stands(tmp_path: Path) -> None:
    """A library may change a Word file and leave the time of the last change as it was."""
    path = pn.write_brief(pn.describe_network(NET, as_of="2026-06-30"), tmp_path / "b.docx")
    pn.write_brief(pn.describe_network(SMALL, as_of="2026-06-30"), path)
    with zipfile.ZipFile(path) as book:
        parts = {part.filename: book.read(part) for part in book.infolist()}
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content.replace(b"organization", b"partner"))
    changed = path.read_bytes()
    with pytest.raises(UsageError, match="changed since"):
        pn.write_brief(pn.describe_network(NET, as_of="2026-06-30"), path)
    assert path.read_bytes() == changed


def test_a_kill_between_a_file_and_its_record_leaves_it_partnets(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_file_atomically(path, b'{"gaps": []}')
    was = {name: manifest.hash_file(tmp_path / name) for name in ("r.json", MANIFEST)}
    new = b'{"gaps": [1]}'
    record = OwnFiles.read(tmp_path).note_alone("r.json", new)
    stage = tmp_path / ".partnet-0123456789abcdef.part"
    stage.mkdir()
    (stage / "1.part").write_bytes(record)
    moves = [
        {"staged": f"{k}.part", "target": name, "was": known}
        for k, (name, known) in enumerate(was.items())
    ]
    (stage / "plan.json").write_text(json.dumps(moves), encoding="utf-8")
    path.write_bytes(new)  # the first move was made, the second was not
    check_output(path)
    write_file_atomically(path, b'{"gaps": [2]}')
    assert {item.name for item in tmp_path.iterdir()} == {"r.json", MANIFEST}
