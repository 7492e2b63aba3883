from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

import partnet as pn
from partnet.core.errors import UsageError
from partnet.core.network import Network
from partnet.facts.graph.collaboration import build_layer
from partnet.questions.explanation.question import COLUMNS, explain_ties

from ...builders import FEW, make_network, networks


def two_counties() -> Network:
    """Six organizations in each of two counties; all within a county are tied, none across."""
    rows = [
        {
            "id": f"o{k:02d}",
            "name": f"O{k:02d}",
            "kind": ("hospital", "food")[k % 2],
            "state": "NE",
            "county_fips": ("31001", "31003")[k // 6],
        }
        for k in range(12)
    ]
    ids = [row["id"] for row in rows]
    ties = [(a, b) for half in (ids[:6], ids[6:]) for a, b in combinations(half, 2)]
    return make_network(rows, ties)


def test_the_county_explains_what_it_made() -> None:
    found = explain_ties(two_counties(), permutations=99)
    place = found.table.loc["shared_places"]
    assert (place["tied_with"], place["tied_without"]) == (1, 0)
    assert place["share_of_pairs"] == pytest.approx(30 / 66)
    assert place["coefficient"] == pytest.approx(1) and place["p"] == pytest.approx(0.02)
    assert place["correlation"] == pytest.approx(1)
    sector = found.table.loc["same_sector"]
    assert sector["coefficient"] == pytest.approx(0, abs=1e-9)
    assert found.table.index[0] == "shared_places"
    assert found.sentences[0] == (
        "Of pairs with a county in common, 100% have a tie on file, of the others 0%; all else on "
        "this list being equal, about 100 more of 100 are tied."
    )
    assert found.sentences[-1] == "This says what goes together, not what causes what."


def test_coefficients_are_least_squares_over_known_pairs() -> None:
    net = pn.load_sample("prairie")
    found = explain_ties(net, permutations=5).table
    layer = build_layer(net)
    roster = layer.survey.roster
    known = (roster[:, None] | roster[None, :] | (layer.matrix.toarray() > 0)) & ~np.eye(
        net.n, dtype=bool
    )
    y = (layer.matrix.toarray() > 0)[known].astype(float)
    sector = net.organizations["sector"].to_numpy()
    same = ((sector[:, None] == sector[None, :]) & (sector != "")[:, None])[known]
    assert found.loc["same_sector", "share_of_pairs"] == pytest.approx(same.mean())
    assert found.loc["same_sector", "tied_with"] == pytest.approx(y[same].mean())
    assert known.sum() == 2 * layer.observed_cells


def test_unknown_pairs_are_left_out() -> None:
    answers = [
        {"respondent": f"o{k:02d}", "answered": "yes" if k < 10 else "no", "design": "roster"}
        for k in range(12)
    ]
    net = two_counties()
    tables = {name: net.table(name) for name in ("organizations", "ties")}
    asked = pn.read_network({**tables, "responses": pd.DataFrame(answers)})
    found = explain_ties(asked, permutations=19).table
    # o10 and o11 did not answer, but their tie is on file, so every pair is known
    assert found.loc["shared_places", "share_of_pairs"] == pytest.approx(30 / 66)
    ties = tables["ties"]
    less = ties[~((ties["source"] == "o10") & (ties["target"] == "o11"))]
    asked = pn.read_network(
        {
            "organizations": tables["organizations"],
            "ties": less,
            "responses": pd.DataFrame(answers),
        }
    )
    found = explain_ties(asked, permutations=19).table
    assert found.loc["shared_places", "share_of_pairs"] == pytest.approx(29 / 65)
    assert found.loc["shared_places", "tied_with"] == 1  # the unknown pair is no absence


@pytest.mark.parametrize("organizations", ["", "a", "ab", "abc"])
def test_next_to_nothing(organizations: str) -> None:
    found = explain_ties(make_network(organizations), permutations=9)
    assert found.table.empty and list(found.table.columns) == COLUMNS
    assert found.text == "Too little is on file to say what goes together with ties."


@FEW
@given(networks())
def test_any_network_gives_a_result(net: Network) -> None:
    found = explain_ties(net, permutations=9)
    assert found.sentences and all(sentence.endswith(".") for sentence in found.sentences)
    assert found.table["p"].dropna().between(0, 1).all()
    found.to_json()


def test_a_network_beyond_pairs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnet.questions.explanation.question.MOST_DENSE", 3)
    with pytest.raises(UsageError, match=r"found 12 organizations\. At most 3"):
        explain_ties(two_counties())
