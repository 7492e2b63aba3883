"""What would happen if some left, money ended, or introductions succeeded."""
