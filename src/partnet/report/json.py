"""A report as JSON, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..core.results.result import plain_value
from .model import (
    BarsBlock,
    Block,
    CardsBlock,
    FactsBlock,
    FigureBlock,
    ListBlock,
    MethodBlock,
    NoteBlock,
    Report,
    Section,
    TableBlock,
)


def render_json(report: Report) -> bytes:
    """Render a report as JSON; pictures are left out, their descriptions stay."""
    content = {
        "title": report.title,
        "subtitle": report.subtitle,
        "note": report.note,
        "versions": report.versions,
        "sections": [_render_section(section) for section in report.sections],
    }
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def _render_section(section: Section) -> dict[str, Any]:
    blocks = [_render_block(block) for block in section.blocks]
    return {
        "id": section.id,
        "title": section.title,
        "lead": list(section.lead),
        "blocks": blocks,
    }


def _render_block(block: Block) -> dict[str, Any]:
    match block:
        case TableBlock():
            names = [column.name for column in block.columns]
            rows = block.frame[names].itertuples(index=False, name=None)
            records = [dict(zip(names, map(plain_value, row), strict=True)) for row in rows]
            return {"table": block.caption, "sheet": block.sheet, "rows": records}
        case FigureBlock():
            return {"figure": block.caption, "description": block.alt}
        case FactsBlock():
            return {"facts": dict(block.facts)}
        case ListBlock():
            return {"list": block.heading, "items": list(block.items)}
        case CardsBlock():
            return {"cards": block.heading, "items": [asdict(card) for card in block.cards]}
        case BarsBlock():
            return {"bars": block.heading, "values": dict(block.bars)}
        case NoteBlock():
            return {"note": block.heading, "text": block.text}
        case MethodBlock():
            return {"method": block.title, "lines": block.method.lines()}
