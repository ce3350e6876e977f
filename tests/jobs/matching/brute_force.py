"""Every plan of a small problem, tried. Slow, and too simple to be wrong."""

from functools import cache

from jobs.matching.eligibility import barriers
from jobs.matching.explanation import clash
from jobs.matching.scoring import score


def best_plan(problem):
    """(slots filled, urgency served, score) of the best plan in that order, and the best score of any plan.

    Pins stay in all plans. A slot serves one more than its lead over the least urgent role, in days.
    """
    pins = set(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
    slots = problem.roles.headcount.tolist()
    for _, role in pins:
        slots[role] -= 1
    free = [
        [
            (role, (1, served(problem, role), score(problem, person, role)))
            for role in range(problem.n_roles)
            if (person, role) not in pins and not barriers(problem, person, role)
        ]
        for person in range(problem.n_people)
    ]

    def schedules(pairs):
        if not pairs:
            yield (), (0, 0, 0)
            return
        (role, worth), rest = pairs[0], pairs[1:]
        for roles, value in schedules(rest):
            yield roles, value
            if not any(clash(problem, role, other) for other in roles):
                yield (role, *roles), plus(value, worth)

    options = [list(schedules(pairs)) for pairs in free]

    @cache
    def plans(person, left):
        """The best plan in order, and the best score, for the people from `person` on."""
        if person == problem.n_people:
            return (0, 0, 0), 0
        fullest, best = (-1, -1, -1), -1
        for roles, value in options[person]:
            after = list(left)
            for role in roles:
                after[role] -= 1
            if min(after, default=0) < 0:
                continue
            rest, most = plans(person + 1, tuple(after))
            fullest = max(fullest, plus(rest, value))
            best = max(best, most + value[2])
        return fullest, best

    fullest, best = plans(0, tuple(slots))
    for person, role in pins:
        points = score(problem, person, role)
        fullest, best = plus(fullest, (1, served(problem, role), points)), best + points
    return fullest, best


def best_as_full(problem, premiums, least):
    """The best score of the plans whose filled slots are worth `least` premiums or more."""
    pins = set(zip(problem.pin_person.tolist(), problem.pin_role.tolist(), strict=True))
    slots = problem.roles.headcount.tolist()
    for _, role in pins:
        slots[role] -= 1
    found = {(tuple(slots), 0): 0}  # (slots left, premiums) -> best score
    for person in range(problem.n_people):
        free = [
            o for o in range(problem.n_roles) if (person, o) not in pins and not barriers(problem, person, o)
        ]
        held = [[]]
        for role in free:
            held += [[*h, role] for h in held if not any(clash(problem, role, other) for other in h)]
        after = {}
        for (left, worth), points in found.items():
            for roles in held:
                rest = tuple(slots - (role in roles) for role, slots in enumerate(left))
                if min(rest, default=0) >= 0:
                    key = (rest, worth + sum(premiums[role] for role in roles))
                    total = points + sum(score(problem, person, role) for role in roles)
                    after[key] = max(after.get(key, 0), total)
        found = after
    kept = sum(premiums[role] for _, role in pins)
    points = sum(score(problem, person, role) for person, role in pins)
    return max(total for (_, worth), total in found.items() if worth + kept >= least) + points


def value_of(problem, solution):
    """The same triple for a solution."""
    return (
        len(solution.assignments),
        sum(served(problem, a.role) for a in solution.assignments),
        solution.objective,
    )


def served(problem, role):
    """How much a filled slot of `role` counts for urgency."""
    return int(problem.roles.urgency.max() + 1 - problem.roles.urgency[role])


def plus(a, b):
    return tuple(x + y for x, y in zip(a, b, strict=True))


def best_of_instance(made):
    """The best score of any plan of a small instance, its pins in it."""
    pins = list(zip(made.pin_person.tolist(), made.pin_role.tolist(), strict=True))
    listed = zip(made.pair_person.tolist(), made.pair_role.tolist(), made.pair_score.tolist(), strict=True)
    points = {(person, role): score for person, role, score in listed}
    left = made.role_headcount.tolist()
    held = [[role for who, role in pins if who == person] for person in range(made.n_people)]
    for _, role in pins:
        left[role] -= 1
    free = [pair for pair in points if pair not in pins]

    def best(at):
        if at == len(free):
            return 0
        person, role = free[at]
        most = best(at + 1)
        if left[role] and not any(made.clash(role, other) for other in held[person]):
            left[role] -= 1
            held[person].append(role)
            most = max(most, points[person, role] + best(at + 1))
            held[person].pop()
            left[role] += 1
        return most

    return best(0) + sum(points.get(pin, 0) for pin in pins)
