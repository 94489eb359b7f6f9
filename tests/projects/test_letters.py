"""Letters to the people of a project: its own side, its staff, its partners' contacts."""

import pytest

from cluster_portal.notifications.services import letters
from projects.models import StaffMember
from tests import factories
from tests.notifications.letter_writing import letter
from tests.projects.factories import partnership, project

pytestmark = pytest.mark.django_db


def reached(cluster, *entries):
    made = letter(cluster, audience=["project", *entries])
    return {one.email for one in letters.people_of(made)}


def test_side_staff_and_accepted_partners_are_written_to(
    home_cluster, lead, member, outsider, company
):
    author, contact = factories.user("author@example.org"), factories.user("contact@example.org")
    partner, asked = factories.organisation(), factories.organisation()
    factories.affiliation(contact, partner, role="contact")
    factories.affiliation(factories.user("asked@example.org"), asked, role="contact")
    mine = project(home_cluster, organisation=company, author=author)
    partnership(mine, partner, stage="accepted")
    partnership(mine, asked, stage="invited")
    StaffMember.objects.create(project=mine, role="manager", user=outsider)
    other = project(home_cluster, organisation=asked)

    assert reached(home_cluster, f"project.project={mine.pk}") == {
        lead.email, author.email, contact.email, outsider.email,
    }  # fmt: skip
    assert reached(home_cluster, f"project.project={other.pk}") == {"asked@example.org"}
    assert member.email not in reached(home_cluster, f"project.project={mine.pk}")


def test_project_of_another_cluster_and_none_are_nobody(home_cluster, other_cluster, company, lead):
    theirs = project(other_cluster, organisation=company)

    assert reached(home_cluster) == set()
    assert reached(home_cluster, f"project.project={theirs.pk}") == set()
