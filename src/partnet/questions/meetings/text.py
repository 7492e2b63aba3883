"""What meetings say in sentences, and how they are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from ...core.network import Network
from ...core.results.result import Method, Sentence
from ...core.wording.text import count_noun, join_words, say_date

PRESENT, MISSING, UNKNOWN = "decision level present", "decision level missing", "level not known"
NAMED = 4


def say_meetings(
    meetings: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    guests: Mapping[str, int],
    *,
    hidden: bool = False,
) -> Iterator[Sentence]:
    """Say who comes, at which level, on which areas nobody meets, and who would add most.

    `guests`: how many came to each meeting, without whoever only held it. `hidden`: who meets is
    not shown to the reader.
    """
    if meetings.empty:
        text = (
            "No meetings are on file: enter them in the contacts table (mode: meeting), or "
            "standing ones in the memberships table (group kind: meeting)."
        )
        text = "Who meets at which table is not shown to this reader." if hidden else text
        yield Sentence("meetings", text, {"meetings": 0})
        return
    attendance = tables["attendance"]
    yield _say_attendance(meetings, attendance)
    yield from _say_levels(meetings, guests)
    yield from _say_areas(tables["areas"])
    yield from _say_peers(attendance)
    yield from _say_absent(tables["absent"], int((attendance["meetings"] == 0).sum()))
    yield from _say_candidate(tables["candidates"])


def _say_attendance(meetings: pd.DataFrame, attendance: pd.DataFrame) -> Sentence:
    comes = int((attendance["meetings"] > 0).sum())
    standing = int((meetings["held"] == "standing").sum())
    most = attendance["meetings"].max()
    names = attendance.loc[attendance["meetings"] == most, "name"].tolist()
    said = f"{join_words(names, most=NAMED)} {'comes' if len(names) == 1 else 'come'} to the most "
    said += f"({most})"
    if len(names) == comes > 1:  # nobody comes to more than another
        said = f"each of them comes to {most if most > 1 else 'one'}"
    return Sentence(
        "meetings",
        f"{count_noun(len(meetings), 'meeting is', 'meetings are')} on file ({standing} standing), "
        f"with {comes} of {count_noun(len(attendance), 'organization')}; {said}.",
        {
            "meetings": len(meetings),
            "standing": standing,
            "coming": comes,
            "organizations": len(attendance),
            "most": most,
            "who": names,
        },
    )


def _say_levels(meetings: pd.DataFrame, guests: Mapping[str, int]) -> Iterator[Sentence]:
    missing = meetings[meetings["level"] == MISSING]
    for row in missing.head(NAMED).itertuples():
        noted = guests[str(row.meeting)]
        yield Sentence(
            "level_missing",
            f"Nobody who could decide was at the meeting “{row.meeting}”, as far as is on file: "
            f"{count_noun(noted, 'organization')} sent managers or staff.",
            {"meeting": row.meeting, "organizations": noted},
        )
    unknown = int((meetings["level"] == UNKNOWN).sum())
    if unknown:
        text = f"At which level people sit is not known for {count_noun(unknown, 'meeting')}."
        yield Sentence("level_unknown", text, {"meetings": unknown})


def _say_areas(areas: pd.DataFrame) -> Iterator[Sentence]:
    none = areas.loc[areas["meetings"] == 0, "area"].tolist()
    if none:
        named = join_words(none, final="or")
        text = f"No meeting is on file on {named}, of the Flex program areas."
        yield Sentence("areas", text, {"areas": none})


def _say_peers(attendance: pd.DataFrame) -> Iterator[Sentence]:
    """Peer sharing: which Critical Access Hospitals have met others, and how many none."""
    hospitals = attendance[attendance["kind"] == "critical_access_hospital"]
    alone = hospitals.loc[hospitals["peers_met"] == 0, "name"].tolist()
    if len(hospitals) > 1 and alone:
        yield Sentence(
            "peers",
            f"{len(alone):,} of {len(hospitals):,} Critical Access Hospitals "
            f"{'has met none of its' if len(alone) == 1 else 'have met none of their'} "
            f"peers at a meeting on file: {join_words(alone, most=NAMED)}.",
            {"alone": alone, "hospitals": len(hospitals)},
        )


def _say_absent(absent: pd.DataFrame, n_never: int) -> Iterator[Sentence]:
    if not n_never:
        return
    sectors = absent["label"].str.lower().tolist()
    rest = f"; at none at all is anybody from {join_words(sectors, most=NAMED)}" if sectors else ""
    head = f"{count_noun(n_never, 'organization is', 'organizations are')} on file at no meeting"
    yield Sentence("absent", f"{head}{rest}.", {"organizations": n_never, "sectors": sectors})


def _say_candidate(candidates: pd.DataFrame) -> Iterator[Sentence]:
    if len(candidates):
        row = candidates.iloc[0]
        claims = {"organization": row["name"], "brings": int(row["brings"])}
        yield Sentence("candidate", f"Who would add most: {row['sentence']}", claims)


def describe_method(here: Network) -> Method:
    """Say how meetings are judged."""
    return Method(
        name="Organizations and meetings as two modes; greedy coverage.",
        formula=(
            "Brings = organizations that are the candidate or work with it, and neither come nor "
            "work with anybody who comes; chosen one after the other. Level: missing where the "
            "level of all who came is on file and none is executive. Betweenness: how "
            "often a meeting is on the shortest path between two others / the most that two modes "
            "allow."
        ),
        settings={"as of": "no dates" if here.day is None else say_date(here.day)},
        sources=(
            "Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2",
            "Nemhauser, Wolsey & Fisher (1978), doi:10.1007/BF01588971",
        ),
        notes=(
            "The convener is taken to be at every meeting and is not counted; who else holds a "
            "meeting is counted there, and of its level nothing is known. Who is on file at no "
            "meeting may have come all the same. The greedy choice reaches at least 63 % of what "
            "the best choice of as many would.",
        ),
    )
