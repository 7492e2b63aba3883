"""The one-page brief of one organization: its profile, partners, gaps and next partners."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ...core.network import Network
from ...core.results import Method, Result
from ...core.text import count_noun, join_words, say_date, say_dollars
from ...facts.collaboration import build_layer
from ..alignment.stocktaking import Stock, take_stock
from ..gaps.found import tabulate_open
from ..outcomes.question import check_outcomes
from ..recommendation.partners import recommend_partners

PARTNERS = 3  # recommendations on the page
PRESSING = 3  # gaps named


def describe_organization(
    net: Network, organization: str, *, as_of: str | pd.Timestamp | None = None
) -> Result:
    """Describe one organization: whom it serves, what it does, why, with whom, and what is missing.

    The stock-taking profile of the cross-sector guide: geography, socio-economics, demography,
    health status and payers; model, services, legal duties, funding sources and cycles; mission,
    viability and strategy; measures of success. What is not on file is listed as a question to
    ask. Beside it: partners, open gaps, whom to approach next, and outcomes that it owns.

    Parameters
    ----------
    net : Network
        The network.
    organization : str
        Id or unique name.
    as_of : str or Timestamp, optional
        The day to judge on; default: the newest date in the tables.

    Returns
    -------
    Result
        ``.table``: the profile (``section``, ``topic``, ``on_file``, ``source``, ``question``).
        ``.tables``: ``partners``, ``gaps``, ``recommendations``, ``duties`` (with citations),
        ``outcomes``.

    Raises
    ------
    UsageError
        The organization is not in the network.
    """
    id_ = net.find(organization)
    day = net.newest_date if as_of is None else pd.Timestamp(as_of)
    held = net if day is None else net.at(day)
    table = take_stock(held, id_)
    gaps = tabulate_open(net.at(day))
    own = gaps[(gaps["organization"] == id_) | (gaps["other"] == id_)].reset_index(drop=True)
    found = check_outcomes(net, as_of=day).table
    tables = {
        "partners": list_partners(net, held, id_, day),
        "gaps": own,
        "recommendations": recommend_partners(net, id_, n=PARTNERS, as_of=day).table,
        "duties": Stock(held, id_).duties.assign(asks_for=_name_kinds(net, held, id_)),
        "outcomes": found[(found["owner"] == id_) | (found["other"] == id_)].reset_index(drop=True),
    }
    return Result(
        verb="describe_organization",
        title=net.name(id_),
        table=table,
        sentences=tuple(_say(Stock(held, id_), table, tables)),
        method=_method(net, day),
        tables=tables,
    )


def _name_kinds(net: Network, held: Network, organization: str) -> list[str]:
    """Labels of the kinds that each duty of an organization wants at the table."""
    labels = {id_: kind.label for id_, kind in net.vocabulary.kinds.items()} | {"any": "partners"}
    asked = Stock(held, organization).duties["asks_for"]
    return [join_words([labels[kind] for kind in kinds]) for kinds in asked]


def list_partners(
    net: Network, held: Network, organization: str, day: pd.Timestamp | None
) -> pd.DataFrame:
    """List the working partners of one organization, the strongest tie first.

    Returns
    -------
    DataFrame
        ``partner`` (id), ``name``, ``relations``, ``strength`` (combined, 0 to 1),
        ``last_contact``, ``level`` (the highest at which the two meet, "" where not on file).
    """
    layer = build_layer(net, as_of=day)
    at = int(net.positions([organization])[0])
    row = layer.matrix[[at]].tocoo()
    strength = dict(zip(net.ids[row.coords[1]], row.data, strict=True))
    ties = held.ties
    ties = ties[ties["relation"].isin(layer.relations)]
    out = ties[ties["source"] == organization].assign(partner=lambda rows: rows["target"])
    back = ties[ties["target"] == organization].assign(partner=lambda rows: rows["source"])
    labels = {id_: relation.label for id_, relation in net.vocabulary.relations.items()}
    rank = {"": -1, "staff": 0, "manager": 1, "executive": 2}
    rows = []
    for partner, both in pd.concat([out, back]).groupby("partner", sort=True):
        level = max(both["level"], key=lambda text: rank[text])
        named = join_words(sorted({labels[r] for r in both["relation"]}))
        contact = both["last_contact"].max()
        rows.append((partner, net.name(partner), named, strength.get(partner, 0.0), contact, level))
    columns = ["partner", "name", "relations", "strength", "last_contact", "level"]
    table = pd.DataFrame(rows, columns=columns)
    table["last_contact"] = pd.to_datetime(table["last_contact"]).astype("datetime64[s]")
    table["strength"] = table["strength"].astype("float64").round(9)
    order = ["strength", "partner"]
    return table.sort_values(order, ascending=[False, True], ignore_index=True)


def _say(stock: Stock, profile: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> Iterator[str]:
    yield _say_who(stock, profile)
    yield _say_partners(stock, tables["partners"])
    yield from _say_gaps(tables["gaps"])
    yield from _say_next(tables["recommendations"])
    yield from _say_outcomes(tables["outcomes"])
    blank = profile[profile["question"] != ""]
    if len(blank):
        verb = "is" if len(blank) == 1 else "are"
        yield (
            f"{count_noun(len(blank), 'topic')} of its profile {verb} not on file and left to ask: "
            f"{join_words(blank['topic'].tolist(), most=5)}."
        )


def _say_who(stock: Stock, profile: pd.DataFrame) -> str:
    kind = stock.net.vocabulary.kinds[stock.net.organizations.at[stock.id, "kind"]].label
    said = dict(zip(profile["topic"], profile["on_file"], strict=True))
    article = "an" if kind[0].lower() in "aeiou" else "a"
    parts = [f"{stock.net.name(stock.id)} is {article} {kind}"]
    if said["geography"]:
        parts.append(f"serving {said['geography']}")
    dollars = stock.awards["amount"].sum()
    money = f", with {say_dollars(dollars)} in awards on file" if dollars else ""
    return f"{' '.join(parts)}{money}."


def _say_partners(stock: Stock, partners: pd.DataFrame) -> str:
    if partners.empty:
        return "No working tie of it is on file."
    names = partners["name"].tolist()
    n = count_noun(len(names), "organization")
    seen = partners["last_contact"].max()
    last = "" if pd.isna(seen) else f" (last contact on file on {say_date(seen)})"
    return f"It works with {n} on file, most closely with {join_words(names[:3])}{last}."


def _say_gaps(gaps: pd.DataFrame) -> Iterator[str]:
    if gaps.empty:
        yield "No gap that concerns it was found in what is on file."
        return
    first = gaps.head(PRESSING)
    steps = list(dict.fromkeys(step for step in first["next_step"] if step))
    yield f"{count_noun(len(gaps), 'gap concerns', 'gaps concern')} it. First: {' '.join(steps)}"


def _say_next(recommendations: pd.DataFrame) -> Iterator[str]:
    if len(recommendations):
        row = recommendations.iloc[0]
        through = f"; {row.introducer} could introduce them" if row.introducer else ""
        why = f"{row.reason[:1].lower()}{row.reason[1:]}".rstrip(".")
        yield f"Approach next: {row.partner_name} ({why}){through}."


def _say_outcomes(outcomes: pd.DataFrame) -> Iterator[str]:
    late = outcomes[outcomes["state"] == "overdue"]
    if len(late):
        yield f"Overdue from an earlier session: {join_words(late['outcome'].tolist(), most=3)}."


def _method(net: Network, day: pd.Timestamp | None) -> Method:
    return Method(
        name="Stock-taking profile: what is on file of one organization, blanks as questions.",
        formula=(
            "Answers from the profiles table, else from columns of organizations; services, "
            "counties, money, groups and ties from their tables; legal duties by kind and program."
        ),
        settings={"network": net.title, "as of": "no dates" if day is None else str(day.date())},
        notes=("Duties are a summary for a meeting, not legal advice.",),
    )
