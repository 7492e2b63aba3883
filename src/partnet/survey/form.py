"""What a questionnaire asks, in which words: all that its writer and its reader must agree on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..core.rows.ratings import find_step
from ..core.vocabulary import Relation, Vocabulary, default_vocabulary, fold_plain, fold_word
from ..io.values.parse import NO, YES
from ..io.values.words import fold_cell, is_nonanswer

START, PARTNERS, ABOUT = "Start here", "Partners", "About you"
TRUST = "Value and trust"
GOALS = "Goals"
PROFILE = "Profile"
HIDDEN = "_survey"  # sheet of settings; readers of tables skip names that start with "_"
EDITION = "1"
WORKS = "collaboration"  # the relation that "Do you work together?" asks about
LADDER = "frequency"

YES_, NO_, UNKNOWN, ON_FILE = "yes", "no", "don't know", "as on file"
GIVES, TAKES, BOTH = "we to them", "they to us", "both ways"
REST_NO, REST_OPEN = "no, we do not work with them", "not answered"

# Columns of the sheet of partners that stand for no relation: key -> heading.
ID, CODE, NAME, PLACE, FILED, OFTEN, REMARK = (
    "id", "code", "name", "place", "filed", "often", "remark",
)  # fmt: skip
HEADINGS: Mapping[str, str] = {
    ID: "partnet id",
    CODE: "partnet code",
    NAME: "Organization",
    PLACE: "What and where it is",
    FILED: "On file today",
    WORKS: "Do you work together?",
    OFTEN: "How often are you in touch?",
    REMARK: "Anything to correct or add",
}
REST = "What I left blank in this list means"
ROLE = "Your level"
KEY, WHAT, HAVE, RIGHT, INSTEAD = "key", "what", "have", "right", "instead"
ABOUT_HEADINGS: Mapping[str, str] = {
    KEY: "partnet key",
    WHAT: "What",
    HAVE: "On file today",
    RIGHT: "Is this right?",
    INSTEAD: "If not, what is right",
}
# Columns of the sheet with an organization's own account of itself.
PROFILE_HEADINGS: Mapping[str, str] = {
    KEY: "partnet key",
    WHAT: "Question",
    HAVE: "On file today",
    INSTEAD: "Your answer",
}
# Columns of the sheet of goals.
GOAL, MEASURE, WHOSE, TARGET, DUE, STANDS, NUMBER, DAY = (
    "goal", "measure", "whose", "target", "due", "stands", "number", "day",
)  # fmt: skip
GOAL_HEADINGS: Mapping[str, str] = {
    KEY: "partnet key",
    GOAL: "Goal",
    MEASURE: "What is counted",
    WHOSE: "Whose goal",
    TARGET: "To reach",
    DUE: "By when",
    STANDS: "On file today",
    NUMBER: "Newest number",
    DAY: "Counted on which day",
    REMARK: "Anything to correct or add",
}
# Columns of the list of those whom an organization speaks for, below what is on file about it.
POPULATION, SPEAKS, THROUGH, SEATS = "population", "speaks for", "heard through", "seats held"
VOICE_HEADINGS: Mapping[str, str] = {
    KEY: "partnet key",
    POPULATION: "Population",
    HAVE: "On file today",
    SPEAKS: "Do you speak for them?",
    THROUGH: "How are they heard with you?",
    SEATS: "Seats they hold",
}
FACTS: Mapping[str, str] = {
    "name": "Name",
    "kind": "Kind of organization",
    "county": "County",
    "zip": "ZIP code",
}
NEW_SERVICE, ADDED = "new service", "added"  # keys of rows to fill in

# What a survey tool asks beside its grids: key -> question. A mapping uses the keys.
ROLE_KEY, REST_KEY = "level", "rest"
OTHERS, SERVICES, REMARKS = "others", "services", "remarks"
MEASURED, MEASURED_ON, NEW_GOALS = "measured", "measured on", "goals"  # of a goal; goals to add
OPEN: Mapping[str, str] = {
    OTHERS: "Whom else do you work with? One name a line.",
    SERVICES: "Which services do you offer? One a line.",
    REMARKS: "Anything to correct or add",
}
NEW_VOICES = "voices"  # populations to add
SPOKEN = "For which other populations do you speak? One a line."
WANTED = "What do you want to reach with your partners? One goal a line."

# Cells that say which way something goes.
_WAYS: Mapping[str, tuple[str, ...]] = {
    GIVES: ("we to them", "us to them", "to them", "outgoing", "out"),
    TAKES: ("they to us", "them to us", "to us", "incoming", "in"),
    BOTH: ("both ways", "both", "mutual", "each other", "both directions"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One relation that is asked about.

    Attributes
    ----------
    relation : Relation
        What it is.
    heading : str
        What stands above its column.
    options : tuple of str
        Answers of the drop-down.
    """

    relation: Relation
    heading: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """What one answer cell says.

    Attributes
    ----------
    said : {"yes", "no", "don't know", "as on file", "", "?"}
        The answer; "" for a blank cell, "?" for a text that is not understood.
    way : str
        Which way, of a relation with a direction; "" where it says none.
    """

    said: str
    way: str = ""


def ask_relation(relation: Relation) -> Asked:
    """Give the question about a relation: its heading and its answers."""
    if relation.id == WORKS:
        return Asked(relation, HEADINGS[WORKS], (ON_FILE, YES_, NO_, UNKNOWN))
    label = relation.label[:1].upper() + relation.label[1:]
    if relation.directed:
        return Asked(relation, f"{label}: who to whom?", (GIVES, TAKES, BOTH, NO_, UNKNOWN))
    return Asked(relation, f"{label}?", (YES_, NO_, UNKNOWN))


def ask_relations(vocabulary: Vocabulary, relations: Iterable[str]) -> list[Asked]:
    """Give the questions about relations, "Do you work together?" first."""
    ids = dict.fromkeys((WORKS, *relations))
    return [ask_relation(vocabulary.relations[id_]) for id_ in ids if id_ in vocabulary.relations]


def read_word(text: str) -> Word:
    """Say what an answer cell means; people also type what is on no list.

    Examples
    --------
    >>> read_word("No").said, read_word("dk").said, read_word(" ").said, read_word("now and then")
    ('no', "don't know", '', Word(said='?', way=''))
    >>> read_word("They to us")
    Word(said='yes', way='they to us')
    """
    if not text.strip():
        return Word("")
    plain, folded = fold_plain(text), fold_cell(text)
    if plain == ON_FILE or plain in ("on file", "same", "as is", "correct", "right"):
        return Word(ON_FILE)
    for way, also in _WAYS.items():
        if plain in also:
            return Word(YES_, way)
    if folded in YES:
        return Word(YES_)
    if folded in NO or default_vocabulary().find_answer(text) == 0:
        return Word(NO_)
    return Word(UNKNOWN if is_nonanswer(text) else "?")


def read_step(text: str) -> float | None:
    """Give the step from 1 to 4 that an answer about value or trust names; ``None`` for none.

    Examples
    --------
    >>> read_step("A great deal"), read_step("2"), read_step("don't know"), read_step("5")
    (4.0, 2.0, None, None)
    """
    step = find_step(text)
    if step:
        return float(step)
    plain = fold_plain(text)
    return float(plain) if plain in ("1", "2", "3", "4") else None


def read_rest(text: str) -> str:
    """Say what cells left blank mean: "no", or "" for not answered."""
    return NO_ if fold_word(text) == fold_word(REST_NO) or fold_cell(text) in NO else ""
