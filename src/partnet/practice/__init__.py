"""The meetings: sessions, seats, profiles, alignment, visits, whom to expect and ask along."""

from .alignment import align_organizations
from .convenings import describe_convenings
from .introductions import find_introductions
from .organization import describe_organization
from .outcomes import check_outcomes
from .peers import find_peer_states
from .profile import profile_partnerships
from .roster import list_expected_partners
from .session import prepare_session
from .visits import plan_visits

__all__ = [
    "align_organizations",
    "check_outcomes",
    "describe_convenings",
    "describe_organization",
    "find_introductions",
    "find_peer_states",
    "list_expected_partners",
    "plan_visits",
    "prepare_session",
    "profile_partnerships",
]
