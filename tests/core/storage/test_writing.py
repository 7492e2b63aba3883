"""Writing: whole or not at all, over nobody's work, and in no other way than this one."""

from __future__ import annotations

import ast
import contextlib
import errno
import json
import os
import stat
import subprocess
import threading
from pathlib import Path

import openpyxl
import pytest

import partnet as pn
from partnet.core.errors import PartnetError, UsageError
from partnet.core.storage import staging
from partnet.core.storage.making import find_mark, is_same_making, seal
from partnet.core.storage.staging import PLAN, Move, hash_bytes, hold_folder, settle_folder
from partnet.core.storage.writing import (
    MANIFEST,
    check_output,
    refuse_input,
    write_file_atomically,
    write_files_atomically,
    write_folder_atomically,
)
from partnet.views.draw import render_network

from ...builders import make_network

SOURCE = Path(pn.__file__).parent
NET = make_network(
    [{"id": "a", "name": "A", "kind": "hospital"}, {"id": "b", "name": "B", "kind": "food"}],
    [("a", "b", "planning")],
)
SMALL = make_network([{"id": "a", "name": "A", "kind": "hospital"}])
PAGE = b'<!doctype html>\n<meta name="generator" content="partnet report">\n'


POSIX = pytest.mark.skipif(os.name == "nt", reason="modes, links and devices are of POSIX")


def list_names(folder: Path) -> set[str]:
    return {item.name for item in folder.iterdir()}


# -- one file ----------------------------------------------------------------------------------


def test_a_file_is_replaced_by_one_of_the_same_making_only(tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    write_file_atomically(path, PAGE + b"1")
    write_file_atomically(path, PAGE + b"2")
    assert path.read_bytes() == seal(PAGE + b"2")
    path.write_bytes(b"<html>my own page</html>")
    for check in (check_output, lambda at: write_file_atomically(at, PAGE)):
        with pytest.raises(UsageError, match=r"r\.html: found a file that partnet did not make"):
            check(path)  # type: ignore[operator]
    assert path.read_bytes() == b"<html>my own page</html>"
    write_file_atomically(path, PAGE, force=True)
    assert list_names(tmp_path) == {"r.html"}


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (b"", PAGE, True),
        (b" \n", PAGE, True),
        (PAGE, PAGE.replace(b"report", b"explorer"), False),
        (b'{"gaps": [], "pairs": []}', b'{"gaps": [1]}', True),
        (b'{"nodes": []}', b'{"gaps": [1]}', False),
        (b'{"gaps": [}', b'{"gaps": [1]}', False),
        (b"[" * 100_000, b'{"gaps": [1]}', False),
        (b"county,people\n1,2\n", b"\xef\xbb\xbfcounty,people\r\n3,4\r\n", True),
        (b"county,people,my remark\n", b"county,people\n", False),
        (b"PK\x03\x04 no workbook", b"PK\x03\x04 no workbook either", False),
        (b"\x89PNG\r\n\x1a\n photo", b"\x89PNG\r\n\x1a\n tEXtSoftware\x00partnet", False),
    ],
)
def test_what_is_of_the_same_making(before: bytes, after: bytes, same: bool) -> None:
    assert is_same_making(before, after) is same


def test_pictures_say_who_made_them_and_remarks_in_a_pdf_are_seen() -> None:
    kinds = {kind: render_network(NET, format=kind) for kind in ("svg", "png", "pdf")}  # type: ignore[arg-type]
    assert [find_mark(content) for content in kinds.values()] == [("svg",), ("png",), ("pdf",)]
    assert find_mark(kinds["pdf"] + b"\n8 0 obj\nremark\n%%EOF\n") is None


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_a_page_or_picture_that_somebody_changed_stays(ending: str, tmp_path: Path) -> None:
    made = PAGE + b"<p>1</p>" if ending == "html" else render_network(NET, format="svg")
    path = tmp_path / f"r.{ending}"
    path.write_bytes(made)  # of before there were fingerprints
    write_file_atomically(path, made)
    once = path.read_bytes()
    assert seal(once) == once and find_mark(once) == find_mark(made)
    write_file_atomically(path, made.replace(b"1", b"2"))
    write_file_atomically(path, made)
    assert path.read_bytes() == once
    changed = once.replace(b"</", b"<!-- to be settled --></", 1)
    path.write_bytes(changed)
    for write in (
        lambda: check_output(path),
        lambda: write_file_atomically(path, made),
    ):
        with pytest.raises(UsageError, match="changed since"):
            write()
    assert path.read_bytes() == changed
    write_file_atomically(path, made, force=True)
    assert path.read_bytes() == once


def test_what_takes_no_fingerprint_stays_as_it_is() -> None:
    for content in (b"", b"a,b\n", b'{"a": 1}', b"<p>a page of somebody</p>", b"PK\x03\x04"):
        assert seal(content) == content


def test_a_workbook_that_was_filled_in_is_replaced_by_nothing(tmp_path: Path) -> None:
    path = tmp_path / "my.xlsx"
    pn.write_template(path)
    pn.write_template(path)  # nothing is lost
    for write in (
        lambda: pn.write_network(NET, path),
        lambda: pn.write_brief(pn.describe_network(NET), path),
        lambda: pn.write_template(path, all_tables=True),
    ):
        with pytest.raises(UsageError, match=r"my\.xlsx: found"):
            write()
    book = openpyxl.load_workbook(path)
    book["Organizations"]["B3"] = "Willow Clinic"
    book.save(path)
    filled = path.read_bytes()
    with pytest.raises(UsageError, match="may be filled in"):
        pn.write_template(path)
    assert path.read_bytes() == filled


def test_a_network_in_a_workbook_is_renewed_until_somebody_saves_it(tmp_path: Path) -> None:
    path = pn.write_network(NET, tmp_path / "net.xlsx")
    pn.write_network(SMALL, path)
    assert pn.read_network(path) == SMALL
    with pytest.raises(UsageError, match="did not make"):
        pn.write_brief(pn.describe_network(NET), path)
    openpyxl.load_workbook(path).save(path)
    with pytest.raises(UsageError, match="changed since"):
        pn.write_network(NET, path)
    pn.write_network(NET, path, force=True)
    assert pn.read_network(path) == NET


@POSIX
def test_modes_and_links_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "r.html"
    real.parent.mkdir()
    real.write_bytes(PAGE)
    real.chmod(0o640)
    link = tmp_path / "r.html"
    link.symlink_to(real)
    write_file_atomically(link, PAGE + b"new")
    assert link.is_symlink() and real.read_bytes() == seal(PAGE + b"new")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    (tmp_path / "new.html").symlink_to(tmp_path / "elsewhere" / "late.html")
    write_file_atomically(tmp_path / "new.html", PAGE)
    assert (tmp_path / "elsewhere" / "late.html").read_bytes() == seal(PAGE)
    (tmp_path / "loop.html").symlink_to(tmp_path / "loop.html")
    with pytest.raises(PartnetError, match=r"loop\.html"):
        write_file_atomically(tmp_path / "loop.html", PAGE)
    before = os.umask(0o027)
    try:
        plain = write_file_atomically(tmp_path / "plain.html", PAGE)
    finally:
        os.umask(before)
    assert stat.S_IMODE(plain.stat().st_mode) == 0o640


@POSIX
def test_what_is_no_file_to_write_is_refused_in_a_sentence(tmp_path: Path) -> None:
    protected = tmp_path / "kept.html"
    protected.write_bytes(PAGE)
    protected.chmod(0o444)
    os.mkfifo(tmp_path / "pipe.html")
    cases = {
        "/dev/null": "found a device", "/dev/full/x.html": "found no folder",
        "/proc/x.html": "found", str(tmp_path): "found a folder",
        str(tmp_path / "pipe.html"): "found a device or a pipe",
        str(protected): "found a file that is read-only",
        str(tmp_path / ("n" * 300 + ".html")): "found a name of 305 characters",
        str(tmp_path / "no" / "x.html"): "found no folder", ".": "found a folder",
    }  # fmt: skip
    for path, words in cases.items():
        with pytest.raises(PartnetError) as caught:
            write_file_atomically(path, PAGE)
        assert str(caught.value).startswith(f"{path}: {words}"), str(caught.value)
        assert str(caught.value).count(". ") >= 2 or "found no folder" in str(caught.value)
    long = tmp_path / ("n" * 245 + ".html")
    assert write_file_atomically(long, PAGE).read_bytes() == seal(PAGE)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_full_disk_and_the_like_leave_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    pn.write_network(NET, tmp_path / "net")
    before = {item.name: item.read_bytes() for item in (tmp_path / "net").iterdir()}
    report = write_file_atomically(tmp_path / "r.html", PAGE)

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    for work, name in (
        (lambda: pn.write_network(SMALL, tmp_path / "net"), "net"),
        (lambda: pn.write_network(SMALL, tmp_path / "other"), "other"),
        (lambda: write_file_atomically(report, PAGE + b"2"), r"r\.html"),
    ):
        with pytest.raises(PartnetError, match=f"{name}: found .*[.] .*[.]"):
            work()
    assert {item.name: item.read_bytes() for item in (tmp_path / "net").iterdir()} == before
    assert report.read_bytes() == seal(PAGE) and list_names(tmp_path) == {"net", "r.html"}


@POSIX
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        pn.write_network(NET, disk / "net")
        with (disk / "fill").open("wb") as fill, contextlib.suppress(OSError):
            fill.write(b"x" * 2_000_000)
        with pytest.raises(PartnetError, match=r"t\.xlsx: found no space left on the disk"):
            pn.write_template(disk / "t.xlsx")
        big = make_network([{"id": f"o{k}", "name": "x" * 100} for k in range(2000)])
        with pytest.raises(PartnetError, match="net: found no space left on the disk"):
            pn.write_network(big, disk / "net")
        assert pn.read_network(disk / "net") == NET
        assert list_names(disk) == {"net", "fill"}
    finally:
        subprocess.run(["umount", str(disk)], check=True)


# -- a folder ----------------------------------------------------------------------------------


@POSIX
def test_a_folder_keeps_what_others_put_there(tmp_path: Path) -> None:
    folder = tmp_path / "net"
    (folder / "raw").mkdir(parents=True)
    (tmp_path / ".net.old").mkdir()
    kept = [folder / "budget_2026.csv", folder / "raw" / "only-copy.docx", folder / "letter.csv"]
    kept.append(tmp_path / ".net.old" / "only-copy.docx")
    for file in kept:
        file.write_bytes(b"mine")
    folder.chmod(0o750)
    for net in (NET, SMALL, NET, SMALL):
        pn.write_network(net, folder)
        assert pn.read_network(folder) == net
    assert all(file.read_bytes() == b"mine" for file in kept)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750
    tables = {"organizations.csv", MANIFEST}
    assert list_names(folder) == {*tables, "budget_2026.csv", "letter.csv", "raw"}


def test_tables_of_others_are_neither_replaced_nor_read_along(tmp_path: Path) -> None:
    folder = tmp_path / "net"
    folder.mkdir()
    (folder / "organizations.csv").write_text("name,kind\nMine,hospital\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"found organizations\.csv, which somebody else made"):
        pn.write_network(NET, folder)
    (folder / "organizations.csv").unlink()
    for name in ("Ties.csv", "ties.csv", "vocabulary.toml", "partners.csv"):
        (folder / name).write_text("source,target\n", encoding="utf-8")
        if name == "partners.csv":
            pn.write_network(NET, folder)
            continue
        with pytest.raises(UsageError, match=f"found {name}, which"):
            pn.write_network(SMALL, folder)
        (folder / name).unlink()


def test_a_table_that_was_changed_is_not_replaced(tmp_path: Path) -> None:
    folder = pn.write_network(NET, tmp_path / "net")
    with (folder / "ties.csv").open("a", encoding="utf-8") as file:
        file.write("b,a,referral\n")
    for net in (NET, SMALL):  # to be replaced, and to be removed
        with pytest.raises(UsageError, match=r"net: found ties\.csv, which was changed since"):
            pn.write_network(net, folder)
    assert len(pn.read_network(folder).ties) == 2
    pn.write_network(NET, folder, force=True)
    assert pn.read_network(folder) == NET


@POSIX
def test_linked_folders_and_linked_tables_are_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "net").symlink_to(tmp_path / "real")
    with pytest.raises(UsageError, match=r"net: found a link to .*real"):
        pn.write_network(NET, tmp_path / "net")
    assert not list_names(tmp_path / "real")
    folder = pn.write_network(NET, tmp_path / "folder")
    (folder / "ties.csv").rename(tmp_path / "my ties.csv")
    (folder / "ties.csv").symlink_to(tmp_path / "my ties.csv")
    for net in (make_network(["a", "b"], [("a", "b", "referral")]), SMALL):
        with pytest.raises(UsageError, match=r"ties\.csv: found a link"):
            pn.write_network(net, folder)
    assert (folder / "ties.csv").is_symlink()


@POSIX
def test_outputs_that_are_inputs_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "net" / "hospitals.csv"
    (tmp_path / "net" / "raw").mkdir(parents=True)
    file.write_bytes(b"mine")
    (tmp_path / "link.csv").symlink_to(file)
    os.link(file, tmp_path / "hard.csv")
    for output in ("net", "link.csv", "hard.csv", "net/raw/../hospitals.csv"):
        with pytest.raises(UsageError, match="found the input"):
            refuse_input(tmp_path / output, [file])
    refuse_input(tmp_path / "net" / "raw", [file])
    refuse_input(tmp_path / "new", [file, tmp_path / "absent"])


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{", b'{"files": 3}', b'{"files": {"../x.csv": ""}}', b"\xff\xfe"]
)
def test_a_damaged_manifest_owns_nothing(tmp_path: Path, manifest: bytes) -> None:
    folder = pn.write_network(NET, tmp_path / "net")
    (folder / MANIFEST).write_bytes(manifest)
    (tmp_path / "x.csv").write_bytes(b"")
    with pytest.raises(UsageError, match=r"found \w+\.csv, which"):
        pn.write_network(SMALL, folder)
    assert (tmp_path / "x.csv").exists() and pn.read_network(folder) == NET
    pn.write_network(NET, folder)  # the same bytes: nothing is lost


def test_a_manifest_in_which_somebody_wrote_removes_nothing(tmp_path: Path) -> None:
    folder = pn.write_network(NET, tmp_path / "net")
    mine = folder / "mine.csv"
    mine.write_bytes(b"my only copy")
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["files"]["mine.csv"] = hash_bytes(b"my only copy")
    for edited in (manifest, {"files": manifest["files"]}):  # as of today, and without a seal
        (folder / MANIFEST).write_text(json.dumps(edited), encoding="utf-8")
        pn.write_network(NET, folder)  # the same bytes
        assert mine.read_bytes() == b"my only copy"
        (folder / MANIFEST).write_text(json.dumps(edited), encoding="utf-8")
        with pytest.raises(UsageError, match=r"found (organizations|ties)\.csv, which"):
            pn.write_network(SMALL, folder)
        assert mine.read_bytes() == b"my only copy" and pn.read_network(folder) == NET
    mine.unlink()


@POSIX
def test_a_table_that_is_read_only_stays(tmp_path: Path) -> None:
    folder = pn.write_network(NET, tmp_path / "net")
    (folder / "ties.csv").chmod(0o444)
    for net in (make_network(["a", "b"], [("a", "b", "referral")]), SMALL):
        with pytest.raises(UsageError, match=r"found ties\.csv, which is read-only"):
            pn.write_network(net, folder)
        assert pn.read_network(folder) == NET
    pn.write_network(NET, folder)  # it is not replaced


# -- plans -------------------------------------------------------------------------------------


def lay_plan(folder: Path, *moves: dict[str, str], **files: bytes) -> Path:
    """Leave what a killed run leaves."""
    stage = folder / ".partnet-0123456789abcdef.part"
    stage.mkdir()
    for name, content in files.items():
        (stage / f"{name.removeprefix('f')}.part").write_bytes(content)
    (stage / PLAN).write_text(json.dumps(list(moves)), encoding="utf-8")
    return stage


def test_reading_finishes_what_was_decided(tmp_path: Path) -> None:
    folder = pn.write_network(NET, tmp_path / "net")
    fresh = b"id,name,kind\nz,Z,hospital\n"
    was = {name: hash_bytes((folder / name).read_bytes()) for name in list_names(folder)}
    stage = lay_plan(
        folder,
        {"staged": "0.part", "target": "organizations.csv", "was": was["organizations.csv"]},
        {"staged": "", "target": "ties.csv", "was": was["ties.csv"]},
        f0=fresh,
    )
    assert pn.read_network(folder).ids.tolist() == ["z"]
    assert not stage.exists() and not (folder / "ties.csv").exists()


def test_a_plan_of_a_stranger_reaches_nothing_else(tmp_path: Path) -> None:
    folder = pn.write_network(NET, tmp_path / "net")
    victim = tmp_path / "victim.txt"
    victim.write_bytes(b"mine")
    known = hash_bytes(b"mine")
    for moves in (
        [{"staged": "0.part", "target": "../victim.txt", "was": known}],
        [{"staged": "", "target": "../victim.txt", "was": known}],
        [{"staged": "", "target": str(victim), "was": known}],
        [{"staged": "../../victim.txt", "target": "stolen.csv", "was": ""}],
        [{"staged": "0.part", "target": "ties.csv", "was": known}],  # changed since the plan
        [{"staged": "", "target": "ties.csv", "was": ""}],
        [{"what": "else"}],
        [3],
    ):
        stage = lay_plan(folder, *moves, f0=b"evil")  # type: ignore[arg-type]
        (stage / "letter.docx").write_bytes(b"mine too")
        settle_folder(folder)
        assert victim.read_bytes() == b"mine" and pn.read_network(folder) == NET
        assert not (folder / "stolen.csv").exists()
        assert list_names(stage) == {"letter.docx"}  # what is not ours stays
        (stage / "letter.docx").unlink()
        stage.rmdir()


@POSIX
def test_a_plan_reaches_no_folder_that_is_a_link(tmp_path: Path) -> None:
    """Files of a folder inside are put in place; a link to a folder elsewhere is not followed."""
    for name in ("base", "elsewhere", "base/real"):
        (tmp_path / name).mkdir()
    (tmp_path / "base" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "mine.txt").write_bytes(b"mine")
    stage = lay_plan(
        tmp_path / "base",
        {"staged": "0.part", "target": "real/a.csv", "was": ""},
        {"staged": "1.part", "target": "link/b.csv", "was": ""},
        {"staged": "", "target": "link/mine.txt", "was": hash_bytes(b"mine")},
        {"staged": "2.part", "target": "gone/c.csv", "was": ""},
        f0=b"a", f1=b"b", f2=b"c",
    )  # fmt: skip
    settle_folder(tmp_path / "base")
    assert list_names(tmp_path / "elsewhere") == {"mine.txt"} and not stage.exists()
    assert list_names(tmp_path / "base" / "real") == {"a.csv"}
    for target in ("real/../a.csv", "../a.csv", "real/x/a.csv", "/a.csv", "real/", "real/."):
        assert not Move("0.part", target, "").is_sound


def test_a_folder_and_a_file_beside_it_are_written_at_one_stroke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last of them finds no room: a folder that was there is as it was, a new one is not."""
    (tmp_path / "old").mkdir()
    files = {"new/a.csv": b"1", "new/b.csv": b"2", "old/a.csv": b"3", "beside.json": b"4"}
    write_files_atomically(tmp_path, {"old/a.csv": b"before"})
    write = staging._write_durably

    def fill_up(path: Path, content: bytes, like: Path | None = None) -> None:
        if content == b"4":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, content, like)

    with monkeypatch.context() as full:
        full.setattr(staging, "_write_durably", fill_up)
        with pytest.raises(PartnetError, match="no space left"):
            write_files_atomically(tmp_path, files)
    assert list_names(tmp_path) == {"old"}
    assert (tmp_path / "old" / "a.csv").read_bytes() == b"before"
    write_files_atomically(tmp_path, files)
    assert {name: (tmp_path / name).read_bytes() for name in files} == files
    assert list_names(tmp_path) == {"old", "new", "beside.json"}


@POSIX
def test_a_staged_link_is_not_put_in_place(tmp_path: Path) -> None:
    folder = pn.write_network(SMALL, tmp_path / "net")
    stage = lay_plan(folder, {"staged": "0.part", "target": "needs.csv", "was": ""})
    (tmp_path / "secret.csv").write_bytes(b"secret")
    (stage / "0.part").symlink_to(tmp_path / "secret.csv")
    settle_folder(folder)
    assert list_names(folder) == {MANIFEST, "organizations.csv"}
    assert (tmp_path / "secret.csv").read_bytes() == b"secret"


def test_rubbish_of_a_killed_run_is_cleared_by_the_next(tmp_path: Path) -> None:
    stage = tmp_path / ".partnet-0123456789abcdef.part"
    (stage / "new").mkdir(parents=True)
    (stage / "new" / "ties.csv").write_bytes(b"half")
    (stage / "0.part").write_bytes(b"half")
    write_file_atomically(tmp_path / "r.html", PAGE)
    assert list_names(tmp_path) == {"r.html"}


def test_two_runs_at_once_leave_one_of_both_whole(tmp_path: Path) -> None:
    nets, failed = [NET, SMALL], []

    def write(net: pn.Network, count: int) -> None:
        try:
            for _ in range(count):
                pn.write_network(net, tmp_path / "net")
                write_files_atomically(tmp_path, {"a.txt": b"a", "b.txt": b"a"})
                assert pn.read_network(tmp_path / "net") in nets
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(net, 8)) for net in nets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed and pn.read_network(tmp_path / "net") in nets
    assert list_names(tmp_path) == {"net", "a.txt", "b.txt"}


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    second = hold_folder(tmp_path, wait=0.1)
    with hold_folder(tmp_path), pytest.raises(PartnetError, match="another run"), second:
        pass


def test_a_disk_without_locks_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "try_lock", lambda _: True)
    assert write_folder_atomically(tmp_path / "x", {"a.txt": b"a"}).is_dir()


# -- the code ----------------------------------------------------------------------------------

# Where files are made without core/storage/writing.py, and why.
AROUND = {
    "core/storage/staging.py": "what core/storage/writing.py writes with",
    "measures/kernels/cache.py": "compiled kernels, which nobody made",
    "store/shelves/opening.py": "a file of a store, which its engine writes",
    "store/shelves/parquet_shelf.py": "tables of a store, which its engine writes",
    "cli/running.py": "nowhere: /dev/null",
    "io/opened/packed.py": "a folder of the system's, for as long as a packed file is read",
}
METHODS = {
    "write_text", "write_bytes", "mkdir", "touch", "unlink", "rmdir", "symlink_to", "hardlink_to",
}  # fmt: skip
FUNCTIONS = {
    "os": {"replace", "rename", "remove", "unlink", "mkdir", "makedirs", "rmdir", "truncate"},
    "shutil": {"rmtree", "move", "copy", "copyfile", "copytree", "copy2"},
    "tempfile": {"mkstemp", "mkdtemp", "NamedTemporaryFile"},
}
TO_FILES = {"to_csv", "to_excel", "to_parquet", "to_json", "to_pickle", "savefig", "tofile"}


def find_writers(tree: ast.Module) -> set[str]:
    """Calls that make, replace or remove files."""
    found = set()
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        function, first = call.func, call.args[0] if call.args else None
        if isinstance(function, ast.Name) and function.id == "open":
            mode = call.args[1] if len(call.args) > 1 else None
            mode = next((word.value for word in call.keywords if word.arg == "mode"), mode)
            if mode is not None and not (isinstance(mode, ast.Constant) and mode.value == "rb"):
                found.add("open")
        if not isinstance(function, ast.Attribute):
            continue
        owner = function.value.id if isinstance(function.value, ast.Name) else ""
        if owner == "formatter":  # click's, of help texts
            continue
        if function.attr in METHODS or function.attr in FUNCTIONS.get(owner, ()):
            found.add(function.attr)
        if function.attr == "open" and isinstance(first, ast.Constant):
            found |= {"open"} if str(first.value) in ("w", "wb", "a", "ab", "a+b", "x") else set()
        named = isinstance(first, ast.Name) and first.id in ("buffer", "out")
        if function.attr in TO_FILES and first is not None and not named:
            found.add(function.attr)
    return found


def test_nothing_writes_around_the_one_way() -> None:
    found = {
        file.relative_to(SOURCE).as_posix(): find_writers(ast.parse(file.read_text("utf-8")))
        for file in sorted(SOURCE.rglob("*.py"))
    }
    around = {name: calls for name, calls in found.items() if calls}
    assert set(around) - set(AROUND) == {"core/storage/writing.py"}, around
    assert around["core/storage/writing.py"] == {"mkdir"}


@pytest.mark.parametrize(
    "code", ["p.write_text('x')", "open(p, 'w')", "p.open('a')", "os.replace(a, b)", "t.to_csv(p)"]
)
def test_the_test_above_sees_writers(code: str) -> None:
    assert find_writers(ast.parse(code))
