"""The verb that makes the explorer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ...core.arguments import checked
from ...core.errors import UsageError
from ...core.network import Network
from ...core.storage.settings import read_toml
from ...core.storage.writing import write_file_atomically
from ...facts.graph.collaboration import choose_layer
from ...facts.graph.layers import Layer
from .content import collect_content
from .page import frame_page, render_page

HEIGHT = 760  # pixels of the frame in a notebook
MOST_WAVES = 30  # each is one bit of a number


@dataclass(frozen=True, repr=False)
class Explorer:
    """A page to search a network and to walk through it; a notebook shows it in a frame.

    Attributes
    ----------
    title : str
        Title of the network.
    html : str
        The page: one file that asks for nothing from outside.
    """

    title: str
    html: str

    @checked
    def write(self, path: str | Path) -> Path:
        """Write the page into a file.

        Raises
        ------
        UsageError
            The name does not end in .html, the folder does not exist, or a file stands there that
            is no explorer.
        """
        path = Path(path)
        if path.suffix.lower() not in (".html", ".htm"):
            raise UsageError(
                f"path: found {path.name!r}. The explorer is a web page. Give a name that ends in "
                ".html."
            )
        return write_file_atomically(path, self.html.encode("utf-8"))

    def __repr__(self) -> str:
        size = f"{len(self.html) / 1000:,.0f} kB"
        return f"Explorer of {self.title} ({size}); .write('explorer.html') keeps it as a file."

    def _repr_html_(self) -> str:
        return frame_page(self.html, f"Explorer of {self.title}", HEIGHT)


@checked
def explore_network(
    net: Network,
    *,
    earlier: Mapping[str, Network] | None = None,
    layer: Layer | str | None = None,
    as_of: str | pd.Timestamp | None = None,
    where: str | Sequence[str] | None = None,
    shade: str | pd.Series | Mapping[str, float] | None = "gaps",
    views: Mapping[str, str] | str | Path | None = None,
) -> Explorer:
    """Make a page to search the network: who works with whom, where, what is missing, whom to ask.

    One file, which works without internet and asks for nothing: the picture of the network and the
    map of its counties with the same marks; search and filters by kind, sector, service,
    county, relation, strength and wave; of each organization its partners with strength and date,
    its gaps, whom it speaks for, the value and trust that it received, whom to approach and why,
    and the path to any other; the same as a table whose partners are links, for those who listen to
    it; saved views. Of more than 1,000 organizations only Critical Access Hospitals, Rural
    Emergency Hospitals, Rural Health Clinics and the convener are told whom to approach.
    What others must not see is taken out before: ``explore_network(net.for_audience("public"))``.

    Parameters
    ----------
    net : Network
        The network.
    earlier : mapping of str to Network, optional
        Earlier waves by their name, the oldest first: the page can show the ties of each among
        the organizations of the newest.
    layer : Layer or {"collaboration", "affinity"}, optional
        What partners, positions and measures rest on; default: working ties on file, or affinity
        where no tie is on file.
    as_of : str or Timestamp, optional
        The day on which ties must hold; default: the newest date in the tables.
    where, shade : str, optional
        Counties of the map and their shading, as in :func:`draw_map`.
    views : mapping of str to str, or path, optional
        Saved views by name: what stands behind # in the address of the page; or a TOML file with
        a table ``[views]``, as the page writes it.

    Returns
    -------
    Explorer
        With ``.html`` and ``.write(path)``; a notebook shows it in a sandboxed frame.

    Raises
    ------
    UsageError
        A place is not known, a view has no name, or there are more than 29 earlier waves.

    Examples
    --------
    >>> import partnet as pn
    >>> net = pn.load_sample("prairie").subnetwork(["cedar-county-hospital", "bow-creek-ambulance"])
    >>> pn.explore_network(net, shade=None).html[:15]
    '<!doctype html>'
    """
    here = net.at(as_of)
    waves = _collect_waves(here, earlier or {})
    content = collect_content(
        here,
        waves,
        choose_layer(here, layer),
        where=where,
        shade=shade,
        views=_read_views(views),
    )
    return Explorer(here.title, render_page(content))


def _collect_waves(here: Network, earlier: Mapping[str, Network]) -> dict[str, Network]:
    """Waves by name, each on its own day and shown as to the same audience; the newest last."""
    if len(earlier) >= MOST_WAVES:
        raise UsageError(
            f"earlier: found {len(earlier):,} waves. Allowed are {MOST_WAVES - 1}. Leave some out."
        )
    name = "Now" if here.day is None else f"{here.day:%Y}"
    while name in earlier:
        name += ", newest"
    waves = {label: _hide(wave, here).at() for label, wave in earlier.items()}
    return waves | {name: here}


def _hide(wave: Network, here: Network) -> Network:
    """Show an earlier wave to the audience of the newest."""
    known = here.audience == "partner" and here.reader in wave.ids
    return wave.for_audience(here.audience, here.reader if known else None)


def _read_views(views: Mapping[str, str] | str | Path | None) -> dict[str, str]:
    """Saved views by name."""
    if views is None:
        return {}
    if not isinstance(views, Mapping):
        table: Any = read_toml(Path(views)).get("views", {})
        views = table if isinstance(table, Mapping) else {"": ""}
    wrong = [name for name, link in views.items() if not name or not isinstance(link, str)]
    if wrong:
        raise UsageError(
            f"views: found {wrong[0]!r}. A view is a name and what stands behind # in the address. "
            "Correct it."
        )
    return {name: link.removeprefix("#") for name, link in views.items()}
