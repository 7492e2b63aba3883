"""The stock-taking profile of one organization: what is on file, and what is left to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from ...core.network import Network
from ...core.schema import TABLES
from ...core.wording.text import join_words, say_date, say_dollars
from ...facts.answers import get_answers, split_answer
from ...facts.geography.locations import counties_served
from ...facts.money.awards import list_awards
from ...places.gazetteer import county_name
from ..session.duties import list_duties
from ..session.grantees import say_offer
from .shown import PROFILE

WHOM, WHAT, WHY, SUCCESS = "Whom it serves", "What it does", "Why", "How it measures success"
_QUESTION = {column.name: column.note for column in TABLES["profiles"].columns}
NAMED = 8  # entries of a list named in one cell


@dataclass(frozen=True)
class Stock:
    """What the tables say of one organization, topic by topic.

    Attributes
    ----------
    here : Network
        The network on the day.
    id : str
        The organization.
    """

    here: Network
    id: str

    @cached_property
    def answers(self) -> pd.Series:
        """Its own answers."""
        return get_answers(self.here).loc[self.id]

    @cached_property
    def counties(self) -> list[str]:
        """Codes of the counties it serves; its own where no service area is on file."""
        served = counties_served(self.here)
        return sorted(served.loc[served["organization"] == self.id, "county"])

    @cached_property
    def services(self) -> pd.DataFrame:
        """Its rows of the services table."""
        services = self.here.rows("services")
        return services[services["organization"] == self.id]

    @cached_property
    def offers(self) -> list[tuple[str, str]]:
        """Services with the people they are for, in lower case."""
        pairs = zip(self.services["service"], self.services["population"], strict=True)
        return sorted({(service.casefold(), people.casefold()) for service, people in pairs})

    @cached_property
    def populations(self) -> list[str]:
        """The people it serves, by its services and by its own account, in lower case."""
        told = split_answer(self.answers["populations"])
        served = [people for _, people in self.offers if people]
        return sorted({text.casefold() for text in [*told, *served]})

    @cached_property
    def awards(self) -> pd.DataFrame:
        """Its awards that run, the first to end first; ``dollars`` are those it keeps."""
        awards = list_awards(self.here)
        own = awards[awards["recipient"] == self.id]
        return own.sort_values(["period_end", "program"], kind="stable")

    @cached_property
    def groups(self) -> list[str]:
        """Groups that it is a member of."""
        rows = self.here.rows("memberships")
        return sorted(set(rows.loc[rows["organization"] == self.id, "group"]))

    @cached_property
    def duties(self) -> pd.DataFrame:
        """Its duties by law and by programs."""
        return list_duties(self.here, [self.id])

    @property
    def name(self) -> str:
        """Its name."""
        return self.here.name(self.id)

    @cached_property
    def measures(self) -> list[str]:
        """How it says it measures success."""
        return split_answer(self.answers["success_measures"])

    def name_funder(self, funder: str) -> str:
        """Give the name of a funder, whether it is an organization of the network or a text."""
        return self.here.name(funder) if funder in self.here.ids else funder


Topic = tuple[str, str, Callable[[Stock], str], str, str]


def _answer(column: str) -> Callable[[Stock], str]:
    return lambda stock: "; ".join(split_answer(str(stock.answers[column])))


def _say_counties(stock: Stock) -> str:
    return join_words([county_name(code) or code for code in stock.counties], most=NAMED)


def _say_services(stock: Stock) -> str:
    return join_words([say_offer(offer) for offer in stock.offers], most=NAMED)


def _say_duties(stock: Stock) -> str:
    return join_words(list(dict.fromkeys(stock.duties["topic"])), most=NAMED)


def _say_funding(stock: Stock) -> str:
    parts = [
        f"{say_dollars(award.amount)} {award.program}"
        + (f" from {stock.name_funder(award.funder)}" if award.funder else "")
        + (f" ({say_dollars(award.passed_on)} passed on)" if award.passed_on >= 1 else "")
        for award in stock.awards.itertuples()
    ]
    return join_words(parts, most=4)


def _say_cycles(stock: Stock) -> str:
    ends = stock.awards[stock.awards["period_end"].notna()]
    parts = [f"{award.program} to {say_date(award.period_end)}" for award in ends.itertuples()]
    return join_words(parts, most=4)


def _say_assessment(stock: Stock) -> str:
    year = stock.answers["assessment_year"]
    return "" if year != year else f"next needs assessment in {year:.0f}"


def _ask(column: str) -> str:
    return f"{_QUESTION[column].split('?')[0]}?"  # what follows is about how to fill in the cell


TOPICS: tuple[Topic, ...] = (
    (WHOM, "geography", _say_counties, "service areas", "Which counties do you serve?"),
    (WHOM, "people and age groups", lambda stock: join_words(stock.populations, most=NAMED),
     "services, profiles", _ask("populations")),
    (WHOM, "socio-economics", _answer("income"), "profiles", _ask("income")),
    (WHOM, "health status", _answer("health_status"), "profiles", _ask("health_status")),
    (WHOM, "payers", _answer("payers"), "profiles", _ask("payers")),
    (WHAT, "services", _say_services, "services", "Which services do you offer, and for whom?"),
    (WHAT, "model", _answer("service_model"), "profiles", _ask("service_model")),
    (WHAT, "legal duties", _say_duties, "kind and programs",
     "Which duties by law or grant shape your work with others?"),
    (WHAT, "funding sources", _say_funding, "funding", "Which grants and contracts pay for it?"),
    (WHAT, "funding cycles", _say_cycles, "funding", "When does each of them end or renew?"),
    (WHAT, "groups", lambda stock: join_words(stock.groups, most=NAMED), "memberships",
     "In which coalitions, networks and meetings do you take part?"),
    (WHY, "mission", _answer("mission"), "profiles", _ask("mission")),
    (WHY, "viability", _answer("viability"), "profiles", _ask("viability")),
    (WHY, "strategy", _answer("strategy"), "profiles", _ask("strategy")),
    (WHY, "plan", _answer("plan"), "profiles", _ask("plan")),
    (WHY, "assessment cycle", _say_assessment, "profiles", _ask("assessment_year")),
    (SUCCESS, "measures of success", lambda stock: join_words(stock.measures, most=NAMED),
     "profiles", _ask("success_measures")),
)  # fmt: skip


def take_stock(here: Network, organization: str) -> pd.DataFrame:
    """Give the stock-taking profile of one organization; a blank becomes a question.

    Parameters
    ----------
    here : Network
        The network on the day.
    organization : str
        Its id.

    Returns
    -------
    DataFrame
        ``section`` (whom it serves, what it does, why, how it measures success), ``topic``,
        ``on_file`` (words; "" where nothing is), ``source`` (table), ``question`` (what to ask; ""
        where something is on file).
    """
    return pd.DataFrame(_list_rows(Stock(here, organization)), columns=PROFILE.names)


def _list_rows(stock: Stock) -> Iterator[tuple[str, ...]]:
    for section, topic, say, source, question in TOPICS:
        said = say(stock)
        yield topic, said, section, source if said else "", "" if said else question
