"""Exit codes: 0 is fine, or notes only."""

EXIT_INPUT = 1  # rows were set aside, or the input is unusable
EXIT_USAGE = 2
EXIT_THRESHOLD = 3  # a threshold of the configuration was crossed
EXIT_INTERNAL = 70
EXIT_INTERRUPTED = 130
