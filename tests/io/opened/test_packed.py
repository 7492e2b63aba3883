"""Packed folders that somebody made to do harm, or that were damaged on their way."""

from __future__ import annotations

import io
import stat
import tempfile
import warnings
import zipfile
from pathlib import Path

import pytest

import partnet as pn
from partnet.core.errors import InputError
from partnet.core.storage.system import is_device
from partnet.io.opened.packed import MOST_LEVELS, unpack

ORGANIZATIONS = b"id,name,kind\na,Alder Hospital,hospital\nb,Birch Clinic,clinic\n"
TIES = b"source,target,relation\na,b,referral\n"
GOOD = {"organizations.csv": ORGANIZATIONS, "ties.csv": TIES}


def pack(more: dict[str, bytes], mode: int = 0, damage: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """Two good tables and more, packed; with some bytes of it replaced."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, content in {**GOOD, **more}.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16 if name in more else 0
            archive.writestr(info, content)
    return out.getvalue().replace(*damage) if damage[0] else out.getvalue()


def test_names_that_lead_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    path = tmp_path / "x.zip"
    for name in ("../outside/p.csv", "../" * 9 + str(outside / "p.csv"), str(outside / "p.csv"),
                 "..\\outside\\p.csv", "..", "a/..", ".", "x.csv. ", "\x1b[31m.csv"):  # fmt: skip
        path.write_bytes(pack({name: b"x"}))
        assert pn.read_network(path).ids.tolist() == ["a", "b"]
        assert not list(outside.iterdir())


@pytest.mark.parametrize("damage", [(b"xxxx", b"\0\0\0\0"), (b"xxxx", b"x\0\0\0")])
def test_a_name_that_was_damaged_is_nobodys(damage: tuple[bytes, bytes], tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(pack({"xxxx": b"q"}, damage=damage))
    assert pn.read_network(path).ids.tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("more", "mode", "why"),
    [
        ({"needs.csv": b"/etc/passwd"}, stat.S_IFLNK | 0o777, "a link to a file elsewhere"),
        ({"n" * 300 + ".csv": TIES}, 0, "the system refuses a name or a place in it"),
        ({"nul.csv": TIES}, 0, "one called as a device"),
        ({"sub/C:x.csv": TIES}, 0, "with a colon in its name"),
        ({"TIES.csv. ": TIES}, 0, "two files of the same name"),
        ({f"{k}.csv": b"" for k in range(2_100)}, 0, "it has 2,102 files"),
    ],
)
def test_what_no_system_can_unpack_is_refused_by_its_own_name(
    more: dict[str, bytes], mode: int, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(pack(more, mode))
    with pytest.raises(InputError, match=why) as refused:
        pn.read_network(path)
    assert str(refused.value).startswith("x.zip: found a packed file that cannot be read (")
    assert tempfile.gettempdir() not in str(refused.value)


def test_a_password_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    content = pack({}).replace(b"PK\3\4\x14\0\0", b"PK\3\4\x14\0\1")
    path.write_bytes(content.replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"))
    with pytest.raises(InputError, match=r"\(it has a password\)"):
        pn.read_network(path)


def test_packed_files_in_packed_files_end_somewhere(tmp_path: Path) -> None:
    """One that holds itself would never end; two around each other are not rare."""
    path, content = tmp_path / "x.zip", pack({})
    for level in range(1, 7):
        path.write_bytes(content)
        if level <= MOST_LEVELS:
            assert pn.read_network(path).n == 2
        else:
            with pytest.raises(InputError, match=r"x\.zip: found .* packed more than 3 times"):
                pn.read_network(path)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("in.zip", content)
        content = out.getvalue()


def test_what_several_levels_hold_together_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("partnet.io.opened.packed.MOST_BYTES", 1_000)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("organizations.csv", ORGANIZATIONS + b" " * 500)
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in.zip", inner.getvalue())
    with pytest.raises(InputError, match="when unpacked"), unpack(path):
        pass


def test_public_files_are_packed_by_strangers_too(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(pack({f"{k}.csv": b"a,b\n" for k in range(2_100)}))
    with pytest.raises(InputError, match="it has 2,102 files"):
        pn.build_network(tmp_path / "out", [path], nation=True)
    path.write_bytes(pack({"xxxx": b"q"}, damage=(b"xxxx", b"\0\0\0\0")))
    with pytest.raises(InputError, match="no public file that partnet knows"):
        pn.build_network(tmp_path / "out", [path], nation=True)


def test_devices_of_windows() -> None:
    names = ("con", "Con.csv", "AUX .txt", "com1.x.y", "lpt\u00b2", "nul\n")
    assert [is_device(name) for name in names] == [True, True, True, True, True, False]
    assert not any(map(is_device, ("console.csv", "com.csv", "com10.csv", "a.con", "", "nul_.csv")))
