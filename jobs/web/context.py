"""What every page needs from the top floor: how many notices wait."""

from django.http import HttpRequest


def notices(request: HttpRequest) -> dict:
    """Context: `unread_notices`, counted only when a template asks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unread_notices": 0}
    from django.utils.functional import SimpleLazyObject

    from jobs.queries import notices as questions

    return {"unread_notices": SimpleLazyObject(lambda: questions.unread(user))}
