"""One row of a grid: what its cells say of partners, and of the one that answers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...core.errors import Where
from ...core.network import Network
from ...core.rows.ratings import list_steps
from ...core.vocabulary import fold_plain, fold_word
from ...io.typed.identity import explain_lost
from ...io.values.words import fold_cell, is_nonanswer, missing_codes
from .. import form
from ..answers import Answers, Claim, Rating, read_level
from ..changes import PARTS, About, add_services
from ..form import NO_, OFTEN, UNKNOWN, WORKS, YES_, Word, read_word
from ..goal_answers import SaidGoal, read_goal
from ..voice_answers import VoiceCells, read_voice
from .asked import find_relation_said, is_rating
from .layout import Grid
from .mapping import OF_GOAL, OF_ITSELF, OF_VOICE, MappedColumn, SurveyMapping
from .names import SEVERAL, list_names, name_question
from .proposal import CHECKED, UNCHECKED
from .spoken import find_way, read_number_label, strip_remark

SELF = frozenset(
    ("self", "us", "we are them", "this is us", "that is us", "this is me", "my organization",
     "our organization", "this is my organization", "this is our organization", "own organization",
     "my own organization", "this is my own organization", "same organization")
)  # fmt: skip
NUMBER = re.compile(r"-?\d+(\.\d+)?")
ALLOWED = "Allowed are yes, no, don't know, a level of a ladder, a relation, or blank."
STEPS = "1-4"


def _says_nothing_of_itself(text: str) -> bool:
    """Whether a cell about the one that answers only says so: unchecked, n/a, this is us."""
    return fold_cell(text) in UNCHECKED or is_nonanswer(text) or fold_word(text) in SELF


class RowReader:
    """Reads the cells of one respondent."""

    def __init__(
        self,
        answers: Answers,
        about: About,
        grid: Grid,
        mapping: SurveyMapping,
        net: Network,
        number: int,
    ) -> None:
        self.answers, self.about, self.grid, self.mapping = answers, about, grid, mapping
        self.net, self.number = net, number
        self.said: dict[tuple[str, str], tuple[Word, str]] = {}
        self.often: dict[str, str] = {}
        self.asked: dict[str, set[str]] = {}  # relations, by partner
        self.rest, self.level = "", ""
        self.goals: dict[str, dict[str, tuple[str, Where]]] = {}  # answers and places, by goal
        self.voices: dict[str, dict[str, tuple[str, Where]]] = {}  # the same, by population

    def read(self, cells: Mapping[int, str], columns: Mapping[int, MappedColumn]) -> None:
        """Take all cells, then say what boxes that are not checked mean."""
        checked = self._list_checked(cells, columns)
        for k, column in columns.items():
            text = cells.get(k, "")
            if column.partner and column.partner == self.answers.respondent:
                self._refuse_own(column, text)
                continue
            self._note_asked(column)
            if column.box and not column.partner:
                continue  # "none of the above": only that others are not checked
            if column.means:
                self._read_choice(column, text)
            elif column.box:
                if name_question(column, self.net.index) in checked:
                    word = Word(YES_ if self._is_checked(text, column) else NO_, column.way)
                    self._say(column.partner, column.asks, word, "")
            elif text:
                self._read_cell(column, text)
        self._settle()
        self._make_claims()
        for goal, said in self.goals.items():  # number and day stand in two columns
            self._read_goal(goal, said)
        for population, said in self.voices.items():
            self._read_voice(population, said)

    def _note_asked(self, column: MappedColumn) -> None:
        if column.partner and column.asks in self.net.vocabulary.relations:
            self.asked.setdefault(column.partner, set()).add(column.asks)

    def _list_checked(
        self, cells: Mapping[int, str], columns: Mapping[int, MappedColumn]
    ) -> set[str]:
        """Questions of which some box is checked: only then is another one left unchecked."""
        return {
            name_question(columns[k], self.net.index)
            for k, text in cells.items()
            if columns[k].box and self._is_checked(text, columns[k])
        }

    def _is_checked(self, text: str, column: MappedColumn) -> bool:
        meant = self.mapping.explain(text, column.asks)
        folded = fold_cell(meant)
        if column.means and folded == fold_cell(column.means):
            return True
        return (
            bool(text)
            and folded not in UNCHECKED
            and (folded in CHECKED or read_word(meant).said == YES_ or fold_cell(text) != NO_)
        )

    def _read_choice(self, column: MappedColumn, text: str) -> None:
        """A box for one of several answers: checked, it says that answer."""
        if self._is_checked(text, column):
            self._read_cell(column, column.means)

    def _refuse_own(self, column: MappedColumn, text: str) -> None:
        if text and not _says_nothing_of_itself(text):
            self._report(column, text, "A row is about another organization.", "It is not used.")
        elif text:
            self.answers.aside += 1

    def _report(
        self, column: MappedColumn, text: str, allowed: str, fix: str, cells: int = 1
    ) -> None:
        self.answers.report(
            self.number, column.heading, f'"{text}"', allowed, fix, sheet=self.grid.sheet,
            aside="cell", cells=cells,
        )  # fmt: skip

    def _read_cell(self, column: MappedColumn, text: str) -> None:
        meant = self.mapping.explain(text, column.asks)
        if column.asks in OF_ITSELF:
            self._read_own(column, text, meant)
            return
        if not column.partner:
            self._read_names(column, text, meant)
            return
        meant = strip_remark(meant, self.net.vocabulary)
        if is_rating(column.asks):
            self._read_rating(column, text, read_number_label(text) or meant)
        elif self.mapping.scale and NUMBER.fullmatch(meant):
            self._read_number(column, text, float(meant))
        else:
            self._read_answer(column, text, meant)

    def _read_answer(self, column: MappedColumn, text: str, meant: str) -> None:
        """Yes, no or don't know, a level, or the relations themselves."""
        strength = self.net.vocabulary.find_answer(meant)
        word = read_word(meant)
        if column.asks == OFTEN:
            self._read_often(column, text, meant, strength)
        elif word.said in (YES_, NO_) or (word.said == UNKNOWN and strength is None):
            said = Word(word.said, word.way or column.way)
            self._say(column.partner, column.asks, said, "")
        elif strength is not None:
            said = Word(YES_ if strength > 0 else NO_, column.way)
            self._say(column.partner, column.asks, said, meant if strength > 0 else "")
        elif (level := self.net.vocabulary.find_level(meant)) is not None:
            self._say(column.partner, column.asks, Word(YES_, column.way), f"{level:g}")
        else:
            self._read_several(column, text, meant)

    def _read_own(self, column: MappedColumn, text: str, meant: str) -> None:
        """What an organization is asked about itself."""
        where = Where(self.grid.file, self.grid.sheet, self.number, column.heading)
        if column.asks == form.REST_KEY:
            self.rest = form.read_rest(meant)
        elif column.asks == form.ROLE_KEY:
            self.level = read_level(self.answers, where, meant, self.net)
        elif column.asks in OF_GOAL:
            key = form.NUMBER if column.asks == form.MEASURED else form.DAY
            filled = self.mapping.codes.get(column.goal, {})  # a field with a goal of its own
            goal = filled.get(self.answers.respondent, column.goal)
            self.goals.setdefault(goal, {})[key] = text, where
        elif column.asks == form.NEW_GOALS:
            for part in filter(None, map(str.strip, PARTS.split(meant))):
                self._read_goal("", {form.GOAL: (part, where)})
        elif column.asks in OF_VOICE:
            self.voices.setdefault(column.population, {})[column.asks] = meant, where
        elif column.asks == form.NEW_VOICES:
            for part in filter(None, map(str.strip, PARTS.split(meant))):
                self._read_voice(part, {form.POPULATION: (part, where)})
        elif column.asks == form.SERVICES:
            add_services(meant, self.answers.respondent, where, self.net, self.about)
        else:
            self.about.remarks.append((self.answers.respondent, where, text))

    def _read_goal(self, key: str, said: Mapping[str, tuple[str, Where]]) -> None:
        answers = {column: text for column, (text, _) in said.items()}
        places = {column: where for column, (_, where) in said.items()}
        read_goal(SaidGoal(key, answers, places), self.answers.respondent, self.net, self.about)

    def _read_voice(self, population: str, said: Mapping[str, tuple[str, Where]]) -> None:
        answers = {key: text for key, (text, _) in said.items()}
        places = {key: where for key, (_, where) in said.items()}
        cells = VoiceCells(population, "", answers, places)
        read_voice(cells, self.answers.respondent, self.net, self.about)

    def _read_names(self, column: MappedColumn, text: str, meant: str) -> None:
        """A cell that lists partners: each is named; what names nobody is said."""
        parts = list_names(self.net.index, meant)
        used = [id_ for _, id_ in parts if id_ and id_ != self.answers.respondent]
        for name, id_ in parts:
            if not id_ or id_ == self.answers.respondent:
                fix = "It is not used." if id_ else explain_lost(self.net.index, name)
                allowed = "A cell lists other organizations of the network."
                self._report(column, name, allowed, fix, cells=not used)
                used = used or [""]  # a cell is set aside once
        for id_ in filter(None, used):
            self.answers.listed.add(id_)
            self._say(id_, column.asks, Word(YES_, column.way), "")

    def _read_rating(self, column: MappedColumn, text: str, meant: str) -> None:
        """A step of four in words, or a number on the scale of the mapping."""
        scale = self.mapping.ratings or STEPS
        mixed = scale != STEPS and fold_plain(meant) not in map(fold_plain, list_steps())
        step = None if mixed else form.read_step(meant)  # "a lot" among numbers of 1 to 5
        score = float(meant) if NUMBER.fullmatch(meant) and scale != STEPS else step
        if score is not None and score not in missing_codes():
            rating = Rating(
                self.answers.respondent, column.partner, column.asks, score, self.grid.file,
                self.number, self.grid.sheet, scale if NUMBER.fullmatch(meant) else STEPS,
            )  # fmt: skip
            self.answers.ratings.append(rating)
        elif score is None and not is_nonanswer(meant):
            allowed = f"Allowed are {', '.join(list_steps())}, {UNKNOWN}, numbers of {scale}."
            self._report(column, text, allowed, "The cell counts as not answered.")

    def _read_number(self, column: MappedColumn, text: str, number: float) -> None:
        asks = WORKS if column.asks == OFTEN else column.asks
        if 0 <= number <= self.mapping.scale:
            often = f"{number / self.mapping.scale:.9g}" if number else ""
            self._say(column.partner, asks, Word(YES_ if number else NO_, column.way), often)
        elif number in missing_codes():
            self._say(column.partner, asks, Word(UNKNOWN), "")
        else:
            allowed = f"Numbers run from 0 to {self.mapping.scale:g} (scale in the mapping)."
            self._report(column, text, allowed, "The cell counts as not answered.")

    def _read_often(
        self, column: MappedColumn, text: str, meant: str, strength: float | None
    ) -> None:
        if strength is not None:
            self.often[column.partner] = meant if strength > 0 else "none"
        elif not is_nonanswer(meant):
            self._report(column, text, ALLOWED, "The cell counts as not answered.")
        elif WORKS not in self.asked.get(column.partner, ()):
            self._say(column.partner, WORKS, Word(UNKNOWN), "")

    def _read_several(self, column: MappedColumn, text: str, meant: str) -> None:
        """A cell that names relations, or several answers at once: "referral, data sharing"."""
        parts = [part for part in SEVERAL.split(meant) if part]
        found = {part: find_relation_said(part, self.net.vocabulary) for part in parts}
        unknown = [part for part, relation in found.items() if not relation]
        if len(unknown) == len(found):
            self._report(column, text, ALLOWED, "The cell counts as not answered.")
            return
        for part in unknown:
            fix = "The other answers of the cell are used, and this one is not."
            self._report(column, part, ALLOWED, fix, cells=0)
        for part, relation in found.items():
            if relation:
                directed = self.net.vocabulary.relations[relation].directed
                self._say(
                    column.partner, relation, Word(YES_, find_way(part) if directed else ""), ""
                )

    def _say(self, partner: str, relation: str, word: Word, often: str) -> None:
        """Keep an answer; two columns on one cell agree, or yes counts.

        Of two yes both ways count, and how often the second says if the first does not.
        """
        known = self.said.get((partner, relation))
        if known is None or (word.said == YES_ and known[0].said != YES_):
            self.said[partner, relation] = word, often
        elif word.said == known[0].said and word.said in (YES_, NO_):
            ways = word.way or form.GIVES, known[0].way or form.GIVES
            way = known[0].way if ways[0] == ways[1] else form.BOTH if word.said == YES_ else ""
            self.said[partner, relation] = Word(word.said, way), known[1] or often

    def _settle(self) -> None:
        """Say what "Do you work together?" means for what was asked behind it, as a workbook does.

        Who works with nobody has no ties of other kinds; who has one works together.
        """
        for partner, relations in self.asked.items():
            if WORKS not in relations:
                continue
            works = self.said.get((partner, WORKS), (Word(""), ""))[0].said
            others = relations - {WORKS}
            own = [
                self.said[partner, r][0].said for r in sorted(others) if (partner, r) in self.said
            ]
            active = YES_ in own or self.often.get(partner, "none") != "none"
            if active and works in ("", NO_):
                if works == NO_:
                    self._tell_differing(partner)
                self.said[partner, WORKS] = Word(YES_), ""
                works = YES_
            elif not works and self.rest:
                works = NO_
                self.said[partner, WORKS] = Word(NO_), ""
            implied = works if works in (NO_, UNKNOWN) else self.rest
            for relation in others if implied else ():
                self.said.setdefault((partner, relation), (Word(implied), ""))

    def _tell_differing(self, partner: str) -> None:
        self.answers.report(
            self.number, form.HEADINGS[WORKS],
            f'"{NO_}" about {self.net.name(partner)}, and an answer that says otherwise',
            "The cells of a row agree.", "It is read as yes; ask them if it matters.",
            sheet=self.grid.sheet,
        )  # fmt: skip

    def _make_claims(self) -> None:
        for partner, often in self.often.items():
            others = any(p == partner and w.said == YES_ for (p, _), (w, _) in self.said.items())
            if not others or (partner, WORKS) not in self.said:
                self._say(partner, WORKS, Word(NO_ if often == "none" else YES_), "")
        for (partner, relation), (word, own) in self.said.items():
            said = own or self.often.get(partner, "")
            often = said if word.said == YES_ and said != "none" else ""
            self.answers.claims.append(
                Claim(
                    self.answers.respondent, partner, relation, word.said, word.way, often,
                    self.grid.file, self.number, self.level, self.grid.sheet,
                )
            )  # fmt: skip
