"""What all files of a store say together: organizations of the nation, their features and ties.

These tables are worked out once, kept in the store, and worked out anew when files were added or
organizations were linked. Organizations are numbered in the order of their ids, so that "ties to
the lower id" means the same on every engine.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..core.errors import UsageError
from ..public.readers.catalog import NAMES
from .layout import WITHOUT
from .loading import read_ledger
from .shelves.shelf import Shelf

if TYPE_CHECKING:
    import ibis.expr.types as ir

FAMILIES = ("services", "funding", "populations", "places", "groups")
CELLS = (
    *("name", "kind", "state", "county_fips", "zip", "latitude", "longitude"),
    *("ccn", "npi", "ein", "uei", "hrsa_grant", "city", "address"),
)
BETWEEN_FILES = 1 << 40  # positions of rows of one file stay below this


class Nation:
    """The derived tables of a store, made when first asked for."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._is_current = False

    def table(self, name: str) -> ir.Table:
        """Give a derived table, as an expression."""
        self.prepare()
        return self.shelf.table(name)

    def prepare(self) -> None:
        """Make the derived tables, if they are not there or are of other files.

        Raises
        ------
        UsageError
            The store holds no organizations.
        """
        if self._is_current:
            return
        self.sources()  # says so where there are none
        if self._read_state() != self._say_state():
            with self.shelf.alone():
                state = self._say_state()
                if self._read_state() != state:  # else another process was at it
                    self._make()
                    self.shelf.save("nation_state", _one_row(state))
        self._is_current = True

    def forget(self) -> None:
        """Have the tables looked at anew: files were added, or organizations linked."""
        self._is_current = False

    def _say_state(self) -> str:
        numbers = read_ledger(self.shelf)["file_no"].tolist()
        linked: list[int] = []
        mark = ""
        if "linked_files" in self.shelf.names():
            told = self.shelf.table("linked_files").order_by("file_no").to_pandas()
            linked, mark = told["file_no"].tolist(), "".join(told["mark"].head(1))
        return json.dumps([numbers, linked, mark])

    def _read_state(self) -> str:
        if "nation_state" not in self.shelf.names():
            return ""
        return str(self.shelf.table("nation_state").state.to_pyarrow()[0].as_py())

    @property
    def is_linked(self) -> bool:
        """Whether organizations of all files have been linked by names and identifiers."""
        state = json.loads(self._say_state())
        return bool(state[0]) and state[0] == state[1]

    # -- rows as read ----------------------------------------------------------------------------

    def rows(self, name: str) -> ir.Table | None:
        """Rows of a table that count when all States are read together; none: no such table."""
        if name not in self.shelf.names():
            return None
        rows = self.shelf.table(name)
        if not self.shelf.whole:
            rows = rows.semi_join(self.shelf.table("files").select("file_no"), "file_no")
        return rows.filter(~rows.row_state.contains(WITHOUT))

    def placed_rows(self, name: str) -> ir.Table | None:
        """The same with ``position``: files in order of trust, then rows as they came."""
        rows = self.rows(name)
        if rows is None:
            return None
        import ibis
        import pyarrow as pa

        ledger = read_ledger(self.shelf)
        order = {reader: k for k, reader in enumerate(NAMES)}
        ranked = sorted(
            zip(ledger["reader"], ledger["file_no"], strict=True),
            key=lambda file: (order[file[0]], file[1]),
        )
        ranks = {"file_no": [int(n) for _, n in ranked], "rank": list(range(len(ranked)))}
        joined = rows.join(ibis.memtable(pa.table(ranks)), "file_no")
        return joined.mutate(position=joined["rank"] * BETWEEN_FILES + joined.seq)

    def sources(self) -> ir.Table:
        """One row for each id of the files, with the first that is said of each cell.

        Raises
        ------
        UsageError
            The store holds no organizations.
        """
        rows = self.placed_rows("organizations")
        if rows is None:
            raise UsageError(
                f"{self.shelf.title}: found no organizations. A store is made by adding public "
                "files to it: partnet store build FILES."
            )
        return rows.group_by("id").aggregate(position=rows.position.min(), **_first_cells(rows))

    # -- derived tables --------------------------------------------------------------------------

    def _make(self) -> None:
        save = self.shelf.save
        save("nation_members", self._list_members())
        save("nation_organizations", self._list_organizations())
        entries = save("nation_named_entries", self._list_entries())
        features = entries.select("family", "plain", "feature").distinct()
        order = ["family", "plain", "feature"]
        save("nation_features", features.mutate(code=_number(order)))
        named = self.shelf.table("nation_features")
        save(
            "nation_entries",
            entries.join(named, order).select("organization", "family", "plain", feature="code"),
        )
        self.shelf.drop("nation_named_entries")
        save("nation_ties", self._list_ties())

    def _list_members(self) -> ir.Table:
        """Which organization of the nation each id of the files is."""
        sources = self.sources().select("id", "position")
        if "links" not in self.shelf.names():
            return sources.mutate(organization=sources.id)
        links = self.shelf.table("links")
        joined = sources.left_join(links, [("id", "source")])
        return joined.select(
            "id", "position", organization=joined.organization.fill_null(joined.id)
        )

    def _list_organizations(self) -> ir.Table:
        """Organizations of the nation, numbered in the order of their ids."""
        members = self.shelf.table("nation_members")
        rows = self.placed_rows("organizations")
        assert rows is not None
        positions = rows.select("id", "position", *CELLS).join(
            members.select("id", "organization"), "id"
        )
        merged = positions.group_by("organization").aggregate(**_first_cells(positions))
        merged = self._place(merged.rename(id="organization"))
        return merged.mutate(code=_number(["id"]))

    def _place(self, organizations: ir.Table) -> ir.Table:
        """Take counties from where linking has placed organizations, where files say none."""
        if "linked_places" not in self.shelf.names():
            return organizations
        places = self.shelf.table("linked_places")
        joined = organizations.left_join(places, "id")
        kept = {name: joined[name] for name in organizations.columns if name != "county_fips"}
        stated = joined.county_fips.nullif("")
        return joined.select(**kept, county_fips=stated.fill_null(joined.placed_in).fill_null(""))

    def coded(self, rows: ir.Table, column: str) -> ir.Table:
        """Rows whose `column` names an organization, with its number as ``organization``."""
        members = self.shelf.table("nation_members").select("id", member="organization")
        numbered = self.shelf.table("nation_organizations").select(member="id", number="code")
        known = members.join(numbered, "member").select("id", "number")
        renamed = rows.rename(counted=column)
        return renamed.join(known, [("counted", "id")])

    def _list_entries(self) -> ir.Table:
        """Every feature of every organization once: family, plain or nested, number."""
        parts = [part for part in self._make_entries() if part is not None]
        united = parts[0]
        for part in parts[1:]:
            united = united.union(part)
        return united.filter(united.feature != "").distinct()

    def _make_entries(self) -> list[Any]:
        import ibis

        home = self.shelf.table("nation_organizations")
        found: list[Any] = [_entries("places", home.code, home.county_fips, home)]
        services, funding = self.rows("services"), self.rows("funding")
        if services is not None:
            rows = self.coded(services, "organization")
            inside = rows.filter(rows.county_fips != "")
            whom = rows.filter(rows.population != "")
            found += [
                _entries("services", rows.number, rows.service, rows),
                _entries("places", inside.number, inside.county_fips, inside),
                _entries("populations", whom.number, whom.population, whom),
                _entries(
                    "services",
                    inside.number,
                    inside.service.concat(" in county ", inside.county_fips),
                    inside,
                    plain=False,
                ),
                _entries(
                    "services",
                    whom.number,
                    whom.service.concat(" for ", whom.population),
                    whom,
                    plain=False,
                ),
            ]
        if funding is not None:
            rows = self.coded(funding, "recipient")
            paid = rows.filter(rows.funder != "")
            money = ibis.literal("money from ").concat(paid.funder)
            found += [
                _entries("funding", rows.number, rows.program, rows),
                _entries("funding", paid.number, money, paid, plain=False),
            ]
        memberships = self.rows("memberships")
        if memberships is not None:
            rows = self.coded(memberships, "organization")
            found.append(_entries("groups", rows.number, rows.group, rows))
        return found

    def _list_ties(self) -> ir.Table:
        """Pairs of organizations that the files tie: money, membership, ownership; each once."""
        import ibis

        ends = {"funding": ("funder", "recipient"), "memberships": ("organization", "group"),
                "affiliations": ("organization", "parent")}  # fmt: skip
        parts = []
        for name, (source, target) in ends.items():
            rows = self.rows(name)
            if rows is None:
                continue
            pairs = rows.select(source=source, target=target).distinct()
            known = self.coded(pairs, "source").select("target", a="number")
            both = self.coded(known, "target").select("a", b="number")
            parts.append(both.filter(both.a != both.b))
        home = self.shelf.table("nation_organizations")
        if not parts:
            return home.select(a="code", b="code").limit(0)
        united = parts[0]
        for part in parts[1:]:
            united = united.union(part)
        low, high = ibis.least(united.a, united.b), ibis.greatest(united.a, united.b)
        return united.select(a=low, b=high).distinct()


def _one_row(state: str) -> Any:
    import pyarrow as pa

    return pa.table({"state": [state]})


def _number(order: list[str]) -> Any:
    """Numbers from 0 in an order."""
    import ibis

    return ibis.row_number().over(order_by=order).cast("int64")


def _first_cells(rows: ir.Table) -> dict[str, Any]:
    """Of each cell the first that says anything; a kind that says something wins."""
    cells = {}
    for name in CELLS:
        says = rows[name].notin(["", "other"]) if name == "kind" else rows[name] != ""
        blank = "other" if name == "kind" else ""
        cells[name] = rows[name].argmin(rows.position, where=says).fill_null(blank)
    return cells


def _entries(
    family: str, organization: Any, feature: Any, rows: ir.Table, plain: bool = True
) -> Any:
    import ibis

    return rows.select(
        organization=organization.cast("int64"),
        family=ibis.literal(FAMILIES.index(family), "int64"),
        plain=ibis.literal(plain),
        feature=feature.lower(),
    )
