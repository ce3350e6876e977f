"""The work that building the market asks for, done at once: nothing of it is left for the worker."""

from datetime import datetime

from jobs.enums import NoticeState, WorkKind
from jobs.models import Notice, WorkItem
from jobs.services import work


def drain(*, now: datetime) -> None:
    """Do what is due. News for simulated people stay on their page, which no mail leads to: a thousand fewer items."""
    waiting = Notice.objects.filter(recipient__profile__simulated=True, state=NoticeState.PENDING)
    alone = list(waiting.filter(digest_at=None).values_list("pk", flat=True))
    together = set(waiting.exclude(digest_at=None).values_list("recipient", flat=True))
    for kind, subjects in ((WorkKind.DELIVER_NOTICE, alone), (WorkKind.DELIVER_DIGEST, together)):
        WorkItem.objects.filter(kind=kind, subject_id__in=subjects, done_at=None).update(
            done_at=now, lease_until=None
        )
    waiting.update(state=NoticeState.SENT, sent_at=now)
    work.drain(now=now)
