"""A questionnaire as LibreOffice prints it: how many pages, and what the first one explains."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import partnet as pn

OFFICE = shutil.which("soffice")
PAGE = re.compile(rb"/Type\s*/Page\b")  # of a PDF; "/Pages" is their list


def count_pages(workbook: Path, folder: Path) -> int:
    """Print a workbook to a PDF, and count its pages."""
    command = [
        *(str(OFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
        *("--convert-to", "pdf", "--outdir", str(folder), str(workbook)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return len(PAGE.findall((folder / f"{workbook.stem}.pdf").read_bytes()))


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")
def test_forty_partners_fill_four_pages(tmp_path: Path) -> None:
    net = pn.load_sample("prairie")
    who = "cedar-county-hospital"
    made = pn.write_questionnaires(
        net, tmp_path / "w", organizations=[who], partners=40, ratings=False, goals=False
    )
    assert made.table["listed"].tolist() == [40]
    (file,) = made.table["file"]
    assert count_pages(tmp_path / "w" / file, tmp_path) == 4
