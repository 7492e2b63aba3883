"""An .xls is read in a process that takes nothing from the folder of the data."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from partnet.core.errors import InputError
from partnet.io.opened import sheets
from partnet.io.opened.sheets import CHILD_NEEDS
from partnet.io.opened.workbook import read_workbook_cells

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000  # begins like an .xls
EVIL = 'open("PWNED", "w").close()\n'


def test_no_code_of_the_folder_of_the_data_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("json", "sys", "partnet", "python_calamine", "sitecustomize", "usercustomize", "re")
    for name in names:
        Path(f"{name}.py").write_text(EVIL, encoding="utf-8")
    Path("evil").mkdir()
    Path("evil/sitecustomize.py").write_text(EVIL, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{tmp_path}/evil")
    monkeypatch.setenv("PYTHONSTARTUP", "json.py")
    monkeypatch.setenv("PYTHONUSERBASE", str(tmp_path))
    Path("data.xls").write_bytes(OLD)
    with pytest.raises(InputError, match=r"data\.xls: found an old workbook .*Open it in Excel"):
        read_workbook_cells("data.xls")
    assert not list(tmp_path.rglob("PWNED"))


def test_the_child_gets_no_environment_that_it_does_not_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def run(command: list[str], **settings: Any) -> subprocess.CompletedProcess[bytes]:
        seen.update(settings, command=command)
        return subprocess.CompletedProcess(command, 0, b"[]", b"")

    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    monkeypatch.setattr(subprocess, "run", run)
    path = tmp_path / "data.xls"
    path.write_bytes(OLD)
    assert read_workbook_cells(path) == []
    assert set(seen["env"]) <= set(CHILD_NEEDS) and seen["command"][1] == "-I"
    assert Path(seen["command"][6]).is_absolute() and seen["cwd"] != tmp_path


def test_without_a_python_to_start_it_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets.sys, "executable", "")
    path = tmp_path / "data.xls"
    path.write_bytes(OLD)
    with pytest.raises(InputError, match="found no Python to read it with"):
        read_workbook_cells(path)
