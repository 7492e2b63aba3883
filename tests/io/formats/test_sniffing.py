"""Which program wrote a file is told in a moment, however long a word in it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnet.io.formats.opening import find_format
from partnet.io.formats.source import Source

FEW, LONG = 200, 60_000
STARTS = ("", "a pp ", "a b c ", "graph ", "Creator ", "dl ", "<", "{", "*Vertices ", "a,b\n", '"')
FILLS = ("b", "b ", "b.", "1 ", "\t", "\n", " ", '"', "[", "a,", "<a ", "#", "= ", "--", "é ")


@pytest.mark.parametrize("start", STARTS)
def test_no_text_is_looked_at_again_at_every_letter(start: str, tmp_path: Path) -> None:
    """A pattern that tries again at each of 60,000 letters takes minutes; so few are told alike."""
    for number, fill in enumerate(FILLS):
        path = tmp_path / f"{number}.sif"
        named = [name_format(path, start + fill * times) for times in (FEW, LONG // len(fill))]
        assert named[0] == named[1], fill


def name_format(path: Path, text: str) -> str:
    """Write a text and give the name of its format, "" for none."""
    path.write_text(f"{text}\n", encoding="utf-8")
    found = find_format(Source(path))
    return "" if found is None else found.name


def test_a_graph_after_other_keys_is_gml(tmp_path: Path) -> None:
    for text in (
        'Creator "me"\nVersion 1\ngraph [ directed 1 ]',
        "# remark\ngraph\n[\n]",
        "  comment x.y graph[]",
    ):
        path = tmp_path / "x.gml"
        path.write_text(text, encoding="utf-8")
        found = find_format(Source(path))
        assert found is not None and found.name == "gml"
