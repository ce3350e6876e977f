"""Every plan of a small problem, tried. Slow, and too simple to be wrong."""

from functools import cache

from jobs.matching.eligibility import barriers
from jobs.matching.explanation import clash
from jobs.matching.scoring import score


def best_plan(problem):
    """(most slots filled, best score among those), and the best score of any plan; pins stay in all of them."""
    pins = set(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
    slots = list(problem.roles.headcount)
    for _, role in pins:
        slots[role] -= 1
    free = [
        [
            (role, score(problem, person, role))
            for role in range(problem.n_roles)
            if (person, role) not in pins and not barriers(problem, person, role)
        ]
        for person in range(problem.n_people)
    ]

    def schedules(pairs):
        if not pairs:
            yield (), 0
            return
        (role, points), rest = pairs[0], pairs[1:]
        for roles, worth in schedules(rest):
            yield roles, worth
            if not any(clash(problem, role, other) for other in roles):
                yield (role, *roles), worth + points

    options = [list(schedules(pairs)) for pairs in free]

    @cache
    def plans(person, left):
        """All (filled, score) worth keeping for the people from `person` on: the fullest and the best."""
        if person == problem.n_people:
            return (0, 0), 0
        fullest, best = (-1, -1), -1
        for roles, worth in options[person]:
            after = list(left)
            for role in roles:
                after[role] -= 1
            if min(after, default=0) < 0:
                continue
            (filled, points), most = plans(person + 1, tuple(after))
            fullest = max(fullest, (filled + len(roles), points + worth))
            best = max(best, most + worth)
        return fullest, best

    (filled, points), best = plans(0, tuple(int(s) for s in slots))
    kept = sum(score(problem, *pin) for pin in pins)
    return (filled + len(pins), points + kept), best + kept
