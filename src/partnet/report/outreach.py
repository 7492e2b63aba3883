"""Sections on going out: visits, expected partners, meetings, introductions, peer States."""

from __future__ import annotations

from .declared import list_blocks
from .findings import Findings
from .model import Section

NO_VISITS = "Visits are not planned: enter the contacts table, one row a visit, call or meeting."


def write_visits(findings: Findings) -> Section:
    """Whom to visit, tour by tour, and what to bring up; off without contacts."""
    if findings.net.table("contacts").empty:
        return Section("visits", "Whom to visit next", (NO_VISITS,))
    result = findings.visits
    return Section("visits", result.title, result.sentences, list_blocks(result))


def write_partners_and_meetings(findings: Findings) -> Section:
    """Expected partners with their holes, and who comes to which meeting."""
    expected, convenings = findings.roster, findings.convenings
    lead = (*expected.sentences, *convenings.sentences)
    blocks = (*list_blocks(expected), *list_blocks(convenings))
    return Section("convenings", "Expected partners and meetings", lead, blocks)


def write_introductions(findings: Findings) -> Section:
    """Who could introduce whom to close each gap, and with whom one does not talk."""
    result = findings.introductions
    return Section("introductions", result.title, result.sentences, list_blocks(result))


def write_peers(findings: Findings) -> Section:
    """The States most like ours, by public counts."""
    result = findings.peers
    return Section("peers", "Peer States", result.sentences, list_blocks(result))
