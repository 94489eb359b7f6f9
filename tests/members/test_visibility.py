"""Stage × reader × seen, for organisations, applications and affiliations."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cluster_portal.core.visibility import forget_audiences
from members.models import Affiliation, Membership, Need, Organisation
from members.models.memberships import Stage
from members.models.needs import PUBLISHED
from members.models.needs import Stage as NeedStage
from tests import factories
from tests.members import need_factories
from tests.members.factories import at, draft, submitted

READERS = ("visitor", "outsider", "member", "lead", "office", "other_office", "admin_user")


@pytest.fixture
def reader(request):
    name = request.param
    return AnonymousUser() if name == "visitor" else request.getfixturevalue(name)


# Who besides its own people sees a member organisation of the home cluster.
ORGANISATIONS = {
    "public": READERS,
    "accounts": READERS[1:],
    "members": ("member", "lead", "office", "other_office", "admin_user"),
    "cluster": ("member", "lead", "office", "admin_user"),
    "group": ("office", "admin_user"),
    "private": ("office", "admin_user"),
}


@pytest.mark.parametrize("reader", READERS, indirect=True, ids=READERS)
@pytest.mark.parametrize("visibility", ORGANISATIONS)
def test_organisation_is_seen_by_its_rung(request, reader, visibility, home_cluster):
    shown = factories.organisation(visibility=visibility)
    factories.membership(shown, home_cluster)
    who = request.node.callspec.id.split("-")[-1]

    seen = Organisation.objects.visible_to(reader).contains(shown)

    assert seen == (who in ORGANISATIONS[visibility])


APPLICATIONS = {
    stage: ("admin_user",) if stage == Stage.DRAFT else ("office", "admin_user") for stage in Stage
}


@pytest.mark.parametrize("reader", READERS, indirect=True, ids=READERS)
@pytest.mark.parametrize("stage", list(Stage), ids=list(Stage.values))
def test_application_is_seen_by_its_applicant_and_coordinators(
    request, reader, stage, home_cluster
):
    applicant = factories.user()
    made = at(stage, applicant, home_cluster)
    who = request.node.callspec.id.split("-")[-1]

    assert Membership.objects.visible_to(applicant).contains(made)
    assert Membership.objects.visible_to(reader).contains(made) == (who in APPLICATIONS[stage])


@pytest.mark.parametrize("stage", list(Stage), ids=list(Stage.values))
def test_text_is_the_applicants_only_while_it_is_her_turn(stage, home_cluster, office):
    applicant = factories.user()
    made = at(stage, applicant, home_cluster)

    hers = Membership.objects.editable_by(applicant).contains(made)

    assert hers == (stage in {Stage.DRAFT, Stage.MORE_INFORMATION})
    assert not Membership.objects.editable_by(office).contains(made)


def test_applicants_organisation_is_hers_and_the_coordinators_until_approved(
    home_cluster, office, other_office, member
):
    applicant = factories.user()
    new = submitted(applicant, home_cluster).organisation

    seen = {
        who: Organisation.objects.visible_to(user).contains(new)
        for who, user in {
            "applicant": applicant, "office": office, "other": other_office, "member": member,
        }.items()
    }  # fmt: skip

    assert seen == {"applicant": True, "office": True, "other": False, "member": False}


@pytest.mark.parametrize("repeats", [{"name": "Salainen Oy"}, {"business_id": "1234567-1"}])
def test_who_repeats_a_hidden_organisation_learns_nothing_of_it(
    client, home_cluster, other_cluster, repeats
):
    stated = {"name": "Salainen Oy", "business_id": "1234567-1", "municipality": "Kanarialintula"}
    hidden = submitted(factories.user(), home_cluster, **stated).organisation
    stranger = factories.user()

    hers = submitted(stranger, other_cluster, **repeats)

    client.force_login(stranger)
    assert hers.organisation == hidden
    assert not Organisation.objects.visible_to(stranger).contains(hidden)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    page = client.get(hers.get_absolute_url()).content.decode()
    assert "Salainen Oy" in page
    assert "Kanarialintula" not in page


def test_first_to_apply_with_the_name_of_an_organisation_made_by_hand_does_not_see_it(
    client, home_cluster
):
    """An administrator needs not name a cluster for it."""
    hidden = factories.organisation("Salainen Oy", visibility="private", municipality="Kanaria")
    stranger = factories.user()

    hers = submitted(stranger, home_cluster, name="Salainen Oy")

    client.force_login(stranger)
    assert hers.organisation == hidden
    assert not Organisation.objects.visible_to(stranger).contains(hidden)
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_who_brought_an_organisation_sees_it_also_when_that_application_is_over(home_cluster):
    applicant = factories.user()
    made = submitted(applicant, home_cluster)
    made.delete()

    assert Organisation.objects.visible_to(applicant).contains(made.organisation)


def test_draft_organisation_is_its_applicants_alone(home_cluster, office):
    applicant = factories.user()
    new = draft(applicant, home_cluster).organisation

    assert Organisation.objects.visible_to(applicant).contains(new)
    assert not Organisation.objects.visible_to(office).contains(new)


AFFILIATIONS = ("member", "lead", "office", "admin_user")


@pytest.mark.parametrize("reader", READERS, indirect=True, ids=READERS)
def test_affiliation_is_seen_by_colleagues_and_coordinators(request, reader, company):
    shown = factories.affiliation(factories.user(), company)
    who = request.node.callspec.id

    assert Affiliation.objects.visible_to(reader).contains(shown) == (who in AFFILIATIONS)


@pytest.mark.parametrize(
    ("who", "edits"),
    [("member", False), ("lead", True), ("office", True), ("other_office", False)],
)
def test_organisation_is_edited_by_contacts_and_its_coordinators(request, company, who, edits):
    user = request.getfixturevalue(who)

    assert Organisation.objects.editable_by(user).contains(company) == edits


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.ACTIVE])
def test_only_a_member_is_in_its_coordinators_scope(office, home_cluster, stage):
    other = factories.organisation()
    filled = {"decision_reason": "Syy."} if stage == Stage.REJECTED else {}
    factories.membership(other, home_cluster, stage=stage, **filled)

    assert not Organisation.objects.in_scope_of(office).contains(other)
    assert not Organisation.objects.managed_by(office).contains(other)


# Who besides its own people sees a published need of an organisation of the home cluster.
NEEDS = {level: who for level, who in ORGANISATIONS.items() if level != "group"}


@pytest.mark.parametrize("reader", READERS, indirect=True, ids=READERS)
@pytest.mark.parametrize("visibility", NEEDS)
def test_need_is_seen_by_its_level(request, reader, visibility, home_cluster):
    owner = factories.organisation()
    factories.membership(owner, home_cluster)
    need = need_factories.need(home_cluster, owner, visibility=visibility)
    who = request.node.callspec.id.split("-")[-1]

    assert Need.objects.visible_to(reader).contains(need) == (who in NEEDS[visibility])


@pytest.mark.parametrize("stage", list(NeedStage), ids=list(NeedStage.values))
def test_need_is_seen_by_others_once_it_is_published(stage, home_cluster, company, member, office):
    need = need_factories.need(home_cluster, company, visibility="public", stage=stage)
    stranger = AnonymousUser()

    assert Need.objects.visible_to(stranger).contains(need) == (stage in PUBLISHED)
    assert Need.objects.visible_to(member).contains(need)
    assert Need.objects.visible_to(office).contains(need)


def test_who_told_a_need_edits_it_as_long_as_they_belong_to_the_organisation(
    home_cluster, company, member
):
    need = need_factories.need(home_cluster, company, teller=member)

    before = Need.objects.editable_by(member).contains(need)
    member.affiliations.update(stage="ended")
    forget_audiences()

    assert before
    assert not Need.objects.editable_by(member).contains(need)


def test_need_of_a_private_member_is_edited_by_that_person(home_cluster, member):
    person = factories.user()
    factories.membership(person, home_cluster)
    need = need_factories.need(home_cluster, person=person, visibility="private")

    assert Need.objects.editable_by(person).contains(need)
    assert not Need.objects.visible_to(member).contains(need)
