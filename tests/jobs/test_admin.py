"""The curation desk: what moves there moves through services, the rest is read only."""

import pytest
from django.test import Client
from django.urls import reverse

from jobs.enums import CrewState, NoticeState, WorkKind
from jobs.models import Crew, Entry, Notice, WorkItem
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import CrewFactory, CrewTemplateFactory, NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(ada):
    client = Client(headers={"accept-language": "en"})
    client.force_login(ada, backend="django.contrib.auth.backends.ModelBackend")
    return client


def act(client, model: str, action: str, row):
    data = {"action": action, "_selected_action": [row.pk]}
    return client.post(reverse(f"admin:jobs_{model}_changelist"), data)


def test_verifying_a_crew_goes_through_the_service(desk):
    crew = CrewFactory(state=CrewState.APPLIED, verified_at=None)
    act(desk, "crew", "verify", crew)
    assert Crew.objects.get().state == CrewState.VERIFIED
    assert list(Entry.objects.values_list("verb", "subject")) == [("crew_verified", f"crew:{crew.pk}")]


def test_a_notice_that_failed_is_sent_again_once_asked(desk):
    failed = NoticeFactory(state=NoticeState.FAILED, error="SMTPServerDisconnected")
    sent = NoticeFactory(state=NoticeState.SENT)
    act(desk, "notice", "send_again", failed)
    act(desk, "notice", "send_again", sent)
    assert list(Notice.objects.order_by("pk").values_list("state", "error")) == [
        ("pending", ""),
        ("sent", ""),
    ]
    assert list(WorkItem.objects.values_list("kind", "subject_id")) == [(WorkKind.DELIVER_NOTICE, failed.pk)]


@pytest.mark.parametrize(
    "model",
    [
        "matchrun",
        "marketrun",
        "notice",
        "workitem",
        "entry",
        "shoot",
        "role",
        "offer",
        "booking",
        "heartbeat",
    ],
)
def test_what_the_house_writes_is_read_only(desk, model):
    assert desk.get(reverse(f"admin:jobs_{model}_changelist")).status_code == 200
    assert desk.get(reverse(f"admin:jobs_{model}_add")).status_code == 403


def test_the_lines_of_a_template_must_add_up(desk):
    template, role_type = CrewTemplateFactory(size=12), RoleTypeFactory()
    url = reverse("admin:jobs_crewtemplate_change", args=[template.pk])
    sent = {
        "code": template.code, "name_zh": "十二人", "name_en": "Twelve", "size": "12",
        "lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0",
        "lines-0-role_type": role_type.pk, "lines-0-headcount": "11", "lines-0-day_rate": "300",
    }  # fmt: skip
    refused = desk.post(url, sent)
    assert "come to 11 people, the template says 12" in refused.content.decode()
    assert desk.post(url, sent | {"lines-0-headcount": "12"}).status_code == 302
    assert list(template.lines.values_list("headcount", flat=True)) == [12]


@pytest.mark.parametrize("who", ["mei", "bo"])
def test_nobody_else_has_a_desk(client, request, who):
    client.force_login(request.getfixturevalue(who), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("admin:jobs_crew_changelist")).status_code in (302, 403)
