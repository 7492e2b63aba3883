"""What two organizations side by side say in sentences, and how it was found."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words
from .pair import Pair

NOUNS = {
    "population": ("population", "populations"),
    "county": ("county", "counties"),
    "service": ("service", "services"),
    "group": ("group", "groups"),
    "program": ("program", "programs"),
    "funder": ("funder", "funders"),
}
NO_TIE = "no tie on file"


def list_facts(shared: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    """Key figures: how much both share."""
    counts = shared["what"].value_counts()
    plurals = [(what, plural) for what, (_, plural) in NOUNS.items() if what != "funder"]
    return tuple((f"shared {plural}", f"{counts.get(what, 0)}") for what, plural in plurals)


def say_pair(pair: Pair) -> Iterator[Sentence]:
    """Say what both need to know, the most important first."""
    yield _say_shared(pair)
    yield from _say_brings(pair)
    yield from _say_cycles(pair.cycles)
    yield from _say_duties(pair.duties["topic"].tolist())
    yield _say_measures(pair.measures)
    yield _say_facilitator(pair.facilitators)
    yield from _say_manager(pair.managers)
    yield from _say_missing(pair.missing)
    yield _say_voices(pair.voices)


def _say_shared(pair: Pair) -> Sentence:
    counts = pair.shared["what"].value_counts()
    found = {what: int(counts[what]) for what in NOUNS if what in counts}
    parts = [count_noun(number, *NOUNS[what]) for what, number in found.items()]
    tie = "have a tie on file" if pair.tied else "have no tie on file"
    common = f"share {join_words(parts)}" if parts else "share nothing on file"
    text = f"{pair.names[0]} and {pair.names[1]} {tie} and {common}."
    return Sentence("shared", text, {"tie_on_file": pair.tied, **found})


def _say_brings(pair: Pair) -> Iterator[Sentence]:
    if pair.brings.empty:
        unknown = [stock.name for stock in (pair.a, pair.b) if not stock.offers]
        if unknown:
            named = join_words(unknown)
            text = f"What each could bring is not known: no services of {named} are on file."
            yield Sentence("brings_unknown", text, {"unknown": unknown})
        return
    for name, rows in pair.brings.groupby("name", sort=True):
        needed, alone = rows[rows["needed"] != ""], ""
        if len(needed):
            first = needed.iloc[0]
            alone = f"; nobody else on file offers {first['brings']} in {first['needed']}"
        offers = rows["brings"].tolist()
        text = f"{name} brings what the other lacks: {join_words(offers, most=4)}{alone}."
        yield Sentence("brings", text, {"organization": name, "services": offers})


def _say_cycles(cycles: pd.DataFrame) -> Iterator[Sentence]:
    first = cycles.iloc[0]
    text = f"Needs assessment: {first['note']}."
    years = [first["organization_says"], first["partner_says"]]
    yield Sentence("assessment", text, {"meets": first["meets"], "years": years})
    meets = cycles[(cycles["cycle"] == "funding") & (cycles["meets"] == "yes")]
    if len(meets):
        said = [meets.iloc[0]["organization_says"], meets.iloc[0]["partner_says"]]
        text = f"Funding cycles meet: {said[0]}, and {said[1]}."
        yield Sentence("funding", text, {"cycles": said})


def _say_duties(topics: list[str]) -> Iterator[Sentence]:
    if topics:
        text = f"Duties that both could meet together: {join_words(topics, most=4)}."
        yield Sentence("duties", text, {"topics": topics})


def _say_measures(measures: pd.DataFrame) -> Sentence:
    both = measures.loc[measures["whose"] == "both", "measure"].tolist()
    if both:
        text = f"Both measure success by {join_words(both)}: start with a goal in it."
    elif measures.empty:
        text = "How either measures success is not on file: ask both for one measure to share."
    else:
        text = "No measure of success in common is on file: agree on one that both can count."
    return Sentence("measures", text, {"both": both, "on_file": len(measures)})


def _say_facilitator(facilitators: pd.DataFrame) -> Sentence:
    """Name who could facilitate, as a question to the partners."""
    free = facilitators[facilitators["stakes"] == ""]
    if free.empty:
        text = "Nobody without a stake on file could facilitate: look outside the network."
        return Sentence("facilitator", text, {"organization": ""})
    row = free.iloc[0]
    text = (
        f"{row['name']} could facilitate ({row['reasons']}; no stake on file): ask both "
        "whether they see it as neutral."
    )
    return Sentence("facilitator", text, {"organization": row["name"]})


def _say_manager(managers: pd.DataFrame) -> Iterator[Sentence]:
    if len(managers):
        row = managers.iloc[0]
        text = f"{row['name']} could manage the project ({row['reasons']})."
        yield Sentence("manager", text, {"organization": row["name"]})


def _say_missing(missing: pd.DataFrame) -> Iterator[Sentence]:
    if len(missing):
        row, more = missing.iloc[0], len(missing) - 1
        rest = f" (and {more:,} more)" if more else ""
        yield Sentence(
            "missing",
            f"Additional partners are needed: neither offers {row['service']}, which "
            f"{row['county']} lacks{rest}; the nearest on file is {row['nearest']}.",
            {"service": row["service"], "county": row["county"], "nearest": row["nearest"],
             "missing": len(missing)},
        )  # fmt: skip


def _say_voices(voices: pd.DataFrame) -> Sentence:
    if voices.empty:
        text = "Nobody on file speaks for the people whom both serve: ask who could."
        return Sentence("voices", text, {"voices": 0})
    heard = voices[voices["status"] != NO_TIE]
    row = (heard if len(heard) else voices).iloc[0]
    text = (
        f"Community voice: {row['name']} speaks for {row['speaks_for']} ({row['status']})."
        if len(heard)
        else f"Community voice is missing: ask {row['name']}, who speaks for "
        f"{row['speaks_for']}, to join."
    )
    claims = {"voices": len(voices), "heard": len(heard), "organization": row["name"]}
    return Sentence("voices", text, claims)


def describe_method(here: Network) -> Method:
    """Say what is laid side by side, and how helpers are proposed."""
    return Method(
        name="Two organizations side by side.",
        formula=(
            "Shared: the same population, county, service, group, program or funder on both sides. "
            "Cycles meet if assessments fall in one year, or awards end within three months. "
            "Facilitator: half for ties with the two, half for sectors reached x (1 - share of the "
            "largest); money, ownership or the same services as one of the two disqualify. Project "
            "manager: sum of the strengths of its ties with both."
        ),
        settings={
            "network": here.title,
            "as of": "no dates" if here.day is None else str(here.day.date()),
        },
        notes=(
            "Neutrality is for the partners to say; position only proposes.",
            "Duties are a summary for a meeting, not legal advice.",
        ),
    )
