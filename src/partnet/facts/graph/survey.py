"""Who was asked and who answered: which cells of a relation are observed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.arrays import BoolArray
from ...core.memory import fact
from ...core.network import Network
from ...core.rows.waves import order_wave


@dataclass(frozen=True, slots=True)
class Survey:
    """Who was asked about one relation, or about a set of relations.

    Attributes
    ----------
    asked, answered, roster : bool arrays by position
        Asked at all; answered; answered from a roster, so that not naming somebody is an
        observed absence (in free recall an unnamed partner stays unknown).
    wave : str
        The wave it is of; "" where none is named.
    """

    asked: BoolArray
    answered: BoolArray
    roster: BoolArray
    wave: str = ""

    def join(self, other: Survey) -> Survey:
        """Give the survey of two relations taken together: asked about either counts.

        Of two waves only the newer tells who answered: who answered about another relation years
        ago is silent now. What was said from either roster stays observed.
        """
        roster = self.roster | other.roster
        if self.wave and other.wave and self.wave != other.wave:
            newer = max(self, other, key=lambda survey: order_wave(survey.wave))
            return replace(newer, roster=roster)
        wave = self.wave or other.wave
        return Survey(self.asked | other.asked, self.answered | other.answered, roster, wave)

    def among(self, here: BoolArray) -> Survey:
        """Give the survey of some organizations only."""
        return Survey(self.asked[here], self.answered[here], self.roster[here], self.wave)


@fact
def read_surveys(net: Network, relations: tuple[str, ...]) -> dict[str, Survey]:
    """Give the survey of every relation that somebody was asked about; others are left out.

    Of several waves the newest that asked about a relation counts.
    """
    responses = net.rows("responses")
    responses = responses[~_is_cell(responses)]
    if responses.empty:
        return {}
    of_all = responses["relation"] == ""  # answers that speak of every relation
    own = set(responses.loc[~of_all, "relation"])
    rows = responses[of_all]
    shared = _read_survey(net, rows[_is_newest(rows)]) if of_all.any() else None
    found = {}
    for relation in relations:
        if relation in own:
            rows = responses[of_all | (responses["relation"] == relation)]
            found[relation] = _read_survey(net, rows[_is_newest(rows)])
        elif shared is not None:
            found[relation] = shared
    return found


def _read_survey(net: Network, rows: pd.DataFrame) -> Survey:
    def flag(chosen: pd.Series) -> BoolArray:
        flags = np.zeros(net.n, dtype=bool)
        flags[net.positions(rows.loc[chosen, "respondent"])] = True
        return flags

    asked = rows["answered"] != "not asked"
    answered = rows["answered"].isin(["yes", ""])
    wave = max(rows["wave"], key=order_wave, default="")
    roster = flag(answered & (rows["design"] != "free recall"))
    return Survey(flag(asked), flag(answered), roster, wave)


OPEN = ("skipped", "don't know", "not asked")  # of one partner: a cell without an answer


def _is_cell(responses: pd.DataFrame) -> pd.Series:
    """Rows that speak of one other organization only: what was left open about it."""
    return (responses["organization"] != "") & responses["answered"].isin(OPEN)


def _is_newest(rows: pd.DataFrame) -> pd.Series:
    """Rows of the newest wave among these, and those that name none."""
    newest = max(rows["wave"], key=order_wave, default="")
    return rows["wave"].isin(["", newest])


@fact
def find_skipped(net: Network, relations: tuple[str, ...]) -> sparse.csr_array:
    """Mark the cells that a respondent left open: 1 where row i gave no answer about column j.

    Returns
    -------
    csr_array, shape (n, n)
        In the order of the network's organizations.
    """
    responses = net.rows("responses")
    rows = responses[responses["relation"].isin(["", *relations])]
    rows = rows[_is_newest(rows)]
    rows = rows[_is_cell(rows)]
    ids = rows["organization"].map(net.index.find)
    rows = rows.assign(organization=ids)[ids != ""]
    cells = tuple(net.positions(rows[end]) for end in ("respondent", "organization"))
    marks = sparse.csr_array((np.ones(len(rows)), cells), shape=(net.n, net.n))
    marks.data[:] = 1.0
    return marks
