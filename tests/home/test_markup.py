"""What people write is shown as words: `<b>` in every text field of every row of every list."""

import re

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from cluster_portal.core import search
from events.models import AgendaItem, Event
from members.models import Cluster, Organisation, User
from projects.models import (
    Challenge,
    Goal,
    Learning,
    Measure,
    Pilot,
    Programme,
    Project,
    TestEnvironment,
)
from tests import factories
from tests.events import factories as events
from tests.projects import factories as projects
from tests.theses import factories as theses
from tests.theses import parties
from theses.models import Application, StudentProfile, SupervisorProfile, Thesis, Topic

MARKUP = "<b>va varautuminen <b>va"  # long words are hyphenated
SHOWN = "&lt;b&gt;va"
LISTS = (
    "/",
    "/search/?q=varautuminen",
    "/me/",
    "/me/data/",
    "/members/",
    "/members/esimerkki/",
    "/members/esimerkki/people/",
    "/clusters/pirkanmaa/",
    "/projects/",
    "/projects/challenges/",
    "/projects/pilots/",
    "/projects/pilots/learnings/",
    "/projects/testbeds/",
    "/projects/programme/",
    "/theses/",
    "/theses/finished/",
    "/theses/students/",
    "/theses/supervisors/",
    "/theses/aihe/applicants/",
    "/events/",
)
MODELS = (
    *(Organisation, User, Cluster, Project, Challenge, Goal, Measure, Programme, Topic, Thesis),
    *(Application, StudentProfile, SupervisorProfile, Event, AgendaItem),
    *(Pilot, Learning, TestEnvironment),
)
NOT_TEXT = re.compile(
    r"password|email|code|external_id|business_id|mailbox|domains|stage_before|^counts$"
)


def is_text(field):
    """What somebody types: no choice, no address, no key."""
    inner = field.base_field if isinstance(field, ArrayField) else field
    plain = type(inner) in {models.CharField, models.TextField} and not inner.choices
    return plain and not inner.unique and not NOT_TEXT.search(field.name)


def mark_everything():
    for model in MODELS:
        fields = [field for field in model._meta.concrete_fields if is_text(field)]
        values = {f.name: [MARKUP] if isinstance(f, ArrayField) else MARKUP for f in fields}
        model._base_manager.update(**values)
        if issubclass(model, search.Searchable):
            search.reindex(list(model._base_manager.all()))


@pytest.fixture
def marked(company, home_cluster, lead, student):
    """A row of every list, and the lead's desk with something on it."""
    today = timezone.localdate()
    school = factories.organisation(kind="university")
    supervisor = parties.supervisor(school, room=3)
    theses.student_profile(student)
    theses.application(theses.topic(company, home_cluster, slug="aihe"), student)
    done = theses.topic(company, home_cluster)
    parties.working(
        done, factories.user(), supervisor, stage="finished", finished_on=today,
        finished_year=today.year, slug="valmis", abstract="Tiivistelmä.", shows_author=True,
    )  # fmt: skip
    projects.project(home_cluster, organisation=company)
    projects.challenge(home_cluster, organisation=company)
    projects.learning(projects.pilot(home_cluster, company, school, stage="closed"))
    projects.testbed(home_cluster, company)
    projects.approved_programme(home_cluster, company)
    event = events.event(home_cluster, organisation=company)
    AgendaItem.objects.create(event=event, starts_at=event.starts_at, title="Avaus")
    events.registration(event, lead)
    mark_everything()


@pytest.fixture
def student(db):
    return factories.user("student@example.org")


@pytest.mark.parametrize("path", LISTS)
def test_every_text_of_every_row_is_shown_as_words(path, client, marked, lead):
    client.force_login(lead)

    page = client.get(path).content.decode()

    assert SHOWN in page
    assert "<b>va" not in page
