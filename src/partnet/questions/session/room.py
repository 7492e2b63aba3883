"""Who is in the room: what those asked have answered, and who sat with whom before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import pandas as pd

from ...core.network import Network
from ...core.results.result import Sentence
from ...core.wording.text import count_noun, join_words, say_date
from .place import Place

COMES, DECLINED = ("yes", "maybe"), "no"
ANSWERS = {"yes": "comes", "maybe": "may come", "no": "does not come", "": "no answer on file"}
Pair = tuple[str, str]


@dataclass(frozen=True)
class Room:
    """Who comes to a session, as far as the table attendance tells, and how they sat before.

    Attributes
    ----------
    here : Network
        The network on the day on which the tables are judged.
    place : Place
        The place of the session.
    held_on : Timestamp or None
        The day of the session; ``None`` where no date is on file.
    """

    here: Network
    place: Place
    held_on: pd.Timestamp | None

    @cached_property
    def _rows(self) -> pd.DataFrame:
        """Rows of those who could be seated."""
        rows = self.here.whole.rows("attendance")
        barred = {self.here.convener, *self.here.ids[self.here.is_context]}
        return rows[rows["organization"].isin(set(self.here.ids) - barred)]

    @cached_property
    def answers(self) -> dict[str, str]:
        """What each one asked to this session has answered: yes, maybe, no, or "" (nothing yet).

        Who came or did not come says more than what it had answered; of several rows the last
        that answers counts.
        """
        rows = self._rows[self._rows["held_on"] == self.held_on]
        rows = rows[self.place.holds(rows["place"]) | (rows["place"] == "")]
        said = rows["came"].where(rows["came"] != "", rows["answer"])
        answers = dict.fromkeys(rows["organization"], "")
        answers |= {a: b for a, b in zip(rows["organization"], said, strict=True) if b}
        return dict(sorted(answers.items()))

    @property
    def come(self) -> list[str]:
        """Who said that it comes, or may come."""
        return [id_ for id_, answer in self.answers.items() if answer in COMES]

    @property
    def declined(self) -> set[str]:
        """Who does not come."""
        return {id_ for id_, answer in self.answers.items() if answer == DECLINED}

    def choose(self, asked: Collection[str]) -> list[str]:
        """Of those who would be asked, who is in the room.

        As soon as one has said that it comes, those who said so; before, all but who declined.
        """
        return self.come or sorted(set(asked) - self.declined)

    def list_waiting(self, asked: Collection[str], first: Sequence[str]) -> list[str]:
        """Who has not answered, those named in `first` before others; nobody before any answer."""
        if not any(self.answers.values()):
            return []
        silent = {id_ for id_ in (*asked, *self.answers) if not self.answers.get(id_)}
        urgent = [id_ for id_ in dict.fromkeys(first) if id_ in silent]
        return [*urgent, *sorted(silent - {*urgent})]

    # -- earlier sessions -------------------------------------------------------------------------

    @cached_property
    def _earlier(self) -> pd.DataFrame:
        """Rows of sessions before this one, wherever they were held."""
        return self._rows[self._rows["held_on"] < self.held_on] if self.held_on else self._rows[:0]

    @cached_property
    def seated_before(self) -> dict[Pair, tuple[int, pd.Timestamp]]:
        """How often two sat at one table, and when last, by both ids in order."""
        rows = self._earlier
        there = rows[(rows["table_number"] > 0) & ~_stayed_away(rows)]
        found: dict[Pair, tuple[int, pd.Timestamp]] = {}
        for (day, *_), table in there.groupby(["held_on", "session", "table_number"], sort=True):
            for pair in combinations(sorted(set(table["organization"])), 2):
                found[pair] = found.get(pair, (0, day))[0] + 1, day
        return found

    @cached_property
    def never_came(self) -> list[str]:
        """Who was asked to earlier sessions and is known to have come to none, most often first."""
        rows = self._earlier
        counts = _stayed_away(rows).groupby(rows["organization"]).agg(["all", "size"])
        asked = counts.loc[counts["all"], "size"].sort_values(ascending=False, kind="stable")
        return [str(id_) for id_ in asked.index]


def _stayed_away(rows: pd.DataFrame) -> pd.Series:
    """Whether each row tells of somebody who did not come, or had said so where nobody noted it."""
    return (rows["came"] == "no") | ((rows["came"] == "") & (rows["answer"] == "no"))


def tabulate_answers(
    room: Room, asked: Collection[str], lost: dict[str, list[str]], columns: Sequence[str]
) -> pd.DataFrame:
    """Give everybody asked with its answer, who is missed most first; no rows before any answer."""
    if not any(room.answers.values()):
        return pd.DataFrame(columns=list(columns))
    order = list(ANSWERS)
    everybody = sorted(
        {*asked, *room.answers},
        key=lambda id_: (-order.index(room.answers.get(id_, "")), id_ not in lost, id_),
    )
    rows = [
        (
            id_,
            room.here.name(id_),
            ANSWERS[room.answers.get(id_, "")],
            "" if room.answers.get(id_) in COMES else "; ".join(lost.get(id_, [])[:2]),
        )
        for id_ in everybody
    ]
    return pd.DataFrame(rows, columns=list(columns))


def say_answers(
    room: Room, waiting: Sequence[str], lost: dict[str, list[str]]
) -> Iterator[Sentence]:
    """Say who comes, whom to call, and what cannot be dealt with without those who do not."""
    answers = list(room.answers.values())
    if not any(answers) or room.held_on is None:
        return
    counts = {word: sum(a == key for a in answers) for key, word in ANSWERS.items() if key}
    said = [f"{n:,} {_inflect(word, n)}" for word, n in counts.items() if n]
    claims: dict[str, object] = {"comes": counts["comes"], "may_come": counts["may come"]}
    claims |= {"declined": counts["does not come"], "waiting": len(waiting)}
    more = ""
    if waiting:
        named = join_words([room.here.name(id_) for id_ in waiting[:3]])
        have = "has" if len(waiting) == 1 else "have"
        more = f"; {len(waiting):,} {have} not answered: call first {named}"
    day = say_date(room.held_on)
    yield Sentence("answers", f"On file for {day}: {join_words(said)}{more}.", claims)
    missed = [id_ for id_ in sorted(room.declined) if id_ in lost]
    if missed:
        needed = [f"{room.here.name(id_)} ({lost[id_][0]})" for id_ in missed[:3]]
        claims = {"missed": [room.here.name(id_) for id_ in missed]}
        text = f"Not in the room, and needed for what is open: {join_words(needed)}."
        yield Sentence("missed", text, claims)


def _inflect(word: str, n: int) -> str:
    """Say a verb of one or of several."""
    plural = {"comes": "come", "does not come": "do not come"}
    return word if n == 1 else plural.get(word, word)


def say_history(room: Room, people: Sequence[str], table: dict[str, int]) -> Iterator[Sentence]:
    """Say who sat together before, and who was asked and never came."""
    before = [pair for pair in room.seated_before if {*pair} <= {*people}]
    if before:
        again = sum(table[a] == table[b] for a, b in before)
        one = len(before) == 1
        sat = "has sat" if one else "sat"
        which = "it" if one else f"{again or 'none'} of them"
        yield Sentence(
            "history",
            f"{count_noun(len(before), 'pair')} of those seated {sat} at one table before; the "
            f"plan {'does not seat it' if one and not again else f'seats {which}'} together again.",
            {"pairs": len(before), "again": again},
        )
    away = [id_ for id_ in room.never_came if id_ not in room.come]
    if away:
        names = [room.here.name(id_) for id_ in away]
        yield Sentence(
            "stayed_away",
            f"Asked before, and came to no session on file: {join_words(names, most=3)}. Ask what "
            "would bring them.",
            {"organizations": len(away), "first": names[:3]},
        )
