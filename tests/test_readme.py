"""What the README shows runs as shown, in a notebook."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import partnet as pn

ROOT = Path(__file__).resolve().parents[1]
README = ROOT.joinpath("README.md").read_text(encoding="utf-8")


def run_cells(*sources: str) -> list[dict[str, str]]:
    """Run cells in a kernel in the project's folder; give what each one shows, by type."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells)
    resources = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    shown = []
    for cell in notebook.cells:
        results = [o["data"] for o in cell.outputs if o.output_type == "execute_result"]
        pictures = [o["data"] for o in cell.outputs if o.output_type == "display_data"]
        shown.append({key: str(v) for data in [*results, *pictures] for key, v in data.items()})
    return shown


@pytest.mark.slow
def test_the_five_lines_run_as_shown() -> None:
    lines = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert lines is not None
    five = lines[1].splitlines()
    assert len(five) == 5
    *_, bridges, partners, picture, net = run_cells(*five, "net")
    assert "Meadowlark Regional Hospital" in bridges["text/plain"]
    assert "<table" in bridges["text/html"]
    assert "Bow Creek Home Health and Hospice" in partners["text/html"]
    assert "image/png" in picture
    assert "154 organizations of 50 kinds in 30 counties" in net["text/plain"]
    assert "No problems in the input." in net["text/plain"]


def test_files_that_the_readme_names_exist() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links and all((ROOT / link).exists() for link in links if "://" not in link)


def test_verbs_that_the_readme_names_exist() -> None:
    table = README[README.index("| question") : README.index("## The command line")]
    for name in re.findall(r"`(\w+)`", table):
        assert callable(getattr(pn, name))
