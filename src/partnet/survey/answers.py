"""From the cells of a questionnaire to claims: who says what of whom, and what was left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..core.errors import InputProblem, Level, SetAside, Where
from ..core.network import Network
from ..core.rows.ratings import list_dimensions, list_steps
from ..core.schema import TABLES
from ..core.vocabulary import Ladder, Vocabulary
from ..core.wording.names import NameIndex
from ..io.typed.identity import explain_lost
from ..io.values.parse import parser_of
from ..io.values.words import is_nonanswer
from . import form
from .form import NO_, UNKNOWN, WORKS, YES_, Word, read_word
from .returned import PartnerRow, RatingRow, Returned

ANSWERS = f"Allowed are {YES_}, {NO_}, {UNKNOWN}, or blank."


@dataclass(frozen=True, slots=True)
class Claim:
    """What one questionnaire says about one relation with one partner.

    Attributes
    ----------
    respondent, partner, relation : str
        Who says it, of whom, about what.
    said : {"yes", "no", "don't know"}
        The answer.
    way, often : str
        Which way it goes, and how often they are in touch; "" where not said.
    file, row, sheet, level : str, int, str, str
        Where it stands, and who filled it in.
    """

    respondent: str
    partner: str
    relation: str
    said: str
    way: str
    often: str
    file: str
    row: int
    level: str = ""
    sheet: str = form.PARTNERS


@dataclass(frozen=True, slots=True)
class Rating:
    """What one questionnaire rates a partner in one dimension, where it stands, on which scale."""

    respondent: str
    partner: str
    dimension: str
    score: float
    file: str
    row: int
    sheet: str = form.TRUST
    scale: str = "1-4"


@dataclass
class Answers:
    """What one questionnaire says.

    Attributes
    ----------
    respondent, file : str
        Who answers, and where.
    claims : list of Claim
        Answers about partners.
    ratings : list of Rating
        Ratings of value and trust.
    listed : set of str
        Whom its list held, answered or not.
    remarks : list of (row, partner, text)
        For a person to read.
    problems : list of InputProblem
        What could not be used, or was assumed.
    aside : int
        Filled cells that are not used.
    """

    respondent: str
    file: str
    claims: list[Claim] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    remarks: list[tuple[int, str, str]] = field(default_factory=list)
    problems: list[InputProblem] = field(default_factory=list)
    aside: int = 0

    def report(
        self,
        row: int,
        column: str,
        found: str,
        allowed: str,
        fix: str,
        *,
        sheet: str = form.PARTNERS,
        aside: SetAside = "",
        cells: int = 1,
    ) -> None:
        """Add a problem; what is set aside is counted in filled cells."""
        level: Level = "error" if aside else "note"
        where = Where(self.file, sheet, row or None, column)
        table = "ratings" if sheet == form.TRUST else "ties"
        self.problems.append(InputProblem(where, found, allowed, fix, level, table, aside))
        self.aside += cells if aside else 0


def read_answers(returned: Returned, respondent: str, net: Network) -> Answers:
    """Give what a questionnaire says about partners, each cell read or named."""
    answers = Answers(respondent, returned.file)
    reader = _Reader(answers, returned, net)
    for row in returned.partners:
        reader.read(row)
    for rated in returned.ratings:
        reader.read_rating(rated)
    return answers


class _Reader:
    """Reads the rows of one list of partners."""

    def __init__(self, answers: Answers, returned: Returned, net: Network) -> None:
        self.answers, self.returned, self.net = answers, returned, net
        known = net.vocabulary.relations
        self.relations = [relation for relation in returned.relations if relation in known]
        self.ladder: Ladder = net.vocabulary.ladders[form.LADDER]
        where = Where(returned.file, form.START, None, form.ROLE)
        self.level = read_level(answers, where, returned.level, net)

    def read(self, row: PartnerRow) -> None:
        """Take the answers of one row."""
        partner = self._find_partner(row)
        if not partner:
            return
        self.answers.listed.add(partner)
        words = {relation: self._read_word(row, relation) for relation in self.relations}
        often = self._read_often(row)
        said = self._settle(row, words, often)
        for relation, word in said.items():
            self.answers.claims.append(
                Claim(
                    self.answers.respondent, partner, relation, word.said, word.way,
                    often if word.said == YES_ else "", self.returned.file, row.row,
                    self.level,
                )
            )  # fmt: skip
        if form.REMARK in row.answers:
            self.answers.remarks.append((row.row, partner, row.answers[form.REMARK]))

    def read_rating(self, row: RatingRow) -> None:
        """Take the ratings of one row; "don't know" rates nothing."""
        partner = self._find_partner(row, form.TRUST)
        if not partner:
            return
        for dimension, text in row.answers.items():
            score = form.read_step(text)
            if score is not None:
                rating = Rating(
                    self.answers.respondent, partner, dimension, score, self.returned.file, row.row
                )
                self.answers.ratings.append(rating)
            elif not is_nonanswer(text):
                allowed = f"Allowed are {', '.join(list_steps())}, {UNKNOWN}, or blank."
                self.answers.report(
                    row.row, list_dimensions()[dimension].question, f'"{text}"', allowed,
                    "Choose from the list. The cell counts as not answered.",
                    sheet=form.TRUST, aside="cell",
                )  # fmt: skip

    def _find_partner(self, row: PartnerRow | RatingRow, sheet: str = form.PARTNERS) -> str:
        """The organization that a row is about; "" where it is nobody, which is said."""
        index, heading = self.net.index, form.HEADINGS[form.NAME]
        filled = len(row.answers) + (not row.id and bool(row.name))
        found = row.id if row.id in index.name_of else _find_named(index, row.name)
        if found and found != self.answers.respondent:
            if row.id and row.id != found:
                self.answers.report(
                    row.row, heading, f'"{row.name}" under an id that is no longer there',
                    "An organization is known by its id, else by its name.",
                    "It was found by name.", sheet=sheet,
                )  # fmt: skip
            return found
        if not filled:
            return ""
        if found:
            text, fix = f'"{row.name}", which is the organization itself', "Correct the name."
        elif row.name:
            text, fix = f'"{row.name}"', explain_lost(index, row.name)
        else:
            text, fix = "answers without a name", "Write whom they are about."
        allowed = "A row is about another organization of the network."
        self.answers.report(
            row.row, heading, text, allowed, f"{fix} The row is set aside.", sheet=sheet,
            aside="row", cells=filled,
        )  # fmt: skip
        return ""

    def _read_word(self, row: PartnerRow, relation: str) -> Word:
        text = row.answers.get(relation, "")
        word = read_word(text)
        if word.said == "?" or (word.said == form.ON_FILE and relation != WORKS):
            heading = self.returned.relations[relation]
            fix = "Choose from the list. The cell counts as not answered."
            self.answers.report(row.row, heading, f'"{text}"', ANSWERS, fix, aside="cell")
            return Word("")
        if word.said == YES_ and not word.way and self.net.vocabulary.relations[relation].directed:
            self.answers.report(
                row.row, self.returned.relations[relation], f'"{text}"',
                f"Allowed are {form.GIVES}, {form.TAKES}, {form.BOTH}, {NO_}, {UNKNOWN}, or blank.",
                f'It is read as "{form.GIVES}". Check that it is right.',
            )  # fmt: skip
            return Word(YES_, form.GIVES)
        return word

    def _read_often(self, row: PartnerRow) -> str:
        """How often they are in touch, as a level of the ladder; "none" for never."""
        text = row.answers.get(form.OFTEN, "")
        if not text or is_nonanswer(text):
            return ""
        strength = self.net.vocabulary.find_answer(text, form.LADDER)
        if strength is None:
            allowed = f"Allowed are {', '.join(self.ladder.levels)}, or blank."
            self.answers.report(
                row.row, form.HEADINGS[form.OFTEN], f'"{text}"', allowed,
                "Choose from the list. How often is then not known.", aside="cell",
            )  # fmt: skip
            return ""
        if strength == 0:
            return "none"
        return self.ladder.levels[round(strength * len(self.ladder.levels)) - 1]

    def _settle(self, row: PartnerRow, words: Mapping[str, Word], often: str) -> dict[str, Word]:
        """Give one answer a relation: what its cell says, else what the whole row says."""
        works = self._settle_works(row, words, often)
        known = self.net.vocabulary.relations
        filed = {each.relation: each.way for each in row.filed if each.relation in known}
        rest = NO_ if self.returned.rest == NO_ else ""
        said = {WORKS: works} if works.said else {}
        for relation, word in words.items():
            if relation == WORKS:
                continue
            if not word.said and works.said in (NO_, UNKNOWN):
                word = Word(works.said)
            elif not word.said and words[WORKS].said == form.ON_FILE:
                word = Word(YES_, filed[relation]) if relation in filed else Word(NO_)
            elif not word.said:
                word = Word(rest)
            if word.said:
                said[relation] = word
        if words[WORKS].said == form.ON_FILE:
            said |= {r: Word(YES_, way) for r, way in filed.items() if r not in said}
        return said

    def _settle_works(self, row: PartnerRow, words: Mapping[str, Word], often: str) -> Word:
        """Whether they work together at all, by all cells of the row."""
        word = words[WORKS]
        others = any(w.said == YES_ for r, w in words.items() if r != WORKS)
        if word.said == form.ON_FILE:
            return Word(YES_ if row.filed or others else NO_)
        if word.said == NO_ and (others or often not in ("", "none")):
            self.answers.report(
                row.row, self.returned.relations[WORKS],
                f'"{row.answers[WORKS]}", and an answer that says otherwise beside it',
                "The cells of a row agree.", "It is read as yes; ask them if it matters.",
            )  # fmt: skip
            return Word(YES_)
        if word.said:
            return word
        if others or often not in ("", "none") or (not row.id and row.name):
            return Word(YES_)
        return Word(NO_ if often == "none" or self.returned.rest == NO_ else "")


def read_level(answers: Answers, where: Where, text: str, net: Network) -> str:
    """Say who filled it in, in the words of the column ``level`` of ties; else set it aside."""
    if not text:
        return ""
    column = TABLES["ties"].column("level")
    cell = parser_of(column, net.vocabulary)(text)
    if not cell.value:
        fix = f"{cell.wrong} It counts as not said."
        answers.report(
            where.row or 0, where.column, f'"{text}"', column.allowed, fix, sheet=where.sheet,
            aside="cell",
        )  # fmt: skip
    return str(cell.value or "")


def _find_named(index: NameIndex, name: str) -> str:
    return (index.find(name) or index.find_loosely(name)) if name else ""


def join_claims(
    claims: Iterable[Claim], vocabulary: Vocabulary
) -> tuple[list[Claim], list[list[Claim]]]:
    """Join what people of one organization say of one cell; gives also those who disagree.

    Yes goes before no, no before don't know; of two yes the more frequent counts, and the two ways
    are taken together.
    """
    cells: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        cells.setdefault((claim.respondent, claim.partner, claim.relation), []).append(claim)
    joined = [_join_cell(said, vocabulary) for said in cells.values()]
    differing = [said for said in cells.values() if {YES_, NO_} <= {claim.said for claim in said}]
    return joined, differing


def measure_often(often: str, vocabulary: Vocabulary) -> float:
    """Give the strength of an answer to how often, or how closely; 0 where none was given."""
    strength = vocabulary.find_answer(often) if often else 0.0
    if strength is None:
        strength = float(often) if is_number(often) else 0.0
    return strength


def is_number(text: str) -> bool:
    """Tell whether an answer is a number in digits."""
    return text.replace(".", "", 1).isdecimal()


def _join_cell(said: list[Claim], vocabulary: Vocabulary) -> Claim:
    def weigh(claim: Claim) -> tuple[int, float]:
        often = measure_often(claim.often, vocabulary)
        return (UNKNOWN, NO_, YES_).index(claim.said), often

    best = max(said, key=weigh)  # the first of equals
    ways = {claim.way for claim in said if claim.said == YES_} - {""}
    way = form.BOTH if len(ways) > 1 else best.way or "".join(ways)
    return replace(best, way=way if best.said == YES_ else best.way)
