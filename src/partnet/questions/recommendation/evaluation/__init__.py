"""How sure that is: back-tests and the steadiness of suggestions."""
