"""Who may fill which roles: owner and manager all of a shoot, a department head those of her department."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet

from jobs.enums import Right
from jobs.models import Crew, Membership, Role, Shoot
from profiles.models import User

Who = User | AnonymousUser
RUNS_A_CREW = (Right.OWNER, Right.MANAGER)


def is_admin(user: Who) -> bool:
    return bool(user.is_authenticated and user.is_admin)


def _hand(user: Who, crew_id: int) -> tuple[str, int | None] | None:
    """Her right in a crew and, of a head, her department; None for who does not belong to it."""
    if not user.is_authenticated:
        return None
    rows = Membership.objects.filter(
        crew=crew_id, user=user
    ).order_by()  # there is one: not sorted by her crew's name
    return rows.values_list("right", "department_id").first()


def _fills(hand: tuple[str, int | None] | None, department_id: int) -> bool:
    return hand is not None and (hand[0] in RUNS_A_CREW or hand == (Right.HEAD, department_id))


def may_staff_department(user: Who, shoot: Shoot, department_id: int) -> bool:
    """Whether she may add, change and fill roles of a department: see `may_edit_role`."""
    return _fills(_hand(user, shoot.crew_id), department_id)


def may_edit_role(user: Who, role: Role) -> bool:
    """May change a role, and pin, strike, ask and write to people for it. Reads `role.shoot` and `role.role_type`."""
    return may_staff_department(user, role.shoot, role.role_type.department_id)


@dataclass(frozen=True)
class Rights:
    """What somebody may do about one role: read its matches (`reviewable_roles`), change it (`may_edit_role`), all of its
    shoot (`may_edit_shoot`), read pay (`may_see_rates`).
    """

    review: bool
    role: bool
    shoot: bool
    rates: bool


def rights_on(user: Who, role: Role) -> Rights:
    """The four answers out of one query. Reads `role.shoot` and `role.role_type`."""
    hand = _hand(user, role.shoot.crew_id)
    right, department = hand or (None, None)
    admin = is_admin(user)
    hers = right != Right.HEAD or department == role.role_type.department_id
    return Rights(
        review=admin or (hand is not None and hers),
        role=_fills(hand, role.role_type.department_id),
        shoot=right in RUNS_A_CREW,
        rates=right in (*RUNS_A_CREW, Right.HEAD) or admin,
    )


def may_staff(user: Who, shoot: Shoot) -> bool:
    """May fill some of a shoot: who runs the crew, or heads a department of it."""
    hand = _hand(user, shoot.crew_id)
    return hand is not None and (hand[0] in RUNS_A_CREW or hand[0] == Right.HEAD)


def editable_roles(user: Who) -> QuerySet[Role]:
    """The list form of `may_edit_role`."""
    if not user.is_authenticated:
        return Role.objects.none()
    mine = Q(shoot__crew__memberships__user=user)
    runs = Q(shoot__crew__memberships__right__in=RUNS_A_CREW)
    heads = Q(
        shoot__crew__memberships__right=Right.HEAD,
        shoot__crew__memberships__department=F("role_type__department"),
    )
    return Role.objects.filter(mine & (runs | heads))


def may_remember(user: Who, crew: Crew) -> bool:
    """May mark people and note something about them in the crew's name: everybody in it but who only looks on."""
    hand = _hand(user, crew.pk)
    return hand is not None and hand[0] != Right.VIEWER


def heads_department(user: Who, crew: Crew) -> int | None:
    """The id of the one department she may fill; None for who runs the crew, or does not fill anything."""
    hand = _hand(user, crew.pk)
    return hand[1] if hand is not None and hand[0] == Right.HEAD else None
