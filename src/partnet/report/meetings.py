"""Sections of the report that serve meetings: partnership categories, the session, outcomes."""

from __future__ import annotations

from dataclasses import replace

from .declared import list_blocks, write_part
from .findings import Findings
from .model import Section

FULL_BRIEF = 'The full brief: partnet session INPUT --where "…" -o brief.html.'


def write_partnership_categories(findings: Findings) -> Section:
    """How community-based organizations partner with health care."""
    result = findings.partnerships
    page = write_part(result, result.parts[0])
    return replace(page, id="partnerships", title=result.title)


def write_meeting(findings: Findings) -> Section:
    """The next partnership session of the whole network, in short."""
    result = findings.session
    page = write_part(result, result.parts[0])
    lead = (*page.lead, FULL_BRIEF)
    return replace(page, id="session", title="The next partnership session", lead=lead)


def write_outcomes(findings: Findings) -> Section:
    """What became of what earlier sessions agreed on."""
    result = findings.outcomes
    return Section("outcomes", result.title, result.sentences, list_blocks(result))
