"""What expected partners say in sentences, and how they are judged."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.vocabulary import STATE_OFFICE
from ...core.wording.text import join_words, say_date

TIED, QUIET, UNTIED, NOBODY, ASKED = (
    "tie on file",
    "quiet for two years",
    "no tie on file",
    "nobody on file",
    "not known",
)
HOLES = (NOBODY, UNTIED, QUIET)
NAMED = 4


def say_partners(
    here: Network, own: str, table: pd.DataFrame, holes: pd.DataFrame
) -> Iterator[Sentence]:
    """Say how many kinds are expected, who is missing, and which ties are quiet."""
    if table.empty:
        text = "No rule on file says which partners are expected: enter some in the rules table."
        yield Sentence("expected", text, {"kinds": 0})
        return
    who = here.name(own) if own else "a State Flex Program"
    yield _say_expected(who, table)
    yield from _say_others(here, own)
    if not own:
        text = "With whom it works is not known: no State Office of Rural Health is on file."
        yield Sentence("not_known", text)
        return
    yield from _say_untied(who, table.loc[table["status"] == UNTIED, "name"].tolist())
    for row in table[table["status"] == QUIET].head(NAMED).itertuples():
        text = f"The tie with {row.name} is quiet: nothing since {say_date(row.last_contact)}."
        claims = {"organization": row.name, "last_contact": row.last_contact}
        yield Sentence("quiet", text, claims)
    if holes.empty:
        yield Sentence("no_hole", f"Every expected partner has a tie on file with {who}.")


def _say_expected(who: str, table: pd.DataFrame) -> Sentence:
    kinds = len(table.drop_duplicates("kind"))
    absent = table.loc[table["status"] == NOBODY, "kind"].tolist()
    rest = f"nobody is on file as {join_words(absent, final='or')}" if absent else "all are on file"
    text = f"{kinds} kinds of partners are expected of {who}; {rest}."
    return Sentence("expected", text, {"kinds": kinds, "of": who, "absent": absent})


def _say_others(here: Network, own: str) -> Iterator[Sentence]:
    """Name other offices on file: what is expected of them is asked for by name."""
    kinds = here.organizations["kind"]
    others = (kinds == STATE_OFFICE) & (here.ids != own) & ~here.is_context
    if own and kinds[own] == STATE_OFFICE and others.any():
        names = here.names[others].tolist()
        text = (
            f"Only its partners are judged here; {join_words(names, most=NAMED)} "
            f"{'is' if len(names) == 1 else 'are'} on file as well: ask for "
            f"{'it' if len(names) == 1 else 'each'} by name."
        )
        yield Sentence("others", text, {"others": names})


def _say_untied(who: str, names: list[str]) -> Iterator[Sentence]:
    if names:
        verb = "has" if len(names) == 1 else "have"
        text = f"{join_words(names, most=NAMED)} {verb} no tie on file with {who}."
        yield Sentence("untied", text, {"untied": names})


def describe_method(here: Network) -> Method:
    """Say what is expected, and when a tie is quiet."""
    return Method(
        name="Expected partners, as the rules name them, beside what is on file.",
        formula=(
            "Tie on file: any relation but a contact holds on the day. Quiet: such a tie, and the "
            "last contact on file is more than 730 days old."
        ),
        settings={"as of": "no dates" if here.day is None else say_date(here.day)},
        sources=("42 U.S.C. 1395i-4(b)", "State Flex Program core competencies, partnerships"),
        notes=("A tie without a dated contact is not called quiet. No tie on file is not no tie.",),
    )
