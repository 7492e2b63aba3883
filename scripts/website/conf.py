"""How the site is built: Sphinx, Markdown, numpydoc, and a theme that asks nobody for anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import partnet

project = "partnet"
author = "The partnet developers"
project_copyright = "The partnet developers"
version = release = partnet.__version__
language = "en"

extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc"]
root_doc = "index"
source_suffix = {".md": "markdown"}
myst_heading_anchors = 4
myst_enable_extensions = ["fieldlist"]
numpydoc_show_class_members = False
autosummary_generate = False  # numpydoc brings it along; the pages are written by reference.py
autodoc_typehints = "none"  # numpydoc says the types in words
autodoc_member_order = "bysource"
python_use_unqualified_type_names = True

html_theme = "pydata_sphinx_theme"
html_title = "partnet"
html_static_path = ["_static"]
html_css_files = ["partnet.css"]
html_show_sourcelink = False
html_copy_source = False
html_last_updated_fmt = None  # the same pages from the same sources
html_theme_options = {
    "show_prev_next": False,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "navbar_align": "left",
    "header_links_before_dropdown": 6,
}
html_sidebars = {"index": [], "start": []}
pygments_style = "default"


def name_folds(app: Any, error: Exception | None) -> None:
    """Give the folds of the menu a name for those who read by ear; the theme gives them none."""
    bare = '<summary><span class="toctree-toggle"'
    for page in sorted(Path(app.outdir).rglob("*.html")) if error is None else ():
        text = page.read_text("utf-8")
        if bare in text:
            named = bare.replace("<summary>", '<summary aria-label="Pages below this one">')
            page.write_text(text.replace(bare, named), encoding="utf-8", newline="\n")


def setup(app: Any) -> None:
    """Tell the builder."""
    app.connect("build-finished", name_folds)
