"""How good and how fast the matching is, beside other methods on the same instance in the same run: `make bench`."""
