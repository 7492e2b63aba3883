"""The paper for the meeting: one report or brief, rendered to HTML, Word, Excel and JSON."""

from .briefs import build_brief, write_brief
from .build import build_report, write_report
from .model import Report

__all__ = ["Report", "build_brief", "build_report", "write_brief", "write_report"]
