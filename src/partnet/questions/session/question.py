"""The papers for a strategic partnership session of a community or a State."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words, say_dollars
from ...facts.affinity import Affinity, build_affinity
from ...facts.collaboration import build_layer
from ..gaps.question import find_gaps
from ..outcomes.question import check_outcomes, say_outcomes
from .agenda import Materials, propose_outcomes, write_agenda
from .duties import connect_duties
from .grantees import (
    find_synergies,
    list_grantees,
    list_strangers,
    newest_year,
    say_common_ground,
    sum_place,
)
from .guests import say_guests, suggest_partners
from .indicators import list_indicators, list_plans, say_indicators, say_plans
from .place import Place, list_present, resolve_place
from .seating import SEATS, Seating, plan_seating

EVERYBODY = 60  # a place with more organizations than this seats its grantees and guests only
GRANT_PAIR = 1.0  # value of seating two grantees of a synergy without a tie on file
TOGETHER = 12  # pairs named
FEW = 4  # pairs without a tie that the first page names
ENOUGH = 3  # families (services, money, people, places, groups) in common that count in full


def prepare_session(
    net: Network,
    place: str | Sequence[str] | None = None,
    *,
    seats: int = SEATS,
    as_of: str | pd.Timestamp | None = None,
    gaps: Result | None = None,
) -> Result:
    """Prepare a partnership session: grantees and their money, strangers, synergies, seats, agenda.

    After HRSA's Strategic Partnership Sessions: every grantee of a place with programs, dates and
    dollars, and the collective investment; health indicators and plans as the starting point; who
    works with whom and who has no tie on file; programs that serve the same people, and how their
    requirements interconnect; external partners to invite; a seating plan; the agenda of kick-off,
    session and follow-up; and the register of outcomes, held against what is on file now.

    Parameters
    ----------
    net : Network
        The network.
    place : str or sequence of str, optional
        A county by code or name, several of them, or the State; default: the whole network.
    seats : int, default 8
        Most people at one table.
    as_of : str or Timestamp, optional
        The day of the session; default: the newest date in the tables.
    gaps : Result, optional
        What ``find_gaps`` found on the same day, where it was computed already.

    Returns
    -------
    Result
        ``.table``: who comes, with ``organization``, ``name``, ``kind``, ``sector``, ``role``
        (grantee, partner, guest), ``dollars``, ``n_ties`` (working ties within the room),
        ``seat_at`` (table). ``.tables``: ``grantees``, ``investment``, ``programs``,
        ``indicators``, ``plans``, ``ties`` (who works with whom in the room), ``strangers``
        (grantees with no tie on file), ``synergies``, ``requirements``, ``guests``, ``together``
        (strangers seated together), ``agenda``, ``outcomes``, ``feedback``, ``proposed``.

    Raises
    ------
    UsageError
        The place is not known, or a table has fewer than two seats.
    """
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    session = _Session(net, resolve_place(net, place), day, seats, gaps)
    return Result(
        verb="prepare_session",
        title=f"Partnership session: {session.place.name}",
        table=session.attendance,
        sentences=tuple(session.say()),
        method=session.method(),
        tables=session.tables(),
    )


@dataclass(frozen=True)
class _Session:
    """Everything a session needs, each part computed once."""

    net: Network
    place: Place
    day: pd.Timestamp | None
    seats: int
    found: Result | None = None

    @cached_property
    def held(self) -> Network:
        """The network on the day."""
        return self.net if self.day is None else self.net.at(self.day)

    @cached_property
    def grantees(self) -> pd.DataFrame:
        """Awards that run and reach the place; the convener's own stay in the list of money."""
        return list_grantees(self.net, self.place, self.day)

    @cached_property
    def grantee_ids(self) -> list[str]:
        """Grantees in order, without the convener."""
        return sorted(set(self.grantees["organization"]) - {self.net.convener})

    @cached_property
    def room(self) -> list[str]:
        """Who comes anyway: everybody of the place, or its grantees where that is too many."""
        present = list_present(self.held, self.place)
        here = set(present.index[present != ""])
        chosen = {*self.grantee_ids} if len(here) > EVERYBODY else here | {*self.grantee_ids}
        return sorted(chosen)

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """What the place lacks, and rules of its organizations with nothing on file."""
        kinds = ("coverage", "rule")
        result = self.found or find_gaps(self.net, kinds, as_of=self.day)
        found = result.table[result.table["kind"].isin(kinds)]
        inside = found["place"].isin(self.place.counties) | found["organization"].isin(self.room)
        return found[inside]

    @cached_property
    def invited(self) -> tuple[pd.DataFrame, list[str]]:
        """Guests, and voices that nobody has."""
        return suggest_partners(self.held, self.place, self.room, self.gaps)

    @cached_property
    def people(self) -> list[str]:
        """Everybody to be seated, in the order of ids."""
        return sorted({*self.room, *self.invited[0]["organization"]})

    @cached_property
    def affinity(self) -> Affinity:
        """What organizations have in common."""
        return build_affinity(self.net, k=max(self.net.n, 1), as_of=self.day)

    @cached_property
    def gain(self) -> sparse.csr_array:
        """What a new contact is worth: affinity, less where it rests on one or two families."""
        families = [matrix.sign() for matrix in self.affinity.by_family.values()]
        shared = sum(families, sparse.csr_array(self.affinity.matrix.shape))
        return sparse.csr_array(self.affinity.matrix.multiply(shared.minimum(ENOUGH) / ENOUGH))

    @cached_property
    def synergies(self) -> pd.DataFrame:
        """Pairs of grantees that serve the same people."""
        return find_synergies(self.held, self.grantees, self.place)

    @cached_property
    def strangers(self) -> pd.DataFrame:
        """Pairs of grantees with no tie on file."""
        return list_strangers(self.net, self.grantee_ids, self.gain)

    @cached_property
    def requirements(self) -> pd.DataFrame:
        """Duties that several in the room could meet together."""
        return connect_duties(self.net, self.room)

    @cached_property
    def tied(self) -> np.ndarray:
        """Who of those seated has a tie on file with whom."""
        pairs = self.net.tied_pairs
        people = self.people
        return np.array([[frozenset((a, b)) in pairs for b in people] for a in people], dtype=bool)

    @cached_property
    def seating(self) -> Seating:
        """The seating plan."""
        at = self.net.positions(self.people)
        value = self.gain[at][:, at].toarray() if len(at) else np.zeros((0, 0))
        place = {id_: k for k, id_ in enumerate(self.people)}
        for row in self.synergies[self.synergies["status"] == "no tie on file"].itertuples():
            value[place[row.a], place[row.b]] = value[place[row.b], place[row.a]] = GRANT_PAIR
        sectors = self.net.organizations["sector"].reindex(self.people).fillna("").tolist()
        known = self.tied.reshape(len(at), len(at))
        return plan_seating(value, known, sectors, seats=self.seats)

    @cached_property
    def attendance(self) -> pd.DataFrame:
        """Who comes, in which role, to which table."""
        people, net = pd.Index(self.people, dtype="str", name="organization"), self.net
        guests = set(self.invited[0]["organization"])
        grantees = set(self.grantee_ids)
        own = net.organizations.reindex(people)
        here = self.grantees[self.grantees["counted"] == "here"]
        dollars = here.groupby("organization")["dollars"].sum()
        at = net.positions(people)
        inside = build_layer(net, as_of=self.day).binary[at][:, at] if len(at) else None
        ties = np.zeros(len(at)) if inside is None else np.asarray(inside.sum(axis=1)).ravel()
        kinds = {id_: kind.label for id_, kind in net.vocabulary.kinds.items()}
        table = pd.DataFrame(
            {
                "name": own["name"],
                "kind": own["kind"].map(kinds),
                "sector": own["sector"].map(net.vocabulary.sectors).fillna(""),
                "role": [_name_role(id_, grantees, guests) for id_ in people],
                "dollars": dollars.reindex(people).fillna(0.0),
                "n_ties": ties.astype("int64"),
                "seat_at": self.seating.table,
            },
            index=people,
        ).reset_index()
        return table.sort_values(["seat_at", "organization"], kind="stable", ignore_index=True)

    @cached_property
    def together(self) -> pd.DataFrame:
        """The most productive strangers that the plan seats together."""
        table = dict(zip(self.people, self.seating.table, strict=True))
        pairs = list_strangers(self.net, self.people, self.gain)
        grants = self.synergies[self.synergies["status"] == "no tie on file"]
        asks = {(r.a, r.b): (r.n_shared, r.ask) for r in grants.itertuples()}
        same = [table[a] == table[b] for a, b in zip(pairs["a"], pairs["b"], strict=True)]
        pairs = pairs[np.array(same, dtype=bool)] if len(pairs) else pairs
        ends = list(zip(pairs["a"], pairs["b"], strict=True))
        pairs = pairs.assign(
            seat_at=[table[a] for a, _ in ends],
            n_shared=[asks.get(pair, (0, ""))[0] for pair in ends],
            ask=[asks.get(pair, (0, ""))[1] for pair in ends],
        )
        order = ["n_shared", "gain", "a", "b"]
        best = pairs.sort_values(order, ascending=[False, False, True, True]).head(TOGETHER)
        best["common"] = [
            say_common_ground(self.affinity, a, b)
            for a, b in zip(best["a"], best["b"], strict=True)
        ]
        return best.drop(columns="n_shared").reset_index(drop=True)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Who works with whom in the room."""
        ties = self.held.ties
        inside = ties["source"].isin(self.people) & ties["target"].isin(self.people)
        rows = ties[inside & (ties["relation"] != "contact")]
        labels = {id_: relation.label for id_, relation in self.net.vocabulary.relations.items()}
        ends = np.sort(rows[["source", "target"]].to_numpy(dtype=str), axis=1).reshape(-1, 2)
        pairs = pd.DataFrame(
            {"a": ends[:, 0], "b": ends[:, 1], "relation": rows["relation"].map(labels).tolist()}
        )
        joined = pairs.groupby(["a", "b"], sort=True)["relation"].agg(
            lambda r: join_words(sorted(set(r)))
        )
        table = joined.reset_index()
        names = self.net.names
        return table.assign(a_name=table["a"].map(names), b_name=table["b"].map(names))

    @cached_property
    def register(self) -> Result:
        """Outcomes of earlier sessions, of the place where it is named."""
        return check_outcomes(self.net, as_of=self.day)

    def of_place(self, outcomes: pd.DataFrame) -> pd.DataFrame:
        """Outcomes that name the place, no place, or somebody of the room."""
        named = self.place.holds(outcomes["place"]) | (outcomes["place"] == "")
        ours = outcomes["owner"].isin(self.room) | outcomes["other"].isin(self.room)
        return outcomes[named | ours].reset_index(drop=True)

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        materials = self._materials()
        programs = self.grantees[self.grantees["counted"] == "here"].groupby("program").agg(
            dollars=("dollars", "sum"), organizations=("organization", "nunique")
        )  # fmt: skip
        ordered = programs.sort_values("dollars", ascending=False, kind="stable").reset_index()
        return {
            "grantees": self.grantees,
            "investment": sum_place(self.net, self.place),
            "programs": ordered,
            "indicators": materials.indicators,
            "plans": list_plans(self.held, self.place),
            "ties": self.ties,
            "strangers": self.strangers,
            "synergies": self.synergies,
            "requirements": self.requirements,
            "guests": self.invited[0],
            "together": self.together,
            "agenda": write_agenda(materials),
            "outcomes": materials.register,
            "feedback": materials.feedback,
            "proposed": propose_outcomes(self.place, self.together, self.requirements, self.day),
        }

    def _materials(self) -> Materials:
        return Materials(
            place=self.place,
            grantees=self.grantees,
            indicators=list_indicators(self.net, self.place),
            synergies=self.synergies,
            requirements=self.requirements,
            together=self.together,
            guests=self.invited[0],
            register=self.of_place(self.register.table),
            feedback=self.of_place(self.register.tables["feedback"]),
        )

    def say(self) -> Iterator[str]:
        """Say what a convener needs to know, the most important first."""
        if not self.people:
            yield f"Nobody of {self.place.name} is on file: there is no session to prepare."
            return
        yield self._say_money()
        yield say_indicators(list_indicators(self.net, self.place), self.place)
        yield say_plans(list_plans(self.held, self.place))
        yield from self._say_strangers()
        yield from self._say_requirements()
        yield from say_guests(*self.invited)
        yield self._say_seating()
        yield from say_outcomes(self.of_place(self.register.table), self.place.name)

    def _say_money(self) -> str:
        investment = sum_place(self.net, self.place)
        year, n = newest_year(investment), len(self.grantee_ids)
        if self.grantees.empty:
            return f"No award that reaches {self.place.name} is on file (table funding)."
        verb = "reaches" if n == 1 else "reach"
        head = f"{count_noun(n, 'grantee')} with running awards {verb} {self.place.name}"
        if year is None:
            return f"{head}; for which years the money counts is not on file."
        apart = self.grantees.loc[self.grantees["counted"] != "here", "dollars"].sum()
        more = (
            f"; awards of {say_dollars(apart)} that reach it as well count elsewhere"
            if apart
            else ""
        )
        return (
            f"{head}; the collective investment on file for fiscal year {year.fiscal_year} is "
            f"{say_dollars(year.dollars)} from {count_noun(year.programs, 'program')}, each dollar "
            f"counted once{more}."
        )

    def _say_strangers(self) -> Iterator[str]:
        n = len(self.grantee_ids)
        if n > 1:
            pairs = n * (n - 1) // 2
            alone = self._find_alone()
            named = f"; {join_words(alone, most=3)} with none of the others" if alone else ""
            few = self.strangers if len(self.strangers) <= FEW else self.strangers.head(0)
            who = "; ".join(f"{row.a_name} and {row.b_name}" for row in few.itertuples())
            yield (
                f"{len(self.strangers)} of {count_noun(pairs, 'pair')} of grantees have no tie on "
                f"file{named}{f': {who}' if who else ''}."
            )
        strange = self.synergies[self.synergies["status"] == "no tie on file"]
        if len(strange):
            row = strange.iloc[0]
            yield (
                f"{count_noun(len(self.synergies), 'pair')} of grantees serve the same people in "
                f"the same places, {len(strange)} of them with no tie on file; seat together first "
                f"{row.a_name} and {row.b_name} ({row.shared}): {row.ask}"
            )
        elif len(self.synergies):
            row = self.synergies.iloc[0]
            yield (
                f"{count_noun(len(self.synergies), 'pair')} of grantees serve the same people, all "
                f"with a tie on file; most in common: {row.a_name} and {row.b_name} ({row.shared})."
            )

    def _find_alone(self) -> list[str]:
        """Names of grantees with no tie on file to any other grantee."""
        pairs, ids = self.net.tied_pairs, self.grantee_ids
        return [
            self.net.name(a)
            for a in ids
            if not any(frozenset((a, b)) in pairs for b in ids if b != a)
        ]

    def _say_requirements(self) -> Iterator[str]:
        if len(self.requirements):
            row = self.requirements.iloc[0]
            topics = self.requirements["topic"].tolist()
            yield (
                f"Requirements that could be met together: {join_words(topics, most=4)}. "
                f"First: {row.topic}, a duty of {row.who}."
            )

    def _say_seating(self) -> str:
        plan, n = self.seating, len(self.people)
        tables = int(plan.table.max(initial=0))
        note = "" if n <= len(self.room) else f" (with {count_noun(n - len(self.room), 'guest')})"
        said = (
            f"The seating plan puts {count_noun(n, 'organization')}{note} at "
            f"{count_noun(tables, 'table')}, sectors mixed"
        )
        if plan.bound > 0:
            said += f"; its value is at least {int(plan.share * 100)}% of the best possible"
        bad = []
        if plan.strangers_only:
            bad.append(f"strangers only at table {join_words(list(map(str, plan.strangers_only)))}")
        if plan.friends_only:
            bad.append(f"friends only at table {join_words(list(map(str, plan.friends_only)))}")
        return f"{said}{f' ({join_words(bad)}: no plan without it was found)' if bad else ''}."

    def method(self) -> Method:
        """How it was done."""
        plan = self.seating
        return Method(
            name="Partnership session: awards, indicators, ties, duties and a seating plan.",
            formula=(
                "An award reaches the place if it serves it or its grantee does; collective "
                "investment counts each dollar once. A pair is a synergy if it shares a program "
                "or services for the same people, in a county of the place. Value of a plan "
                "= sum over people of their three best new contacts at the table (affinity x "
                "families in common, at most 3, / 3; 1 for "
                "grantees of a synergy with no tie on file); bound = linear relaxation."
            ),
            settings={
                "network": self.net.title,
                "as of": "no dates" if self.day is None else str(self.day.date()),
                "place": self.place.name,
                "counties": len(self.place.counties),
                "seats at a table": self.seats,
                "value of the seating plan": round(plan.value, 3),
                "bound": round(plan.bound, 3),
            },
            sources=(
                "Lourenço, Martin & Stützle (2019), Iterated local search, "
                "doi:10.1007/978-3-319-91086-4_5.",
            ),
            notes=(
                "Duties are a summary for a meeting, not legal advice.",
                "No tie on file does not mean that two never worked together.",
            ),
        )


def _name_role(id_: str, grantees: set[str], guests: set[str]) -> str:
    return "grantee" if id_ in grantees else "guest" if id_ in guests else "partner"
