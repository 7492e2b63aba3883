"""What peer States say in sentences, and what is compared."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_share
from ...places.gazetteer import STATES

# Columns of each family. Counts enter as logarithms: twice as many is as far at any size.
SIZE = ("population", "nonmetro_population", "counties", "critical_access_hospitals")
RURALITY = ("share_nonmetro_people", "share_nonmetro_counties", "share_remote_counties")
PUBLIC_STRUCTURE = ("share_critical_access", "cah_per_100k_nonmetro", "sites_per_100k")
OWN_SIZE = ("organizations", "counties_on_file", "partners")
OWN_STRUCTURE = ("density", "transitivity", "connectedness", "share_alone", "share_across_sectors")
SAID = 3  # practices told in sentences


def say_unknown(home: str) -> Sentence:
    """Say why no peer is named."""
    text = (
        f"No public counts are at hand for {STATES.get(home, home)}, so peers are not named."
        if home
        else "The State of this network is not known, so peers are not named: enter it in the "
        "about table, or the county of the organizations."
    )
    return Sentence("nearest", text, {"state": home, "peers": []})


def say_public(
    states: pd.DataFrame, home: str, ranked: pd.DataFrame, practices: pd.DataFrame
) -> Iterator[Sentence]:
    """Say which States are nearest by public counts, and what they do more."""
    names, first = [STATES[code] for code in ranked.index], ranked.index[0]
    claims: dict[str, object] = {"peers": names}
    for whose, code in (("ours", home), ("theirs", first)):
        row = states.loc[code]
        claims[whose] = [int(row["critical_access_hospitals"]), row["share_nonmetro_people"]]
    yield Sentence(
        "nearest",
        f"By public counts alone, {join_words(names)} {'is' if len(ranked) == 1 else 'are'} most "
        f"like {STATES[home]}: {_say_counts(states.loc[home])} here, "
        f"{_say_counts(states.loc[first])} in {STATES[first]}.",
        claims,
    )
    yield from _say_practices(practices)
    yield Sentence(
        "networks",
        "Networks of these States, where their offices share them, would say more: who works with "
        "whom there, and not here.",
    )


def _say_practices(practices: pd.DataFrame) -> Iterator[Sentence]:
    for row in practices.head(SAID).itertuples():
        claims = {"peer": row.peer, "what": row.what, "theirs": row.theirs, "ours": row.ours}
        yield Sentence("practice", str(row.sentence), claims)


def _say_counts(row: pd.Series) -> str:
    return (
        f"{count_noun(row['critical_access_hospitals'], 'Critical Access Hospital')} and "
        f"{say_share(row['share_nonmetro_people'])} of people in nonmetropolitan counties"
    )


def say_given(
    table: pd.DataFrame, ranked: pd.DataFrame, practices: pd.DataFrame
) -> Iterator[Sentence]:
    """Say which network is most like ours, and what is on file there only."""
    ours, first = table.loc[""], ranked.iloc[0]
    rest = list(ranked.index[1:])
    if len(table) == 2:
        yield Sentence("one_only", "Only one other network is given, so nothing is ranked.")
    yield Sentence(
        "nearest",
        f"The network most like ours is that of {ranked.index[0]}: "
        f"{count_noun(first['organizations'], 'organization')} with {first['partners']:.1f} "
        f"partners each, against {count_noun(ours['organizations'], 'organization')} with "
        f"{ours['partners']:.1f} here.{f' Then come {join_words(rest)}.' if rest else ''}",
        {
            "peers": list(ranked.index),
            "theirs": [int(first["organizations"]), float(first["partners"])],
            "ours": [int(ours["organizations"]), float(ours["partners"])],
        },
    )
    if practices.empty:
        yield Sentence("nothing_new", "Nothing is on file there that is not on file here.")
    yield from _say_practices(practices)


def describe_method(*, given: bool) -> Method:
    """Say what was compared."""
    compared = (
        f"size: {', '.join(OWN_SIZE)}; structure: {', '.join(OWN_STRUCTURE)}"
        if given
        else f"size: {', '.join(SIZE)}; structure: {', '.join(PUBLIC_STRUCTURE)}"
    )
    return Method(
        name="Nearest by standardized differences.",
        formula=(
            "Distance = mean over size, rurality and structure of the root mean square of "
            "standardized differences; counts as logarithms; columns not known for both are left "
            "out."
        ),
        settings={"compared": f"{compared}; rurality: {', '.join(RURALITY)}"},
        sources=(
            "CMS Hospital General Information; USDA Rural-Urban Continuum Codes 2023 (population "
            "of 2020); HRSA health center sites (an older list, without ten States)",
        ),
        notes=(
            "Being near is a way to find somebody to call, no judgment. Nonmetropolitan: codes 4 "
            "to 9; remote: 8 and 9.",
        ),
    )
