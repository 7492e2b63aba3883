"""The one shape in which every verb answers, and how people see it."""
