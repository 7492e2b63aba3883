"""Numbers that are not what they seem: what is said above a table, and ratings."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnet import read_network

LEGEND = "Scale: 0 = none, 1 = networking, 2 = cooperation, 3 = coordination, 9 = don't know"
TURNED = "1 = very close, 5 = distant"
TABLES = {
    "a list": "From,To,Strength\nElm,Oak,3\nElm,Fir,9\nOak,Fir,1\n",
    "a matrix": "Organization,Elm,Oak,Fir\nElm,x,3,9\nOak,0,x,1\nFir,0,0,x\n",
}


def list_strengths(path: Path, text: str) -> dict[str, float]:
    path.write_text(text, encoding="utf-8")
    ties = read_network(path).ties
    pairs = (ties["source"] + " " + ties["target"]).str.title()
    return dict(zip(pairs, ties["strength"].round(3), strict=True))


@pytest.mark.parametrize("table", TABLES)
def test_numbers_mean_what_is_said_above_them(table: str, tmp_path: Path) -> None:
    """9 is no answer; without the line it would be the strongest tie of all."""
    text = f'Our partners 2027,,,\n"{LEGEND}",,,\n,,,\n{TABLES[table]}'
    assert list_strengths(tmp_path / "t.csv", text) == {"Elm Oak": 0.75, "Oak Fir": 0.25}
    turned = TABLES[table].replace("9", "5").replace("x", "")
    found = list_strengths(tmp_path / "u.csv", f'"{TURNED}",,,\n,,,\n{turned}')
    assert found["Oak Fir"] > found["Elm Oak"] > found["Elm Fir"] > 0


def test_ratings_of_a_grid_are_no_ties(tmp_path: Path) -> None:
    """Who is not reliable at all is no organization without a tie."""
    asks = ("How often are you in touch?", "How reliable are they?")
    head = ",".join(f"{question} [{name}]" for question in asks for name in ("Oak", "Fir"))
    path = tmp_path / "g.csv"
    path.write_text(f"Your organization,{head}\nElm,weekly,monthly,4,0\n", encoding="utf-8")
    net = read_network(path)
    assert net.table("ties")["strength"].tolist() == [0.8, 0.6]
    assert "2 columns that rate partners" in "\n".join(map(str, net.problems))


def test_words_of_their_own_under_how_are_remarks_beside_relations(tmp_path: Path) -> None:
    path = tmp_path / "edges.csv"
    path.write_text(
        "From,To,How\nElm,Oak,refers patients\nOak,Birch,shares a van\nElm,Birch,no contact\n",
        encoding="utf-8",
    )
    net = read_network(path)
    told = net.ties[["relation", "evidence"]].values.tolist()
    assert sorted(told) == [["collaboration", "shares a van"], ["referral", ""]]
    assert any('"shares a van"' in problem.found for problem in net.problems)
