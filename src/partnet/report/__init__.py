"""The paper for the meeting: one report, rendered to HTML, Excel and JSON."""

from .build import build_report, write_report
from .model import Report

__all__ = ["Report", "build_report", "write_report"]
