"""The meetings: sessions, seats, outcomes, profiles of partnerships, alignment."""

from .alignment import align_organizations
from .organization import describe_organization
from .outcomes import check_outcomes
from .profile import profile_partnerships
from .session import prepare_session

__all__ = [
    "align_organizations",
    "check_outcomes",
    "describe_organization",
    "prepare_session",
    "profile_partnerships",
]
