"""What the meetings of the practice need: whom to visit, whom to expect, whom to ask along."""

from .visits import plan_visits

__all__ = ["plan_visits"]
