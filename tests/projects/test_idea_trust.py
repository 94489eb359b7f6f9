"""What ideas and their partners must never give away, and whom nobody may press again and again."""

import pytest

from cluster_portal.core.errors import Refused
from projects.digest import PROJECTS
from projects.models import Budget, Project, ProjectEditor
from projects.pages import idea_desk
from projects.services import ideas
from projects.services.projects import move_project
from tests import factories
from tests.projects import factories as make


@pytest.fixture
def idea(home_cluster, company):
    return make.idea(home_cluster, organisation=company, visibility="members")


@pytest.fixture
def draft(home_cluster, company, member):
    """Written by a member for their organisation."""
    return make.idea(
        home_cluster, published=False, organisation=company, author=member, visibility="members"
    )


@pytest.fixture
def other(home_cluster):
    made = factories.organisation("Toinen Oy")
    factories.membership(made, home_cluster)
    return made


def test_draft_takes_no_step(draft, member):
    with pytest.raises(Refused):
        move_project(draft, "prepare", by=member)


def test_draft_is_its_authors_until_it_is_sent(draft, member, lead, office):
    for reader in (lead, office):
        assert not Project.objects.visible_to(reader).exists()
        assert not Project.objects.editable_by(reader).exists()
    assert Project.objects.editable_by(member).get() == draft

    draft.sent_at = draft.created_at
    draft.save()

    assert Project.objects.editable_by(office).get() == draft
    assert not Project.objects.visible_to(lead).exists()


def test_draft_is_news_once_it_is_published(draft, member):
    [news] = PROJECTS
    before = draft.created_at
    Project.objects.update(description_fi="Ajatus.")
    assert not list(news.items(member, before))

    ideas.publish_idea(draft, by=member)

    assert list(news.items(member, before)) == [draft]


def test_who_is_only_asked_to_edit_sees_no_offers(idea, other, outsider):
    editor = ProjectEditor.objects.create(project=idea, user=outsider)
    make.partnership(idea, other, stage="interested", note="Luottamuksella.")
    assert idea_desk.offers(outsider) == []

    editor.stage = "accepted"
    editor.save()

    assert len(idea_desk.offers(outsider)) == 1


def test_author_without_an_organisation_reads_the_budget_they_save(home_cluster, outsider):
    own = make.idea(home_cluster, author=outsider, visibility="members")
    made = Budget.objects.create(project=own)

    assert Budget.objects.visible_to(outsider).get() == made
