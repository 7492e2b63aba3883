"""One room a question: the verb, its sentences, its tables, and what only it needs."""
