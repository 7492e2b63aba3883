"""The papers for a partnership session."""
