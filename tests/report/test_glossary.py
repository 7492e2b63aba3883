"""The glossary explains the terms that a report uses, and no other."""

from __future__ import annotations

from partnet.report.glossary import TERMS, write_glossary
from partnet.report.model import ListBlock, Section, TableBlock


def explain(*sections: Section) -> list[str]:
    """Give the terms that the glossary of these sections explains."""
    (table,) = write_glossary(sections).blocks
    assert isinstance(table, TableBlock)
    return list(table.frame["term"])


def test_only_words_that_are_said_are_explained() -> None:
    section = Section("a", "Brokers", ("Two have high Constraint.",), (ListBlock("", ("QAP",)),))
    assert explain(section) == ["brokerage", "constraint", "permutation test"]


def test_nothing_said_nothing_explained() -> None:
    assert explain(Section("a", "Who is here", ("Three hospitals.",))) == []


def test_every_term_finds_itself() -> None:
    for term in TERMS:
        assert term.is_said(f"the {term.name} of two".casefold()), term.name
        assert not term.meaning.endswith("."), term.name


def test_terms_are_in_the_order_of_the_alphabet() -> None:
    names = [term.name.casefold() for term in TERMS]
    assert names == sorted(names)
    assert len(names) == len(set(names))
