"""The core of a clearing: pairs, scores, days and prices, in compiled loops. It knows no rule and no id."""
