"""Coal: forms taken in, use and balances by area, and the verdicts made of them."""
