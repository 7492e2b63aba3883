"""Asking organizations about their partners, and reading back what they answer."""
