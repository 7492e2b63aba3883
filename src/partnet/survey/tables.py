"""From claims to the tables of a network, through the parsers of every other table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from ..core.errors import InputProblem, Where
from ..core.network import Network
from ..core.schema import PROVENANCE, TABLES
from ..io.cells import RawTable
from ..io.typed.columns import type_table
from ..io.typed.identity import resolve_references
from ..io.typed.rows import settle_rows
from .answers import Answers, Claim, Rating, measure_often
from .form import BOTH, LADDER, NO_, TAKES, UNKNOWN, YES_
from .settings import Settings

Record = Mapping[str, str]
Placed = tuple[Where, Record]  # a row, and where it stands

DESIGN = "roster"


def type_rows(
    net: Network, table: str, rows: Sequence[Placed]
) -> tuple[pd.DataFrame, list[InputProblem]]:
    """Type rows as if they had been read from a file; each keeps the place it came from."""
    columns = tuple(dict.fromkeys(name for _, record in rows for name in record))
    cells = [[record.get(name, "") for name in columns] for _, record in rows]
    raw = RawTable("answers", "", columns, 0, cells, list(range(len(cells))), table=table)
    draft = type_table(raw, TABLES[table], net.vocabulary)
    resolve_references(draft, net.index)
    settle_rows(draft, net.vocabulary)
    places = [where for where, _ in rows]
    frame = draft.frame
    told = pd.Series([str(places[k]) for k in frame.index], index=frame.index, dtype="str")
    problems = [_replace_place(problem, places) for problem in draft.problems]
    return frame.assign(**{PROVENANCE: told}).reset_index(drop=True), problems


def _replace_place(problem: InputProblem, places: Sequence[Where]) -> InputProblem:
    row = problem.where.row
    at = places[row] if row is not None and row < len(places) else Where("answers")
    return replace(problem, where=replace(at, column=problem.where.column))


def place_claim(claim: Claim) -> Where:
    """Say where a claim stands."""
    return Where(claim.file, claim.sheet, claim.row)


def make_ties(claims: Iterable[Claim], net: Network, wave: str) -> list[Placed]:
    """Give a row for every yes and every no; who said it stands beside it."""
    return [
        (place_claim(claim), _make_tie(claim, net, wave))
        for claim in claims
        if claim.said in (YES_, NO_)
    ]


def _make_tie(claim: Claim, net: Network, wave: str) -> Record:
    ends = (claim.respondent, claim.partner)
    source, target = ends[::-1] if claim.way == TAKES else ends
    arrow = net.vocabulary.relations[claim.relation].directed
    said = {"source": source, "target": target, "relation": claim.relation}
    said |= {"directed": "no" if arrow and claim.way == BOTH else "yes" if arrow else "no"}
    if claim.said == NO_:
        said |= {"strength": "none"}
    elif measure_often(claim.often, net.vocabulary) > 0:
        on_ladder = claim.often in net.vocabulary.ladders[LADDER].levels
        said |= {"strength": claim.often, "ladder": LADDER if on_ladder else ""}
    else:
        said |= {"strength": "1"}  # a tie whose strength nobody said weighs 1
    more = {"reported_by": claim.respondent, "evidence": f"survey {wave}", "level": claim.level}
    return said | more


def make_ratings(answers: Iterable[Answers], wave: str) -> list[Placed]:
    """Give a row for every rating; of two people of one organization the mean."""
    said: dict[tuple[str, str, str, str], list[Rating]] = {}
    for each in (rating for one in answers for rating in one.ratings):
        key = (each.respondent, each.partner, each.dimension, each.scale)
        said.setdefault(key, []).append(each)
    rows: list[Placed] = []
    for (rater, rated, dimension, scale), ratings in said.items():
        mean = sum(each.score for each in ratings) / len(ratings)
        record = {"rater": rater, "rated": rated, "dimension": dimension, "value": f"{mean:.10g}"}
        place = Where(ratings[0].file, ratings[0].sheet, ratings[0].row)
        rows.append((place, {**record, "ladder": scale, "wave": wave}))
    return rows


def make_responses(
    settings: Settings,
    answers: Sequence[Answers],
    claims: Sequence[Claim],
    net: Network,
    *,
    relations: Sequence[str],
    survey: Where,
) -> list[Placed]:
    """Say who was asked about what, who answered, and which cells stayed open.

    Who answered stands once for every relation. A cell without an answer is skipped, one with
    "don't know" says so, and a partner that was not on the list was not asked about.
    """
    own = _group(claims)
    files = {claim.respondent: place_claim(claim) for claim in reversed(claims)}
    files = {id_: replace(where, row=None) for id_, where in files.items()}
    listed: dict[str, set[str]] = {}
    for each in answers:
        listed.setdefault(each.respondent, set()).update(each.listed)
    everybody = dict.fromkeys((*settings.asked, *(r for r in own if r in net.index.name_of)))
    rows: list[Placed] = []
    for id_ in everybody:
        if id_ not in net.index.name_of:
            continue
        said = own.get(id_, {})
        place = files.get(id_, survey)
        whole = {"respondent": id_, "wave": settings.wave, "design": DESIGN}
        answered = YES_ if said else NO_
        rows += [(place, {**whole, "relation": r, "answered": answered}) for r in relations]
        if said:
            cells = _list_open(id_, said, listed.get(id_, set()), relations, net)
            rows += [(place, {**whole, **cell}) for cell in cells]
    return rows


def _group(claims: Iterable[Claim]) -> dict[str, dict[tuple[str, str], str]]:
    """Answers by respondent, then by partner and relation."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for claim in claims:
        found.setdefault(claim.respondent, {})[claim.partner, claim.relation] = claim.said
    return found


def _list_open(
    id_: str,
    said: Mapping[tuple[str, str], str],
    listed: set[str],
    relations: Sequence[str],
    net: Network,
) -> list[Record]:
    """Give the cells of one respondent that hold neither yes nor no."""
    rows: list[Record] = []
    for partner in net.ids:
        if partner == id_:
            continue
        if partner not in listed:
            rows.append({"organization": partner, "answered": "not asked"})
            continue
        words = {said.get((partner, relation), "") for relation in relations}
        if words == {""}:
            rows.append({"organization": partner, "answered": "skipped"})
        elif words == {UNKNOWN}:
            rows.append({"organization": partner, "answered": UNKNOWN})
        else:
            rows += [
                {"organization": partner, "relation": relation, "answered": word or "skipped"}
                for relation in relations
                if (word := said.get((partner, relation), "")) in ("", UNKNOWN)
            ]
    return rows
