"""The page of the explorer: content, style and script in one file, with hashes in its policy."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

OPERATOR = re.compile(r" (=>|===|!==|&&|\|\||\+=|-=|<=?|>=?|\*|/|\?|:) ")
COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


def render_page(content: Mapping[str, Any]) -> str:
    """Render the explorer as one HTML page; the same content gives the same page.

    The content is packed (JSON, deflate, base64): no name in it is ever read as HTML or script.
    """
    css, script = _read("explorer.css"), COMMENT.sub("", _read("explorer.js"))
    script = "\n".join(line.strip() for line in script.splitlines() if line.strip())
    script = OPERATOR.sub(r"\1", script)  # no text of the page holds one
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return template.from_string(_read("page.html")).render(
        title=content["title"],
        about=" · ".join(content["about"]),
        policy=_write_policy(css, script),
        css=_trust(css),
        script=_trust(script),
        data=_trust(pack_content(content)),
    )


def pack_content(content: Mapping[str, Any]) -> str:
    """Pack the content as text."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def unpack_content(page: str) -> dict[str, Any]:
    """Give the content of a page again: what a reader of its source could find out."""
    found = re.search(r'<script id="data"[^>]*>([^<]*)</script>', page)
    if found is None:
        return {}
    return dict(json.loads(zlib.decompress(base64.b64decode(found[1]))))


def frame_page(page: str, title: str, height: int) -> str:
    """Put a page into a sandboxed frame, which cannot reach the notebook around it."""
    allowed = "allow-scripts allow-downloads allow-modals"
    return (
        f'<iframe title="{html.escape(title)}" sandbox="{allowed}" srcdoc="{html.escape(page)}" '
        f'width="100%" height="{height}" style="border:0"></iframe>'
    )


def _write_policy(css: str, script: str) -> str:
    """What the page may do: its own script and style, nothing else, nothing from outside."""
    return (
        "default-src 'none'; "
        f"script-src '{_hash(script)}'; style-src '{_hash(css)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(digest).decode("ascii")


def _trust(text: str) -> Any:
    """Mark a text of this package as safe to stand in the page as it is."""
    import markupsafe

    return markupsafe.Markup(text)


@cache
def _read(name: str) -> str:
    text = files("partnet.views.explorer").joinpath(name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").strip()
