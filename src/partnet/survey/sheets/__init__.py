"""The sheets of a questionnaire: who and what is listed, and how its cells look."""
