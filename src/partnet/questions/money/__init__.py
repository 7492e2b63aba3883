"""Whose money it is, what of it ends soon, and which programs others like you hold."""
