"""Every recognizer in its turn: from the tables as people keep them to one entry a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ...core.schema import TABLES
from ...core.wording.names import fold_name
from ..cells import RawTable
from ..headers.columns import list_known, match_headers
from ..tables.joining import relation_of
from .alone import list_ends, list_lost, make_organizations
from .cells.above import fill_from_above
from .cells.address import part_addresses
from .cells.coded import name_codes, rank_codes
from .cells.counties import take_counties
from .cells.numbered import drop_numbers
from .cells.positions import part_positions, swap_positions
from .cells.ranges import part_ranges
from .cells.several import MARKS, list_joined, list_parts, split_several
from .cells.targets import read_targets
from .columns.beside import drop_ownership, take_beside
from .columns.funders import (
    name_amount,
    name_currencies,
    name_filers,
    name_programs,
    scale_amounts,
)
from .columns.kinds import melt_kinds
from .columns.spread import melt_funders, melt_parties, melt_relations
from .columns.unread import tell_unread
from .columns.wide import list_across, melt_wide
from .columns.years import date_ties, melt_counties, melt_indicators, melt_years
from .people.contacts import part_persons
from .people.persons import take_persons_out
from .people.staff import name_employers, take_staff
from .people.with_employer import part_employers
from .rows.captions import take_captions
from .rows.closing import take_closings
from .rows.repeated import drop_repeated
from .rows.status import drop_unreal
from .rows.subtotals import drop_states, drop_subtotals
from .rows.trials import drop_trials
from .rows.turned import turn_over
from .ties.answered import part_answers
from .ties.asked import spread_questions
from .ties.bare import drop_diagonal, give_headers, is_headless, lacks_ends, name_ends, name_numbers
from .ties.grid import find_grid, melt_grid
from .ties.matrix import is_matrix, melt_matrix, square_up
from .ties.pairs import find_leads, find_pairs, melt_pairs, name_leads
from .ties.questions import find_form, melt_form
from .ties.related import find_relations, take_denials, take_heading, take_remarks
from .ties.unnamed import name_strength, tell_agreed, tell_waves


def turn_tables(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Turn matrices, wide tables, lists of contacts and cells of several values into entries."""
    listed = _clean(tables)
    turned = {n: drop_unreal(drop_states(raw, n), n) for n, raw in listed.items()}
    lost = list_lost(listed, turned)
    turned = read_targets({n: part_ranges(raw, n) for n, raw in turned.items()})
    if "organizations" in turned:
        turned = _turn_organizations(turned)
    if "funding" in turned:
        turned["funding"] = _turn_funding(turned["funding"], turned.get("organizations"))
    if "needs" in turned:
        turned["needs"] = melt_indicators(melt_counties(melt_years(turned["needs"], "needs")))
    turned, listing = take_staff(turned), turned.get("organizations")
    known = list_known(listing)
    turned = part_employers(turned, known)
    if turned.get("organizations") is not listing:
        listing = turned.get("organizations")
        known = list_known(listing)
    among: dict[str, int] = {}
    if "ties" in turned:
        turned["ties"] = name_employers(turned["ties"], turned.get("people"), known)
        turned["ties"], among = _turn_ties(turned["ties"], turned.get("organizations"), known)
    if "affiliations" in turned:
        turned["affiliations"] = drop_ownership(turned["affiliations"])
    if "agreements" in turned:
        turned["agreements"] = melt_parties(turned["agreements"])
    if "services" in turned:
        among = {**among, **list_across(turned["services"], known)}
    wide = {name: raw for name, raw in turned.items() if name != "ties"}
    turned = {name: melt_wide(raw, name, known) for name, raw in turned.items()}
    lost |= list_lost(wide, turned)
    if "ties" in turned:
        told = {"ties": _tell_ties(turned["ties"])}
        turned["ties"] = name_strength(date_ties(told["ties"]))
        lost |= list_lost(told, turned)
    turned = _part_cells(turned, known, lost, among)
    same = turned.get("organizations") is listing
    return tell_unread(turned, known if same else list_known(turned.get("organizations")))


def _clean(tables: Mapping[str, RawTable]) -> dict[str, RawTable]:
    """Leave out rows that are no entries, say codes in words, fill what stands in the row above."""
    turned = {n: turn_over(drop_trials(raw), n) for n, raw in tables.items()}
    if "ties" in turned:
        turned["ties"] = rank_codes(spread_questions(turned["ties"]))
    turned = {n: name_codes(raw, n) for n, raw in turned.items()}
    return {n: fill_from_above(drop_subtotals(raw), n) for n, raw in turned.items()}


def _turn_organizations(turned: dict[str, RawTable]) -> dict[str, RawTable]:
    """Take out of the list of organizations who is a person, and what belongs into other tables."""
    listed = melt_kinds(turned["organizations"])
    listed = drop_numbers(take_captions(take_closings(listed)))
    listed = swap_positions(part_positions(part_addresses(listed)))
    turned = take_persons_out(turned | {"organizations": listed})
    organizations, people = part_persons(turned["organizations"])
    turned["organizations"] = organizations
    if people is not None:
        turned.setdefault("people", people)
    turned = turned | take_beside(turned)
    return take_counties(turned | {"organizations": drop_repeated(turned["organizations"])})


def _tell_ties(raw: RawTable) -> RawTable:
    """Find relations, denials and remarks in the columns of ties; say which tell waves, ratings."""
    found = take_remarks(take_denials(take_heading(find_relations(melt_relations(raw)))))
    return tell_agreed(tell_waves(found))


def _part_cells(
    turned: dict[str, RawTable],
    known: Collection[str],
    lost: Mapping[str, int],
    among: Mapping[str, int],
) -> dict[str, RawTable]:
    """Part cells of several values; without a list of organizations, list those that are named."""
    alone = "organizations" not in turned
    if alone:
        known = list_named_alone(turned) | set(map(fold_name, among))
    turned = {n: split_several(raw, n, known, alone=alone) for n, raw in turned.items()}
    made = make_organizations(turned, {**lost, **among}) if alone else None
    return turned if made is None else {"organizations": made, **turned}


def _turn_funding(raw: RawTable, organizations: RawTable | None) -> RawTable:
    """Turn columns of years and funders into awards, whose amounts are whole dollars."""
    raw = name_amount(melt_funders(melt_years(raw, "funding")))
    raw = name_filers(raw, organizations)
    return name_programs(scale_amounts(name_currencies(raw)))


def _turn_ties(
    raw: RawTable, organizations: RawTable | None, known: Collection[str]
) -> tuple[RawTable, dict[str, int]]:
    """Turn matrices, grids and bare lists into ties; with all whom a matrix names, by row."""
    if is_matrix(raw, known):
        square = square_up(raw)
        down = {row[0]: number for row, number in zip(square.rows, square.row_numbers, strict=True)}
        across = {text: raw.header_row for text in square.header[1:] if text}
        return melt_matrix(raw, relation_of(raw)), {**across, **down}
    grid = find_grid(raw, known)
    if grid:
        asked = {name: raw.header_row for _, name in grid.values()}
        return melt_grid(raw, grid, known), asked
    respondent, asked_for = find_form(raw)
    if asked_for:
        return melt_form(raw, respondent, asked_for, known), {}
    if is_headless(raw, known):
        return give_headers(raw), {}
    if (pairs := find_pairs(raw, known)) >= 0:
        return melt_pairs(raw, pairs), {}
    if (lead := find_leads(raw, known)) >= 0:
        return part_answers(name_leads(raw, lead)), {}
    if lacks_ends(raw):
        return name_ends(raw), {}
    parted = part_answers(raw)
    raw = drop_unreal(parted, "ties") if parted is not raw else raw
    among = list_ends(parted) if raw is not parted else {}
    raw = drop_diagonal(raw)
    return (raw if organizations is None else name_numbers(raw, organizations)), among


def list_named_alone(tables: Mapping[str, RawTable]) -> set[str]:
    """Names that stand alone in a cell of organizations, where no list of these is given."""
    found: set[str] = set()
    for name, raw in tables.items():
        headers = match_headers(raw, TABLES[name])
        for column in TABLES[name].columns:
            if column.type == "organization" and column.name in headers.columns:
                at = headers.columns[column.name]
                texts = {row[at] for row in raw.rows} - {""}
                several = {text for text in texts if MARKS.search(text)}
                parts = {part for text in several for part in list_parts(MARKS, text)}
                found |= {fold_name(part) for part in texts - several | parts if "," not in part}
    return {name for name in found if len(list_joined(name, found - {name})) == 1}
