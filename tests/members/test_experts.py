"""Experts: field by field and by consent, in lists, search, facets and on pages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from cluster_portal.core import search
from cluster_portal.core.errors import Refused
from members.models import ExpertConsent, ExpertFace, ExpertProfile
from members.models.expert_fields import Field, Level
from members.models.experts import Stage
from members.models.memberships import Stage as MembershipStage
from members.services import experts
from members.services.experts import Told
from tests import factories

LEVELS = ("", *Level.values)
READERS = ("visitor", "outsider", "member", "office", "other_office", "admin_user")
SEES = {
    "": (),
    "members": ("member", "office", "other_office", "admin_user"),
    "accounts": READERS[1:],
    "public": READERS,
}


def told(**values):
    plain = {
        "keywords": "lehdokki, etsinnän johtaminen", "summary": "Opetan maastossa.",
        "languages": ["fi"], "availability": "iltaisin", "background": "opettaja",
        "region": factories.region(), "phone": "+358 40 123 4567", **values,
    }  # fmt: skip
    return Told(plain, [], {"talk": "maksutta"})


def expert(home_cluster, choices=None, *, show=True, person=None, **values):
    """A private member; everything is shown to everyone unless `choices` says otherwise."""
    person = person or factories.user(first_name="Eeva")
    factories.membership(person, home_cluster)
    every = {field.value: "public" for field in Field if field != Field.PHONE}
    chosen = {**every, "phone": "", **(choices or {})}
    return experts.save_all(person, told(**values), chosen, show=show, by=person)


def reader_of(request, name):
    return AnonymousUser() if name == "visitor" else request.getfixturevalue(name)


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("level", Level.values)
def test_profile_is_found_by_the_chosen_readers(request, who, level, home_cluster):
    profile = expert(home_cluster, {"profile": level})
    reader = reader_of(request, who)

    found = ExpertFace.objects.visible_to(reader).filter(profile=profile).exists()

    assert found == (who in SEES[level])
    assert ExpertProfile.objects.visible_to(reader).contains(profile) == found


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("level", LEVELS)
def test_field_is_seen_by_the_chosen_readers(request, who, level, home_cluster):
    profile = expert(home_cluster, {"expertise": level, "summary": level})
    reader = reader_of(request, who)

    seen = ExpertFace.objects.visible_to(reader).with_profile().get(profile=profile).seen

    assert (seen.keywords != []) == (who in SEES[level])
    assert (seen.summary != "") == (who in SEES[level])


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("level", LEVELS)
def test_hidden_word_does_not_find_the_person(request, who, level, home_cluster):
    expert(home_cluster, {"expertise": level})
    visible = ExpertFace.objects.visible_to(reader_of(request, who))

    assert search.search(visible, "lehdokki").exists() == (who in SEES[level])
    assert search.search(visible, "Eeva").exists()


def test_facet_counts_tell_nothing_of_hidden_fields(client, home_cluster):
    hidden = dict.fromkeys(("languages", "offers", "region", "expertise"), "members")
    expert(home_cluster, hidden)

    page = client.get("/en/members/experts/")

    counts = {
        (group.key, option.value): option.count
        for group in page.context["faceted"].groups
        for option in group.options
    }
    cluster = ("cluster", home_cluster.slug)
    assert {key: count for key, count in counts.items() if count} == {cluster: 1}


def test_facet_of_a_hidden_field_does_not_find_the_person(client, home_cluster):
    expert(home_cluster, {"offers": "members"})

    assert client.get("/en/members/experts/?offer=talk").context["page"].object_list == []


def test_facets_find_who_shows_the_field(client, home_cluster):
    expert(home_cluster)
    for query in ("offer=talk", "language=fi", "region=06", f"cluster={home_cluster.slug}"):
        assert len(client.get(f"/en/members/experts/?{query}").context["page"].object_list) == 1


def test_new_profile_is_hidden_and_consents_to_nothing(home_cluster):
    person = factories.user()
    factories.membership(person, home_cluster)

    profile = experts.save_profile(person, told(), by=person)

    assert profile.stage == Stage.OFF
    assert not ExpertConsent.objects.exists()
    assert not ExpertFace.objects.exists()


def test_hiding_hides_at_once_and_keeps_what_was_chosen(client, home_cluster):
    profile = expert(home_cluster)
    page = profile.get_absolute_url()
    assert client.get(page).status_code == 200

    experts.move(profile, "hide", by=profile.user)

    assert client.get(page).status_code == 404
    assert not search.search(ExpertFace.objects.all(), "lehdokki").exists()
    assert ExpertConsent.objects.current().filter(profile=profile, field="expertise").exists()
    assert not ExpertConsent.objects.current().filter(profile=profile, field="profile").exists()


def test_hidden_profile_answers_like_one_that_never_was(client, home_cluster):
    profile = expert(home_cluster, show=False)

    hidden = client.get(f"/en/members/experts/{profile.slug}/")
    unknown = client.get("/en/members/experts/never-was/")

    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content.replace(profile.slug.encode(), b"never-was") == unknown.content


def test_change_of_a_field_ends_one_consent_and_begins_another(home_cluster):
    profile = expert(home_cluster, {"expertise": "public"})

    experts.choose(profile, {"expertise": "members"}, by=profile.user)
    experts.choose(profile, {"expertise": ""}, by=profile.user)

    rows = ExpertConsent.objects.filter(profile=profile, field="expertise").order_by("pk")
    assert [row.seen_by for row in rows] == ["public", "members"]
    assert all(row.withdrawn_at for row in rows)


def test_field_is_never_wider_than_the_profile(home_cluster):
    profile = expert(home_cluster, {"profile": "members", "expertise": "public"})

    assert list(profile.faces.values_list("level", flat=True)) == ["members"]


def test_phone_is_never_public(home_cluster):
    profile = expert(home_cluster)

    with pytest.raises(Refused):
        experts.choose(profile, {"phone": "public"}, by=profile.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpertConsent.objects.create(profile=profile, field="phone", seen_by="accounts")


def test_person_whose_membership_ended_is_not_listed(home_cluster):
    profile = expert(home_cluster)

    profile.user.memberships.update(stage=MembershipStage.ENDED)

    assert not ExpertFace.objects.visible_to(AnonymousUser()).exists()


def test_organisation_is_named_only_while_the_expert_works_there(home_cluster, member):
    person, place = factories.user(), factories.organisation("Malliopisto")
    work = factories.affiliation(person, place)
    profile = expert(home_cluster, person=person, organisation=place)
    faces = ExpertFace.objects.visible_to(member).with_profile()
    assert faces.get(profile=profile).seen.organisation == place

    work.stage = "ended"
    work.save()

    assert faces.get(profile=profile).seen.organisation is None


def test_organisation_hidden_from_the_reader_is_not_named(home_cluster, member):
    person = factories.user()
    place = factories.organisation(visibility="members")
    factories.affiliation(person, place)
    profile = expert(home_cluster, person=person, organisation=place)

    def seen(reader):
        rows = ExpertFace.objects.visible_to(reader).with_profile()
        return rows.get(profile=profile).seen.organisation

    assert seen(AnonymousUser()) is None
    assert seen(member) == place


def test_nobody_is_shown_with_an_organisation_that_has_not_confirmed_them(home_cluster):
    with pytest.raises(Refused):
        expert(home_cluster, organisation=factories.organisation())
