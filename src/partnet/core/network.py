"""The network: organizations and everything on file about them, frozen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .arguments import checked
from .audience.hiding import AUDIENCES, Audience, check_audience, hide_from, hides
from .audience.private import hide_words
from .audience.small_counts import LEAST_CELL
from .checks import check_count
from .errors import InputProblem, UsageError
from .exchange import from_networkx, to_geopandas, to_igraph, to_networkx, to_pandas
from .rows.order import put_in_order
from .rows.periods import find_newest, has_closed, keep_held, read_day
from .rows.ratings import SharedScore, share_scores
from .rows.selection import keep_among
from .rows.spelling import name_groups, unify_spelling
from .rows.ties import MAKE_TIES, derive_ties, is_denial
from .schema import PROVENANCE, TABLES, empty_table
from .storage.shapes import show
from .summary import say_network, show_network
from .vocabulary import Vocabulary, default_vocabulary
from .wording.names import NameIndex, list_other_names, tell_apart
from .wording.units import Units, read_units, write_units

if TYPE_CHECKING:
    from .results.result import Result

FEW = 1_000  # ids that are looked up one by one


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """Organizations, their ties, services, money and groups: what is on file, and nothing else.

    Made by :func:`partnet.read_network`; never changed afterwards. The tables are the truth:
    everything else (ties, matrices, networkx graphs) is a view of them.

    Attributes
    ----------
    vocabulary : Vocabulary
        Kinds, sectors, relations and ladders: the shipped ones and the user's own.
    problems : tuple of InputProblem
        What was found wrong or assumed while reading.
    scale : tuple of str
        Relations asked about in the whole file; a subnetwork keeps those of its parent, so that
        its combined strengths stay comparable.
    day : Timestamp or None
        The day it stands on; ``None`` before :meth:`at` was asked, or where nothing has a date.
    log : Result or None
        What became of every row of the public files it was built from
        (:func:`partnet.build_network`); ``None`` where it was read.
    shared_scores : tuple of SharedScore
        Of what a partner may not see one by one: the scores of value and trust that it may see.
    """

    _tables: Mapping[str, pd.DataFrame] = field()
    vocabulary: Vocabulary = field(default_factory=default_vocabulary)
    problems: tuple[InputProblem, ...] = ()
    scale: tuple[str, ...] = ()
    day: pd.Timestamp | None = None
    _whole: Network | None = None
    log: Result | None = None
    shared_scores: tuple[SharedScore, ...] = ()

    def __post_init__(self) -> None:
        given = self._tables
        tables = {n: given[n] if n in given else empty_table(n) for n in TABLES}
        if self._whole is None:  # what stands on a day was spelled before
            tables = {name: unify_spelling(name, frame) for name, frame in tables.items()}
            tables["memberships"] = name_groups(tables["memberships"], tables["organizations"])
        object.__setattr__(self, "_tables", MappingProxyType(tables))
        ids = tables["organizations"]["id"]
        if ids.duplicated().any():
            raise UsageError(
                f"organizations: found the id {ids[ids.duplicated()].iloc[0]!r} twice. "
                "Every organization has an id of its own. Rename one of them."
            )
        if not self.scale:
            asked = pd.unique(self._reports["relation"]).tolist()
            object.__setattr__(self, "scale", tuple(sorted(asked)))

    # -- who is here -----------------------------------------------------------------------------

    @cached_property
    def ids(self) -> pd.Index:
        """Ids of the organizations, sorted: positions do not follow the order of the file."""
        return pd.Index(self._ordered("organizations")["id"], dtype="str", name="id")

    @property
    def n(self) -> int:
        """Number of organizations."""
        return len(self.ids)

    def __len__(self) -> int:
        return self.n

    @property
    def organizations(self) -> pd.DataFrame:
        """The organizations table, indexed by id, in the order of `ids`."""
        return self._by_id.copy(deep=False)  # pandas copies on write

    @cached_property
    def _by_id(self) -> pd.DataFrame:
        return self._ordered("organizations").set_index("id")

    @cached_property
    def names(self) -> pd.Series:
        """Names by id, as people read them: those who share one are told apart by their counties.

        What the file says stands in ``organizations["name"]``.
        """
        named, told = self._by_id["name"].copy(), self.index.told
        return named.where(~named.index.isin([*told]), named.index.map(told)) if told else named

    @cached_property
    def index(self) -> NameIndex:
        """Finds the organization that a text names."""
        table = self._ordered("organizations")
        index = NameIndex(table["id"], table["name"], list_other_names(table))
        if shared := index.list_shared():
            labels = {id_: kind.label for id_, kind in self.vocabulary.kinds.items()}
            rows = table[["id", "name", "county_fips", "state", "kind"]].set_index("id", drop=False)
            rows = rows.loc[[id_ for ids in shared for id_ in ids]]
            rows["kind"] = rows["kind"].map(labels).fillna("")
            cells = {row[0]: row for row in rows.itertuples(index=False, name=None)}
            for ids in shared:
                index.tell_apart(tell_apart([cells[id_] for id_ in ids]))
        return index

    def name(self, organization: str) -> str:
        """Give the name of the organization with this id."""
        return self.index.told.get(organization) or str(self.index.name_of[organization])

    def table(self, name: str) -> pd.DataFrame:
        """Give one table as it was written; changing the copy does not change the network.

        Raises
        ------
        UsageError
            There is no table of that name.
        """
        if not isinstance(name, str) or name not in self._tables:
            allowed = ", ".join(TABLES)
            raise UsageError(f"table: found {name!r}. Allowed are {allowed}. Choose one of them.")
        return self._tables[name].copy(deep=False)  # pandas copies on write

    def rows(self, name: str) -> pd.DataFrame:
        """Give one table in the one order of its rows, without columns of the user's own.

        Verbs work with these: a column of the user's own may be called like one of theirs, and
        answers do not depend on the order of a file (:mod:`partnet.core.rows.order`).

        Raises
        ------
        UsageError
            There is no table of that name.
        """
        self.table(name)  # refuses what is no table
        frame = self._ordered(name)
        declared = [column for column in _declared(name) if column in frame]
        return frame.copy(deep=False) if len(declared) == frame.shape[1] else frame[declared]

    def _ordered(self, name: str) -> pd.DataFrame:
        if self._whole is not None and self._tables[name] is self._whole._tables[name]:
            return self._whole._ordered(name)
        if name not in self._in_order:
            self._in_order[name] = put_in_order(name, self._tables[name])
        return self._in_order[name]

    @cached_property
    def _in_order(self) -> dict[str, pd.DataFrame]:
        return {}

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables that have rows, by name."""
        return {name: self.table(name) for name, frame in self._tables.items() if len(frame)}

    def positions(self, ids: Iterable[str]) -> Any:
        """Give the positions of ids as an integer array; -1 where an id is unknown."""
        known = ids if isinstance(ids, (pd.Series, pd.Index)) else list(ids)
        if len(known) < FEW:  # an index of text costs more to make than these to look up
            texts = known if isinstance(known, list) else known.tolist()
            return np.array([self._position_of.get(id_, -1) for id_ in texts], dtype=np.intp)
        return self.ids.get_indexer(pd.Index(known, dtype="str"))

    @cached_property
    def _position_of(self) -> dict[str, int]:
        return {id_: k for k, id_ in enumerate(self.ids.tolist())}

    def find(self, organization: str, *, argument: str = "organization") -> str:
        """Give the id of an organization named by id or by unique name (case does not matter).

        Parameters
        ----------
        organization : str
            Its id or name.
        argument : str, default "organization"
            As what the caller wrote it: the name of the argument or option, for the message.

        Raises
        ------
        UsageError
            Nothing or more than one organization has that name; the message lists candidates.
        """
        if not isinstance(organization, str):
            raise UsageError(
                f"{argument}: found {show(organization)}. An organization is named by a text: its "
                "id or its name. Write it."
            )
        if found := self.index.find(organization):
            return found
        raise UsageError(self._explain_unknown(organization, argument))

    def resolve(self, texts: pd.Series) -> pd.Series:
        """Turn texts into ids: by id, then by unique name; "" where a text names nobody."""
        unique = pd.unique(texts)
        known = {text: self.index.find(text) for text in unique}
        return texts.map(known).astype("str") if len(texts) else texts.astype("str")

    # -- what the file says of itself ------------------------------------------------------------

    @property
    def title(self) -> str:
        """Title of the network, or "Partnership network"."""
        return self._about.get("title", "Partnership network")

    @property
    def note(self) -> str:
        """What the owner of the file wants readers to know, or ""."""
        return self._about.get("note", "")

    @cached_property
    def convener(self) -> str:
        """Id of the declared convener (else of the owner of the file), or ""."""
        for setting in ("convener", "owner"):
            if setting in self._about:
                found = self.index.find(self._about[setting])
                if found or setting == "convener":
                    return found
        return ""

    @property
    def units(self) -> Units:
        """In which distances are said: miles, or km where the file asks for it."""
        return read_units(self._about)

    @property
    def audience(self) -> Audience:
        """Whom the tables are for: internal, partner or public (see :meth:`for_audience`)."""
        found = self._about.get("audience", "internal")
        return next((known for known in AUDIENCES if known == found), "internal")

    def hides(self, table: str) -> bool:
        """Whether its reader does not see all rows of a table: no row is then not none."""
        return hides(self.audience, table)

    @property
    def reader(self) -> str:
        """Id of the partner that the tables are made for, or ""."""
        return self._about.get("audience organization", "") if self.audience == "partner" else ""

    @property
    def reader_name(self) -> str:
        """Name of the partner that the tables are made for, or ""."""
        return self.name(self.reader) if self.reader else ""

    @cached_property
    def is_context(self) -> pd.Series:
        """Whether an organization is a neighbor kept as context, by id (column ``context``).

        Neighbors across the State line count in every measure, and can be partners; they are not
        counted among the organizations of the network and nothing is asked of them.
        """
        return (self._ordered("organizations")["context"] == "yes").set_axis(self.ids)

    @cached_property
    def newest_date(self) -> pd.Timestamp | None:
        """The newest date on which something is known to have happened; ``None`` without dates.

        Ties, contacts and signatures count. Awards and agreements are on file before they begin:
        their starts count where nothing else has a date, ends and due dates never.
        """
        return find_newest(self._tables.values())

    # -- ties ------------------------------------------------------------------------------------

    @cached_property
    def _reports(self) -> pd.DataFrame:
        tables = {name: self.rows(name) for name in MAKE_TIES}
        return derive_ties(tables, self.vocabulary, self.resolve)

    @cached_property
    def _ties(self) -> pd.DataFrame:
        return self._reports[~is_denial(self._reports)]

    @property
    def ties(self) -> pd.DataFrame:
        """All ties, one row a source row, from every table that links two organizations.

        Columns: ``source``, ``target`` (ids), ``relation``, ``strength`` in (0, 1] (NaN where
        none was given), ``amount`` (dollars), ``directed``, ``since``, ``until``,
        ``last_contact``, ``level``, ``reported_by``, ``evidence``, ``table`` (where it comes
        from) and ``provenance``. Answers of "none" are no ties: see :attr:`denials`.
        """
        return self._ties.copy(deep=False)

    @property
    def denials(self) -> pd.DataFrame:
        """The answers "none": pairs of whom somebody said that there is no tie; columns as ties."""
        return self._reports[is_denial(self._reports)]

    @property
    def reports(self) -> pd.DataFrame:
        """Ties and denials together, table after table: everything that was answered."""
        return self._reports.copy(deep=False)

    @property
    def has_reported_ties(self) -> bool:
        """Whether any tie between two organizations is on file (answers of "none" do not count)."""
        return len(self._ties) > 0

    @cached_property
    def tied_pairs(self) -> frozenset[frozenset[str]]:
        """Pairs of organizations with any tie on file, of whatever relation and date."""
        ends = zip(self._ties["source"].tolist(), self._ties["target"].tolist(), strict=True)
        return frozenset(map(frozenset, ends))

    # -- other networks made from this one -------------------------------------------------------

    def at(self, date: str | pd.Timestamp | None = None) -> Network:
        """Give the network as it stood on a day, which it then knows as ``day``.

        Parameters
        ----------
        date : str or Timestamp, optional
            The day; default: the day it stands on already, else the newest date in the tables.

        Returns
        -------
        Network
            Rows that ended before or began after are gone (those without dates always hold, awards
            without dates about the fiscal year that they state);
            ``whole`` still has them. The same day gives the same object, so that what was worked
            out about it is remembered.

        Raises
        ------
        UsageError
            `date` is no day.
        """
        if date is None and self._whole is not None:
            return self
        everything = self._whole or self
        return everything._stand_on(everything.newest_date if date is None else read_day(date))

    @property
    def whole(self) -> Network:
        """The network with all rows, also those that have ended or not yet begun.

        Of a network on its day, those of organizations that had closed by then are not among them.
        """
        return self if self._whole is None else self._whole._open_on(self.day)

    @property
    def ever(self) -> Network:
        """The network with all rows and everybody, also organizations that have closed."""
        return self._whole or self

    @cached_property
    def closed(self) -> pd.DataFrame:
        """Organizations that had closed by its day and are not counted, indexed by id."""
        rows = self.ever._ordered("organizations")
        return rows[has_closed(rows, self.day)].set_index("id")

    def _stand_on(self, day: pd.Timestamp | None) -> Network:
        """Give this whole network on a day; the same object for the same day."""
        if day not in self._days:  # every verb asks for the same day
            still = self._open_on(day)
            tables = still._tables
            if day is not None:
                tables = {name: keep_held(name, frame, day) for name, frame in tables.items()}
            self._days[day] = replace(self, _tables=tables, day=day, _whole=self)
            still._days[day] = self._days[day]
        return self._days[day]

    @cached_property
    def _days(self) -> dict[pd.Timestamp | None, Network]:
        return {}

    def _open_on(self, day: pd.Timestamp | None) -> Network:
        """Give this whole network without organizations that had closed by a day."""
        if day not in self._opened:  # every verb asks for the same day
            table = self._tables["organizations"]
            over = has_closed(table, day)
            self._opened[day] = self._without(table.loc[over, "id"]) if over.any() else self
        return self._opened[day]

    def _without(self, closed: pd.Series) -> Network:
        kept = set(self._tables["organizations"]["id"]) - set(closed)
        tables = {name: keep_among(name, frame, kept) for name, frame in self._tables.items()}
        return replace(self, _tables=tables)

    @cached_property
    def _opened(self) -> dict[pd.Timestamp | None, Network]:
        return {}

    @cached_property
    def _facts(self) -> dict[Hashable, Any]:
        """What functions marked ``@fact`` worked out: see :mod:`partnet.core.memory`."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """What is on file; nothing that was worked out from it."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        return {**kept, "_tables": dict(self._tables)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in {**state, "_tables": MappingProxyType(state["_tables"])}.items():
            object.__setattr__(self, name, value)

    @checked
    def in_units(self, units: Units) -> Network:
        """Give the network with distances said and shown in these units.

        Parameters
        ----------
        units : {"miles", "km"}
            What people read. Tables of results hold kilometers all the same.

        Raises
        ------
        UsageError
            The units are none of these.
        """
        if self._whole is not None:
            return self._whole.in_units(units)._stand_on(self.day)
        about = write_units(self._tables["about"], units)
        return replace(self, _tables={**self._tables, "about": about})

    @checked
    def subnetwork(self, organizations: Iterable[str]) -> Network:
        """Give the network of some organizations; the scale of combined strengths is kept.

        Parameters
        ----------
        organizations : iterable of str
            Ids or unique names.
        """
        if self._whole is not None:
            return self._whole.subnetwork(organizations)._stand_on(self.day)
        kept = {self.find(organization) for organization in organizations}
        tables = {name: keep_among(name, frame, kept) for name, frame in self._tables.items()}
        return replace(self, _tables=tables)

    @checked
    def with_tables(self, tables: Mapping[str, pd.DataFrame]) -> Network:
        """Give the network with other tables in place of its own, by name.

        Parameters
        ----------
        tables : mapping of str to DataFrame
            Tables with the columns of the network's own; all other tables stay.
        """
        if self._whole is not None:
            return self.whole.with_tables(tables)._stand_on(self.day)
        # A relation that nobody named before counts from now on.
        named = set(tables["ties"]["relation"]) if "ties" in tables else set()
        scale = tuple(sorted({*self.scale, *named}))
        return replace(self, _tables={**self._tables, **tables}, scale=scale)

    @checked
    def for_audience(
        self,
        audience: Audience,
        organization: str | None = None,
        *,
        least_cell: int = LEAST_CELL,
    ) -> Network:
        """Give the network as others may see it; whatever is computed from it shows no more.

        Parameters
        ----------
        audience : {"internal", "partner", "public"}
            *internal*: everything. *partner*: nobody else's ratings, reporters, answers, contact
            history, attendance or profile. *public*: none of these at all, no person, free text,
            EIN, small count or "what breaks". What was once left out does not come back.
        organization : str, optional
            The partner it is made for, by id or unique name: it sees its own rows.
        least_cell : int, default 5
            Counts of persons from 1 to below this are left out for the public.

        Raises
        ------
        UsageError
            The audience is none of these, or `organization` is not in the network.
        """
        check_audience(audience, organization)
        check_count("least_cell", least_cell)
        if audience == "internal":  # what was left out before stays out, for the same reader
            return self
        shown = max(audience, self.audience, key=AUDIENCES.index)
        if self._whole is not None:
            hidden = self._whole.for_audience(audience, organization, least_cell=least_cell)
            return hidden._stand_on(self.day)
        reader = self.find(organization) if organization is not None and shown == audience else ""
        tables = hide_from(
            self._tables, shown, reader, vocabulary=self.vocabulary, least_cell=least_cell
        )
        return replace(
            self,
            _tables=tables,
            vocabulary=hide_words(self.vocabulary),
            problems=(),
            shared_scores=self._share(reader, shown),
        )

    def _share(self, reader: str, audience: str) -> tuple[SharedScore, ...]:
        """Scores for a partner, made where all ratings are at hand; fewer for one who sees less."""
        if audience == "public":
            return ()
        if self.audience == "internal":
            return share_scores(self._tables["ratings"], reader)
        return tuple(told for told in self.shared_scores if told.organization in ("", reader))

    def to_networkx(self) -> Any:
        """Give the ties as a networkx ``MultiDiGraph``: one edge a tie, keyed by relation."""
        return to_networkx(self._ordered("organizations"), self._ties)

    def to_pandas(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give organizations (indexed by id) and all ties as two DataFrames.

        Returns
        -------
        nodes, ties : DataFrame
            Ties have ``source`` and ``target`` (ids), ``relation``, ``strength`` in (0, 1] and the
            other columns of :attr:`ties`.

        Examples
        --------
        >>> import partnet as pn
        >>> nodes, ties = pn.load_sample("prairie").to_pandas()
        >>> set(ties["source"]) <= set(nodes.index)
        True
        """
        return to_pandas(self._ordered("organizations"), self._ties)

    def to_igraph(self) -> Any:
        """Give the ties as an igraph ``Graph``: one edge a tie, vertices named by id.

        It is directed if any tie has a direction (edge attribute ``directed`` tells which);
        ``weight`` is the strength, 1 where none was given. ``label`` is the organization's name.

        Raises
        ------
        UsageError
            igraph is not installed (pip install python-igraph).
        """
        ties = self._ties
        relations = self.vocabulary.relations
        directed = [
            said == "yes" if said else relation in relations and relations[relation].directed
            for said, relation in zip(ties["directed"], ties["relation"], strict=True)
        ]
        return to_igraph(self._ordered("organizations"), ties, directed)

    def to_geopandas(self) -> Any:
        """Give the organizations as a geopandas ``GeoDataFrame`` of points (WGS 84).

        Those without latitude and longitude on file have no geometry.

        Raises
        ------
        UsageError
            geopandas is not installed (pip install geopandas).
        """
        return to_geopandas(self._ordered("organizations"))

    @classmethod
    @checked
    def from_networkx(
        cls,
        graph: Any,
        *,
        kind: str = "other",
        relation: str = "collaboration",
        scale: float | None = None,
    ) -> Network:
        """Make a network from a networkx graph.

        Words, codes, dates and numbers are read as in any table; what is wrong with them stands in
        ``problems``.

        Parameters
        ----------
        graph : networkx graph
            Node attributes: ``name`` (or ``label``), ``kind`` (or ``type``) and any other column of
            the organizations table. Edge attributes: ``relation``, ``strength`` or ``weight``, and
            any other column of the ties table.
        kind, relation : str
            Used where a node or edge says nothing (default: other, collaboration).
        scale : float, optional
            The largest weight that is possible; default: the largest one there, if it is above 1.

        Examples
        --------
        >>> import networkx as nx
        >>> graph = nx.Graph()
        >>> graph.add_edge("Cedar Clinic", "Knox Hospital", relation="MOU", weight=3)
        >>> net = Network.from_networkx(graph, scale=4)
        >>> net.ties[["relation", "strength"]].values.tolist()
        [['agreement', 0.75]]
        """
        made: Network = from_networkx(graph, kind=kind, relation=relation, scale=scale)
        return made

    # -- how it looks ----------------------------------------------------------------------------

    def summary(self) -> str:
        """Say in a sentence or two what is in the network, with problems counted."""
        return say_network(self)

    def __repr__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        return show_network(self)

    def __eq__(self, other: object) -> bool:
        """Two networks are equal if all tables are, whatever file each row came from."""
        if not isinstance(other, Network):
            return NotImplemented
        return all(
            _without_provenance(frame).equals(_without_provenance(other._tables[name]))
            for name, frame in self._tables.items()
        )

    __hash__ = None  # type: ignore[assignment]

    # -- look-up ---------------------------------------------------------------------------------

    @cached_property
    def _about(self) -> dict[str, str]:
        about = self._tables["about"]
        return dict(zip(about["setting"].str.lower(), about["value"], strict=True))

    def _explain_unknown(self, organization: str, argument: str) -> str:
        named = self.index.list_named(organization)
        if named:
            return (
                f"{argument}: found the name {organization!r} on {len(named):,} rows. An "
                f"organization is named by id or unique name. Use one of {', '.join(named)}."
            )
        if said := self._explain_closed(organization, argument):
            return said
        near = self.index.suggest(organization, 3)
        hint = f" Did you mean {', or '.join(near)}?" if near else ""
        return (
            f"{argument}: found {organization!r}, which is not in this network. An organization "
            f"is named by id or unique name.{hint}"
        )

    def _explain_closed(self, organization: str, argument: str) -> str:
        """Say that an organization had closed by the day; "" where it had not."""
        id_ = self._whole.index.find(organization) if self._whole is not None else ""
        if id_ not in self.closed.index:
            return ""
        closed_on = self.closed.at[id_, "closed_on"]
        since = "" if pd.isna(closed_on) else f" in {closed_on:%B %Y}"
        return (
            f"{argument}: found {organization!r}, which closed{since} and is not counted. An "
            "organization that is still there is expected. Name another, or ask about an earlier "
            "day."
        )


def _without_provenance(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=PROVENANCE, errors="ignore").reset_index(drop=True)


@cache
def _declared(name: str) -> tuple[str, ...]:
    return (*TABLES[name].names, PROVENANCE)
