"""What ought to be there and is not: one module a family of gaps."""

from .finding import find_gaps
from .model import FAMILIES, Gap
from .top import say_gap

__all__ = ["FAMILIES", "Gap", "find_gaps", "say_gap"]
