"""Who may and how well, for all pairs of a market, in compiled loops over lists by role type and hub.

`eligibility` and `scoring` say the same, rule by rule and readable; a test compares the two pair by pair.
People are packed once (`packing`), listed by what they look for and where (`postings`), and each role reads its
list from the best base score down until nobody further can matter (`search`). `index.Index` is the object to
keep; `pairs` makes the candidates of a clearing.
"""
