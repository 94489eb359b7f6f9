"""Every list, form and page of the coordinators' site, for each who may open it."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.urls import reverse

from tests import factories
from tests.events import factories as event_factories
from tests.members.factories import submitted, verified
from tests.projects import factories as project_factories
from tests.theses import factories as thesis_factories

admin.autodiscover()
REGISTERED = [
    (model._meta.app_label, model._meta.model_name, model) for model in admin.site._registry
]


@pytest.fixture(autouse=True)
def _demo(settings):
    """Second factors are tested apart."""
    settings.DEMO = True


@pytest.fixture
def filled(home_cluster, company, lead):
    """Something in the lists, so that rows, forms and decisions are drawn."""
    event_factories.event(home_cluster, stage="draft", published_at=None)
    project_factories.challenge(home_cluster, organisation=company)
    project_factories.project(home_cluster, organisation=company)
    thesis_factories.topic(company, home_cluster, stage="in_review")
    submitted(verified("hakija@example.org"), home_cluster, name="Hakeva Oy")
    factories.organisation("Toinen Oy", introduced_by=home_cluster)


def is_open(person, path):
    """Whether the page is there for this reader; then it has been checked."""
    answer = person.page.goto(f"{person.base}{path}")
    if answer.status != 200:
        return False
    person.checked()
    return True


@pytest.mark.parametrize(
    ("who", "width", "dark"), [("admin_user", 1280, False), ("office", 1280, True)]
)
def test_every_page_of_the_admin_is_accessible(visitor, request, filled, who, width, dark):
    user = request.getfixturevalue(who)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person = visitor(width=width, dark=dark).signs_in(user)

    assert is_open(person, "/admin/")
    opened = []
    for app, name, model in REGISTERED:
        pages = [f"{app}_{name}_changelist", f"{app}_{name}_add"]
        opened += [page for page in pages if is_open(person, reverse(f"admin:{page}"))]
        row = model._default_manager.first()
        change = reverse(f"admin:{app}_{name}_change", args=[row.pk]) if row else ""
        if change and is_open(person, change):
            opened.append(change)
    assert len(opened) > len(REGISTERED)
