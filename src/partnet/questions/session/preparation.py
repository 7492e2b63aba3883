"""What a partnership session of a place needs, each part worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ...core.arrays import FloatArray, IntArray
from ...core.network import Network
from ...core.wording.text import join_words, raise_first, say_date
from ...facts.graph.affinity import Affinity, build_affinity
from ...facts.graph.collaboration import build_layer
from ..gaps.found import tabulate_open
from ..outcomes.question import judge_outcomes, select_feedback
from ..recommendation.needs import Need
from .agenda import Materials, propose_outcomes, write_agenda
from .duties import connect_duties
from .facilitation import propose_facilitators
from .focus import EVERYTHING, Focus
from .grantees import (
    NO_TIE,
    find_synergies,
    list_grantees,
    list_untied_pairs,
    say_common_ground,
    sum_place,
)
from .guests import MOST_GUESTS, suggest_partners
from .indicators import list_indicators, list_plans
from .invitation import Invitation
from .levels import tabulate_levels
from .place import Place, is_county
from .room import Room, tabulate_answers
from .seating import Seating, plan_seating
from .shown import ANSWERS, ATTENDANCE, SEATING, TIES, TOGETHER_SEATED

NEED_PAIR = 4.0  # value of seating a pair with an open need, times 1 + its severity
GRANT_PAIR = 1.0  # value of seating two grantees of a synergy without a tie on file
NEEDED = 1_000.0  # pairs with an open need are named before those with shared programs
FRESH = 0.05  # value of whoever one has not sat with, once earlier sessions are on file
MET_BEFORE = 0.1  # for each session at which two sat at one table, a tenth of it is new
SIDES = ("organization", "partner")
TOGETHER = 12  # pairs named
ENOUGH = 3  # families (services, money, people, places, groups) in common that count in full


@dataclass(frozen=True)
class Preparation:
    """Everything a session needs.

    Attributes
    ----------
    here : Network
        The network on the day of the session.
    place : Place
        The place that it is about.
    seats : int
        Most people at one table.
    focus : Focus
        What it is about; default: everything.
    held_on : Timestamp, optional
        The day of the session; default: the day on which the tables are judged.
    """

    here: Network
    place: Place
    seats: int
    focus: Focus = EVERYTHING
    held_on: pd.Timestamp | None = None

    @cached_property
    def room(self) -> Room:
        """Who comes, as far as it is on file, and who sat with whom before."""
        return Room(self.here, self.place, self.held_on or self.here.day)

    @property
    def title(self) -> str:
        """What it is called."""
        about = f" on {self.focus.name}" if self.focus.name else ""
        return f"Partnership session{about}: {self.place.name}"

    @cached_property
    def grantees(self) -> pd.DataFrame:
        """Awards that run and reach the place; the convener's own stay in the list of money."""
        return list_grantees(self.here, self.place)

    @cached_property
    def programs(self) -> pd.DataFrame:
        """Running awards that count in the place, by program."""
        here = self.grantees[self.grantees["counted"] == "here"]
        programs = here.groupby("program").agg(
            dollars=("dollars", "sum"), organizations=("organization", "nunique")
        )
        return programs.sort_values("dollars", ascending=False, kind="stable").reset_index()

    @cached_property
    def grantee_ids(self) -> list[str]:
        """Grantees in order, without the convener."""
        return sorted(set(self.grantees["organization"]) - {self.here.convener})

    @cached_property
    def invitation(self) -> Invitation:
        """Who is asked, and what they could meet."""
        return Invitation(self.here, self.place, self.focus, tuple(self.grantee_ids))

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """What the place lacks, and rules of its organizations with nothing on file."""
        found = tabulate_open(self.here, ("coverage", "rule"))
        inside = found["place"].isin(self.place.counties)
        inside |= found["organization"].isin(self.attending)
        about = [self.focus.names(rule) for rule in found["rule"]]
        return found[inside & np.array(about, dtype=bool)]

    @cached_property
    def attending(self) -> list[str]:
        """Who of those asked comes, before guests."""
        return self.room.choose(self.invitation.invitees)

    @cached_property
    def invited(self) -> tuple[pd.DataFrame, list[str]]:
        """Guests, and voices that nobody has."""
        return suggest_partners(
            self.here, self.place, self.attending, self.gaps,
            needs=self.invitation.needs, focus=self.focus,
            asked={*self.invitation.invitees, *self.room.answers},
            most=MOST_GUESTS if self.attending else 0,
        )  # fmt: skip

    @cached_property
    def people(self) -> list[str]:
        """Everybody to be seated, in the order of ids; guests until the first answers are in."""
        guests = set() if self.room.come else set(self.invited[0]["organization"])
        return sorted({*self.attending, *guests})

    @cached_property
    def waiting(self) -> list[str]:
        """Who has not answered, those with the worst needs first."""
        worst_first = [end for pair in self.invitation.needs for end in pair]
        return self.room.list_waiting(self.invitation.invitees, worst_first)

    @cached_property
    def lost(self) -> dict[str, list[str]]:
        """What is open and waits for each organization, in words, the worst first."""
        found: dict[str, list[str]] = {}
        for pair, need in self.invitation.needs.items():
            for end in pair:
                found.setdefault(end, []).append(need.goal)
        return found

    @cached_property
    def facilitators(self) -> pd.DataFrame:
        """Who could facilitate, with what speaks against each."""
        return propose_facilitators(
            self.here, self.people, own=self.attending, statewide=self.place.whole
        )

    @cached_property
    def levels(self) -> pd.DataFrame:
        """At which level everybody who comes is needed, and who that would be."""
        return tabulate_levels(self.here, self.people, self.invitation.open_needs, self.synergies)

    @cached_property
    def affinity(self) -> Affinity:
        """What organizations have in common."""
        return build_affinity(self.here)

    def worth(self, at: IntArray) -> FloatArray:
        """What new contacts among some would be worth: affinity, less where it rests on little."""
        alike, families = self.affinity.among(at)
        return alike * (np.minimum(families, ENOUGH) / ENOUGH)

    @cached_property
    def synergies(self) -> pd.DataFrame:
        """Pairs of grantees that serve the same people."""
        return find_synergies(self.here, self.grantees, self.place)

    @cached_property
    def untied_pairs(self) -> pd.DataFrame:
        """Pairs of grantees with no tie on file."""
        return list_untied_pairs(self.here, self.grantee_ids, self.worth)

    @cached_property
    def requirements(self) -> pd.DataFrame:
        """Duties that several invitees could meet together."""
        return connect_duties(self.here.whole, self.attending)

    @cached_property
    def tied(self) -> np.ndarray:
        """Who of those seated has a tie on file with whom."""
        pairs = self.here.whole.tied_pairs
        people = self.people
        return np.array([[frozenset((a, b)) in pairs for b in people] for a in people], dtype=bool)

    @cached_property
    def seating(self) -> Seating:
        """The seating plan."""
        at = self.here.positions(self.people)
        value = self.worth(at)
        place = {id_: k for k, id_ in enumerate(self.people)}
        for row in self.synergies[self.synergies["status"] == NO_TIE].itertuples():
            if row.organization in place and row.partner in place:
                ends = place[row.organization], place[row.partner]
                value[ends] = value[ends[::-1]] = GRANT_PAIR
        value = self._count_history(value, place)
        known = self.tied.reshape(len(at), len(at)).copy()
        for (a, b), need in self.invitation.needs.items():
            if (
                a in place and b in place
            ):  # also where a tie is on file: what is due is talked about
                ends = place[a], place[b]
                value[ends] = value[ends[::-1]] = NEED_PAIR * (1 + need.severity)
                known[ends] = known[ends[::-1]] = False
        sectors = self.here.organizations["sector"].reindex(self.people).fillna("").tolist()
        return plan_seating(value, known, sectors, seats=self.seats)

    def _count_history(self, value: np.ndarray, place: dict[str, int]) -> np.ndarray:
        """Lower what a contact is worth to two who sat together; raise it a little to all others.

        Without the second, the plan would not tell two strangers with nothing on file in common
        from two who sat together.
        """
        before = self.room.seated_before
        if not before:
            return value
        value = value + FRESH
        for (a, b), (times, _) in before.items():
            if a in place and b in place:
                ends = place[a], place[b]
                value[ends] = value[ends[::-1]] = (value[ends] - FRESH) * MET_BEFORE**times
        return value

    @cached_property
    def attendance(self) -> pd.DataFrame:
        """Who comes, in which role, to which table."""
        people, net = pd.Index(self.people, dtype="str", name="organization"), self.here
        guests = self._list_guests()
        grantees = set(self.grantee_ids)
        own = net.organizations.reindex(people)
        here = self.grantees[self.grantees["counted"] == "here"]
        dollars = here.groupby("organization")["dollars"].sum()
        at = net.positions(people)
        inside = build_layer(net).binary[at][:, at] if len(at) else None
        ties = np.zeros(len(at)) if inside is None else np.asarray(inside.sum(axis=1)).ravel()
        kinds = {id_: kind.label for id_, kind in net.vocabulary.kinds.items()}
        table = pd.DataFrame(
            {
                "name": net.names.reindex(people),
                "kind": own["kind"].map(kinds),
                "sector": own["sector"].map(net.vocabulary.sectors).fillna(""),
                "role": [_name_role(id_, grantees, guests) for id_ in people],
                "dollars": dollars.reindex(people).fillna(0.0),
                "n_ties": ties.astype("int64"),
                "table_number": self.seating.table,
            },
            index=people,
        ).reset_index()
        order = ["table_number", "organization"]
        return table.sort_values(order, kind="stable", ignore_index=True)[ATTENDANCE.names]

    def _list_guests(self) -> set[str]:
        """Who comes and is neither of the place nor a grantee."""
        return {*self.people} - {*self.invitation.invitees} - self.invitation.present

    @cached_property
    def tables_filled(self) -> pd.DataFrame:
        """Who sits at which table, table by table."""
        rows = [
            (str(table), join_words(rows["name"].tolist()), len(rows), rows["sector"].nunique())
            for table, rows in self.attendance.groupby("table_number", sort=True)
        ]
        return pd.DataFrame(rows, columns=SEATING.names)

    @cached_property
    def together(self) -> pd.DataFrame:
        """The most productive pairs without a tie that the plan seats together."""
        table = dict(zip(self.people, self.seating.table, strict=True))
        pairs = list_untied_pairs(self.here, self.people, self.worth)
        grants = self.synergies[self.synergies["status"] == NO_TIE]
        asks = {(r.organization, r.partner): (r.n_shared, r.ask) for r in grants.itertuples()}
        for (a, b), need in self.invitation.needs.items():
            ask = asks.get((a, b), (0, ""))[1] or _ask_about(need)
            asks[a, b] = (NEEDED + need.severity, ask)
        same = [
            table[a] == table[b]
            for a, b in zip(pairs["organization"], pairs["partner"], strict=True)
        ]
        pairs = pairs[np.array(same, dtype=bool)] if len(pairs) else pairs
        ends = list(zip(pairs["organization"], pairs["partner"], strict=True))
        pairs = pairs.assign(
            table_number=[table[a] for a, _ in ends],
            n_shared=[asks.get(pair, (0, ""))[0] for pair in ends],
            ask=[asks.get(pair, (0, ""))[1] for pair in ends],
        )
        before = self.room.seated_before
        pairs["met"] = [pair in before for pair in ends]  # new contacts first
        order = ["n_shared", "met", "gain", *SIDES]
        ascending = [False, True, False, True, True]
        best = pairs.sort_values(order, ascending=ascending).head(TOGETHER)
        best["sat_together"] = [
            say_date(before[a, b][1]) if (a, b) in before else ""
            for a, b in zip(best["organization"], best["partner"], strict=True)
        ]
        best["common"] = [
            say_common_ground(self.affinity, a, b)
            for a, b in zip(best["organization"], best["partner"], strict=True)
        ]
        return best[TOGETHER_SEATED.names].reset_index(drop=True)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """Who works with whom among those seated."""
        ties = self.here.ties
        inside = ties["source"].isin(self.people) & ties["target"].isin(self.people)
        rows = ties[inside & (ties["relation"] != "contact")]
        labels = {id_: relation.label for id_, relation in self.here.vocabulary.relations.items()}
        ends = np.sort(rows[["source", "target"]].to_numpy(dtype=str), axis=1).reshape(-1, 2)
        pairs = pd.DataFrame(
            {
                SIDES[0]: ends[:, 0],
                SIDES[1]: ends[:, 1],
                "relation": rows["relation"].map(labels).tolist(),
            }
        )
        joined = pairs.groupby([*SIDES], sort=True)["relation"].agg(
            lambda r: join_words(sorted(set(r)))
        )
        table = joined.reset_index()
        names = self.here.names
        named = table.assign(
            organization_name=table["organization"].map(names),
            partner_name=table["partner"].map(names),
        )
        return named[TIES.names]

    @cached_property
    def register(self) -> pd.DataFrame:
        """Outcomes of earlier sessions that concern the place."""
        return self.of_place(judge_outcomes(self.here))

    def of_place(self, outcomes: pd.DataFrame) -> pd.DataFrame:
        """Outcomes that name the place or an invitee, or that are nobody's but the convener's."""
        named = self.place.holds(outcomes["place"])
        here = {*self.invitation.invitees, *self.attending}
        ours = outcomes["owner"].isin(here) | outcomes["other"].isin(here)
        ours &= named | ~is_county(outcomes["place"])  # not what was agreed for another county
        everywhere = outcomes["owner"].isin(["", self.here.convener]) & (outcomes["other"] == "")
        everywhere &= outcomes["place"] == ""
        return outcomes[named | ours | everywhere].reset_index(drop=True)

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""
        materials = self._materials()
        return {
            "grantees": self.grantees,
            "investment": sum_place(self.here, self.place),
            "programs": self.programs,
            "indicators": materials.indicators,
            "plans": list_plans(self.here, self.place),
            "ties": self.ties,
            "untied_pairs": self.untied_pairs,
            "synergies": self.synergies,
            "requirements": self.requirements,
            "guests": self.invited[0],
            "together": self.together,
            "seating": self.tables_filled,
            "answers": tabulate_answers(
                self.room, self.invitation.invitees, self.lost, ANSWERS.names
            ),
            "levels": self.levels,
            "facilitators": self.facilitators,
            "agenda": write_agenda(materials),
            "outcomes": materials.register,
            "feedback": materials.feedback,
            "proposed": propose_outcomes(
                self.place, self.together, self.requirements, self.room.held_on
            ),
        }

    def _materials(self) -> Materials:
        return Materials(
            place=self.place,
            grantees=self.grantees,
            indicators=list_indicators(self.here, self.place),
            synergies=self.synergies,
            requirements=self.requirements,
            together=self.together,
            guests=self.invited[0],
            register=self.register,
            feedback=select_feedback(self.register),
            needs=tuple(
                need for pair, need in self.invitation.open_needs if {*pair} <= {*self.people}
            ),
            about=self.focus.name,
            focus=self.focus,
            people=frozenset(self.people),
            waiting=tuple(self.here.name(id_) for id_ in self.waiting),
            undecided=tuple(self.levels.loc[self.levels["ask"] != "", "name"]),
            held_on=self.room.held_on,
        )


def _ask_about(need: Need) -> str:
    """What to ask of a pair; of a usual partner that is said already."""
    return f"{raise_first(need.text)}." if need.is_usual else f"{need.text}: what would it take?"


def _name_role(id_: str, grantees: set[str], guests: set[str]) -> str:
    return "grantee" if id_ in grantees else "guest" if id_ in guests else "partner"
