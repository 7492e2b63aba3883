"""Tables with one row for every pair, as evaluators keep them: members beside scores."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import partnet as pn
from partnet.cli import cli
from partnet.core.network import Network

from ..builders import make_network

ROOT = Path(__file__).parents[2]
NET = make_network(
    [{"id": i, "name": n, "kind": "food"} for i, n in
     (("h", "Hill Hospital"), ("e", "Elk EMS"), ("p", "Pine Pantry"), ("q", "Quiet Quilters"))],
    [],
    services=[{"organization": "q", "service": "quilts"}],
)  # fmt: skip
SCORES = """Respondent,Partner,Frequency of interaction,Power/Influence,Reliability,Note
Hill Hospital,Elk EMS,weekly,4,3,see minutes
Hill Hospital,Pine Pantry,never,,,
elk ems,hill hospital,monthly,2,2,
Elk EMS,Pine Pantry,,,,
Pine Pantry,Nobody There,weekly,1,1,
Pine Pantry,Pine Pantry,weekly,1,,
"""


def read(folder: Path, text: str, **options: object) -> Network:
    (folder / "scores.csv").write_text(text, "utf-8")
    return pn.collect_answers(NET, folder / "scores.csv", **options)  # type: ignore[arg-type]


def ties(net: Network) -> set[tuple[str, str, str, float]]:
    rows = net.table("ties")
    columns = ("source", "target", "relation", "strength")
    return set(zip(*(rows[name] for name in columns), strict=True))


def test_a_row_for_every_pair_is_proposed_and_read(tmp_path: Path) -> None:
    answered = read(tmp_path, SCORES)
    mapping = pn.propose_mapping(NET, tmp_path / "scores.csv")
    assert (mapping.respondent, mapping.partner) == ("Respondent", "Partner")
    asked = {column.heading: column.asks for column in mapping.columns}
    assert asked == {
        "Frequency of interaction": "often",
        "Power/Influence": "influence",
        "Reliability": "reliability",
    }
    assert mapping.left == ("Note",)
    said = {(s, t, round(w, 2)) for s, t, _, w in ties(answered)}
    assert {(s, t) for s, t, w in said if w > 0} == {("h", "e"), ("e", "h")}
    assert {(s, t) for s, t, w in said if w == 0} == {("h", "p")}, "never is an answer"
    rated = answered.table("ratings")
    assert sorted(
        zip(rated["rater"], rated["rated"], rated["dimension"], rated["value"], strict=True)
    ) == [
        ("e", "h", "influence", 2),
        ("e", "h", "reliability", 2),
        ("h", "e", "influence", 4),
        ("h", "e", "reliability", 3),
    ]


def test_every_row_is_used_or_named_with_its_place(tmp_path: Path) -> None:
    answered = read(tmp_path, SCORES)
    assert answered.log is not None
    file = answered.log.table.iloc[0]
    assert (file["cells"], file["set_aside"]) == (18, 7)
    aside = [(p.where.row, p.found) for p in answered.problems if p.set_aside]
    assert [row for row, _ in aside] == [6, 7]
    assert "Nobody There" in aside[0][1] and "itself" in aside[1][1]
    responses = answered.log.tables["responses"].set_index("organization")
    assert responses["answered"].to_dict() == {"h": "yes", "e": "yes", "p": "no", "q": "no"}
    assert responses.loc["h", "files"] == 1, "rows of one respondent are one questionnaire"
    open_cells = answered.table("responses")
    open_cells = open_cells[open_cells["respondent"] == "e"].set_index("organization")
    assert open_cells.loc["p", "answered"] == "skipped"
    assert open_cells.loc["q", "answered"] == "not asked", "who has no row was not asked about"


def test_pairs_without_a_relation_work_together(tmp_path: Path) -> None:
    answered = read(
        tmp_path, "From,To,Reliability\nHill Hospital,Elk EMS,3\nElk EMS,Pine Pantry,\n"
    )
    assert ties(answered) == {("h", "e", "collaboration", 1), ("e", "p", "collaboration", 1)}
    assert len(answered.table("ratings")) == 1


def test_kinds_of_relation_in_a_column_are_read(tmp_path: Path) -> None:
    text = "Organization,Partner,How you work with them\nHill Hospital,Elk EMS,referral\n"
    text += 'Hill Hospital,Pine Pantry,"contract, data sharing"\n'
    assert {(t, r) for _, t, r, _ in ties(read(tmp_path, text))} == {
        ("e", "referral"),
        ("p", "contract"),
        ("p", "data_sharing"),
    }


def test_the_mapping_is_kept_and_read_back(tmp_path: Path) -> None:
    plain = read(tmp_path, SCORES)
    net = pn.write_network(NET, tmp_path / "net.xlsx")
    args = [str(tmp_path / "scores.csv"), str(net), "-o", str(tmp_path / "map.toml")]
    done = CliRunner().invoke(cli, ["survey", "map", *args])
    assert done.exit_code == 0 and 'about the organization in "Partner"' in done.output
    mapped = read(tmp_path, SCORES, mapping=tmp_path / "map.toml")
    assert ties(mapped) == ties(plain)
    assert mapped.table("ratings").equals(plain.table("ratings"))


def test_a_missing_partner_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text(
        'respondent = "Respondent"\npartner = "Whom"\n'
        'columns = [ { heading = "Reliability", asks = "reliability" } ]\n',
        "utf-8",
    )
    answered = read(tmp_path, SCORES, mapping=tmp_path / "m.toml")
    assert any('no column "Whom"' in p.found for p in answered.problems)
    assert answered.table("ratings").empty


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "columns", "ratings"), [("pairs", 7, 1344), ("grid", 140, 980)])
def test_surveys_as_evaluators_keep_them_are_read_as_proposed(
    kind: str, columns: int, ratings: int
) -> None:
    net, path = pn.load_sample("prairie"), ROOT / "data" / "samples" / f"survey_{kind}.csv"
    mapping = pn.propose_mapping(net, path)
    assert len(mapping.columns) == columns and not mapping.left
    answered = pn.collect_answers(net, path)
    assert answered.log is not None and answered.log.table["set_aside"].tolist() == [0]
    assert len(answered.table("ratings")) == ratings


@pytest.mark.parametrize("text", ["Name,Type\nHill Hospital,hospital\n", "A,B\n1,2\n"])
def test_a_list_of_members_alone_is_no_answer(tmp_path: Path, text: str) -> None:
    with pytest.raises(pn.InputError, match="found no column"):
        read(tmp_path, text)


def test_one_row_a_respondent_may_be_about_a_pair(tmp_path: Path) -> None:
    rows = ("Respondent,Rated Organization,Reliability", "Hill Hospital,Elk EMS,4")
    text = "\n".join((*rows, "Elk EMS,Pine Pantry,3\n"))
    rated = read(tmp_path, text).table("ratings")
    assert sorted(zip(rated["rater"], rated["rated"], rated["value"], strict=True)) == [
        ("e", "p", 3.0),
        ("h", "e", 4.0),
    ]
