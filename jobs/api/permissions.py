"""A thin adapter from the framework's question to `jobs.policies`. No rule may live here."""

from django.db.models import Model
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request


class AskPolicy(BasePermission):
    """Ask the policy that the view names for the action in `rules`; reading was decided by `visible` already.

    An action that writes and names no policy is refused: forgetting one must not open a door.
    """

    def has_object_permission(self, request: Request, view, obj: Model) -> bool:
        rule = view.rules.get(view.action)
        if rule is None:
            return request.method in SAFE_METHODS
        return rule(request.user, obj)
