"""Sections of the report that serve meetings: partnership categories, the session, outcomes."""

from __future__ import annotations

from .brief_partnerships import write_partnerships_section
from .brief_session import write_register_section, write_session_section
from .findings import Findings
from .model import Section


def write_partnership_categories(findings: Findings) -> Section:
    """How community-based organizations partner with health care."""
    return write_partnerships_section(findings.partnerships)


def write_meeting(findings: Findings) -> Section:
    """The next partnership session of the whole network, in short."""
    return write_session_section(findings.session)


def write_outcomes(findings: Findings) -> Section:
    """What became of what earlier sessions agreed on."""
    return write_register_section(findings.outcomes)
