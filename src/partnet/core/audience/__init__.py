"""Who a network is shown to, and what of persons and small groups they must not see."""
