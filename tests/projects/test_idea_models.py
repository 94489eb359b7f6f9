"""Ideas, their wanted roles, co-editors, supports and applications: who sees what."""

import pytest
from django.db import IntegrityError, transaction

from projects.models import (
    Application,
    Partnership,
    Project,
    ProjectEditor,
    Support,
    WantedRole,
)
from tests import factories
from tests.projects import factories as make


@pytest.fixture
def author(home_cluster):
    """A private member."""
    return factories.user("kirjoittaja@example.org")


def seers(objects, cast):
    return {name for name, user in cast.items() if objects.visible_to(user).exists()}


@pytest.mark.parametrize(
    ("published", "seen"),
    [
        (False, {"author", "member", "lead", "office", "admin"}),
        (True, {"author", "member", "lead", "other_lead", "office", "other_office", "admin"}),
    ],
)
def test_draft_is_seen_by_its_own_side(published, seen, cast, author, home_cluster, company):
    idea = make.idea(home_cluster, organisation=company, visibility="members", published=published)
    ProjectEditor.objects.create(project=idea, user=author, stage="accepted")
    people = {**cast, "author": author}

    assert seers(Project.objects, people) == seen
    assert seers(WantedRole.objects, people) == set()
    make.role(idea)
    assert seers(WantedRole.objects, people) == seen


def test_private_person_edits_their_own_idea(author, outsider, home_cluster):
    idea = make.idea(home_cluster, author=author)

    assert idea.is_editable_by(author)
    assert not Project.objects.editable_by(outsider).exists()


def test_author_who_left_the_owner_edits_no_more(member, home_cluster, company):
    make.idea(home_cluster, author=member, organisation=company)
    assert Project.objects.editable_by(member).exists()

    member.affiliations.update(stage="ended")

    assert not Project.objects.editable_by(type(member).objects.get(pk=member.pk)).exists()


@pytest.mark.parametrize(("stage", "edits"), [("asked", False), ("accepted", True)])
def test_co_editor_edits_once_they_have_said_yes(stage, edits, author, home_cluster, company):
    idea = make.idea(home_cluster, organisation=company, visibility="private")
    ProjectEditor.objects.create(project=idea, user=author, stage=stage)

    assert Project.objects.visible_to(author).exists()
    assert Project.objects.editable_by(author).exists() is edits


@pytest.mark.parametrize("model", [ProjectEditor, Support])
def test_people_of_an_idea_are_seen_by_who_edits_it(model, cast, author, home_cluster, company):
    idea = make.idea(home_cluster, organisation=company)
    model.objects.create(project=idea, user=author)

    assert seers(model.objects, {**cast, "author": author}) == {
        "author", "lead", "office", "admin",
    }  # fmt: skip


def test_application_is_seen_by_the_partners(cast, home_cluster, company):
    idea = make.idea(home_cluster)
    make.partnership(idea, company)
    Application.objects.create(project=idea, title="Hakemus")

    assert seers(Application.objects, cast) == {"member", "lead", "office", "admin"}


def test_missing_roles_are_those_without_an_accepted_partner(home_cluster, company):
    idea = make.idea(home_cluster)
    filled, invited, _free = (make.role(idea) for _each in range(3))
    make.role(idea, is_closed=True)
    make.partnership(idea, company, wanted_role=filled)
    make.partnership(idea, factories.organisation(), wanted_role=invited, stage="invited")

    assert [role.pk for role in WantedRole.objects.missing()] == [invited.pk, _free.pk]


def test_a_role_has_one_place(home_cluster, company):
    idea = make.idea(home_cluster)
    role = make.role(idea)
    make.partnership(idea, company, wanted_role=role)

    with pytest.raises(IntegrityError, match="one_in_a_role"), transaction.atomic():
        make.partnership(idea, factories.organisation(), wanted_role=role)
    assert Partnership.objects.count() == 1
