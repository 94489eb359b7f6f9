"""Experts: field by field and by consent, in lists, search, facets and on pages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from cluster_portal.core import search
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from members import exports
from members.filters import ExpertFilters
from members.models import ExpertConsent, ExpertFace, ExpertProfile
from members.models.expert_fields import Field, Level
from members.models.experts import Stage
from members.models.memberships import Stage as MembershipStage
from members.services import contacts, experts
from members.services.experts import Told
from tests import factories, statements

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

    page = client.get(
        "/en/members/experts/",
        dict.fromkeys(map("open-{}".format, ExpertFilters.base_filters), "yes"),
    )

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


def test_writing_to_an_expert_who_hid_meanwhile_is_refused_politely(client, home_cluster, member):
    profile = expert(home_cluster)
    client.force_login(member)
    address = f"/en/contact/expert/{profile.slug}/"
    assert client.get(address).status_code == 200
    experts.move(profile, "hide", by=profile.user)

    answer = client.post(address, {"message": "Tulisitko puhumaan?"})

    assert answer.status_code == 404
    assert "Tulisitko puhumaan?" in answer.content.decode()
    assert not OutboxMail.objects.exists()


def test_message_is_not_sent_when_the_profile_is_hidden_between_page_and_act(home_cluster, member):
    profile = expert(home_cluster)
    experts.move(profile, "hide", by=profile.user)

    with pytest.raises(Refused):
        contacts.write(profile, "Hei", by=member)


def test_message_reaches_the_expert_and_tells_no_address(client, home_cluster, member):
    profile = expert(home_cluster)
    client.force_login(member)

    page = client.get(profile.get_absolute_url()).content.decode()
    form = client.get(f"/en/contact/expert/{profile.slug}/").content.decode()
    client.post(f"/en/contact/expert/{profile.slug}/", {"message": "Tulisitko puhumaan?"})

    assert profile.user.email not in page + form
    assert [mail.recipient_id for mail in OutboxMail.objects.all()] == [profile.user_id]
    client.force_login(profile.user)
    assert client.get("/en/me/expert/").context["asked_words"] == "You have been asked 1 time."


def form_of(profile=None, **values):
    every = {f"{field.value}_seen_by": "members" for field in Field}
    version = experts.version_of(profile) if profile else ""
    return {**every, "keywords": "etsintä", "version": version, **values}


def test_person_writes_and_shows_a_profile_in_one_act(client, home_cluster):
    person = factories.user()
    factories.membership(person, home_cluster)
    client.force_login(person)

    client.post("/en/me/expert/", {**form_of(), "offer_talk": "on", "show": "yes"})

    profile = ExpertProfile.objects.get(user=person)
    assert profile.stage == Stage.SHOWN
    assert [face.offers for face in profile.faces.all()] == [["talk"]]


def test_nothing_is_chosen_to_be_shown_beforehand(client, outsider):
    client.force_login(outsider)

    form = client.get("/en/me/expert/").context["form"]

    chosen = {row.seen_by.name: row.seen_by.value() for row in form.rows}
    assert {name for name, level in chosen.items() if level} == {"profile_seen_by"}


def test_two_windows_do_not_overwrite_each_other(client, home_cluster):
    profile = expert(home_cluster)
    client.force_login(profile.user)
    old = form_of(profile)
    client.post("/en/me/expert/", form_of(profile, keywords="uusi"))

    answer = client.post("/en/me/expert/", old)

    assert answer.status_code == 422
    assert ExpertProfile.objects.get().keywords == "uusi"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("keywords", "x" * 1_000_000), ("summary", "TL IV"), ("keywords", "javascript:alert(1)//://"),
        ("keywords", "TL IV"), ("background", "TL IV"), ("note_talk", "TL IV"),
        ("phone", "soita"), ("available_from", "31.2.2027"), ("phone_seen_by", "public"),
        ("languages", "xx"), ("organisation", "999999"),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field(client, outsider, name, value):
    client.force_login(outsider)

    answer = client.post("/en/me/expert/", form_of(**{name: value}))

    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert not ExpertProfile.objects.exists()


def test_names_with_controls_and_bidi_are_cleaned(client, outsider):
    client.force_login(outsider)

    client.post("/en/me/expert/", form_of(keywords="etsin\u202etä,  viestintä"))

    assert ExpertProfile.objects.get().words == ["etsintä", "viestintä"]


def test_coordinator_hides_with_a_reason_and_the_person_is_told(client, home_cluster, office):
    profile = expert(home_cluster)
    client.force_login(office)

    client.post(
        f"/admin/members/expertprofile/{profile.pk}/move/withhold/",
        {"reason": "Kertoo kohteesta.", "confirmed": "yes"},
    )

    profile.refresh_from_db()
    assert (profile.stage, profile.withheld_reason) == (Stage.WITHHELD, "Kertoo kohteesta.")
    assert not ExpertFace.objects.exists()
    assert [mail.kind for mail in OutboxMail.objects.all()] == ["expert_moved"]


def test_hidden_by_a_coordinator_it_is_emptied_and_not_made_anew(client, home_cluster, office):
    profile = expert(home_cluster)
    experts.move(profile, "withhold", by=office, reason="Kertoo kohteesta.")
    client.force_login(profile.user)

    client.post("/me/expert/delete/")
    emptied = ExpertProfile.objects.get()
    client.post("/me/expert/", form_of(keywords="uusi alku"))
    again = ExpertProfile.objects.get()

    assert (emptied.keywords, emptied.summary, emptied.phone) == ("", "", "")
    assert not emptied.offers.exists()
    assert (again.pk, again.stage, again.words) == (profile.pk, Stage.WITHHELD, ["uusi alku"])
    with pytest.raises(Refused):
        experts.move(again, "show", by=profile.user)


def test_coordinator_of_another_cluster_does_not_see_it_in_the_admin(
    client, home_cluster, other_office
):
    profile = expert(home_cluster)
    client.force_login(other_office)

    shown = client.get(f"/admin/members/expertprofile/{profile.pk}/change/")

    assert not ExpertProfile.objects.in_scope_of(other_office).exists()
    assert shown.status_code == 302


def test_coordinator_reads_in_the_admin_what_members_see_and_no_more(client, home_cluster, office):
    profile = expert(home_cluster, {"summary": ""})
    client.force_login(office)

    page = client.get(f"/admin/members/expertprofile/{profile.pk}/change/").content.decode()

    assert "lehdokki" in page
    assert "Opetan maastossa." not in page


def test_list_costs_the_same_for_one_and_ten(client, home_cluster, member):
    expert(home_cluster)
    client.force_login(member)
    few = statements.of_page(client, "/members/experts/")
    for _number in range(9):
        expert(home_cluster)

    many = statements.of_page(client, "/members/experts/")

    assert len(many) == len(few) <= 8


def test_own_data_names_every_consent(home_cluster):
    profile = expert(home_cluster, {"expertise": "members"})

    kinds = [row["kind"] for row in exports.expert_data(profile.user)]

    assert kinds.count("consent") == ExpertConsent.objects.count() == 9
    assert kinds[0] == "expert profile"


def test_organisation_page_names_experts_who_let_it(client, home_cluster, company):
    shown, silent = factories.user(first_name="Näkyvä"), factories.user(first_name="Hiljainen")
    for person in (shown, silent):
        factories.affiliation(person, company)
    expert(home_cluster, person=shown, organisation=company)
    expert(home_cluster, {"organisation": ""}, person=silent, organisation=company)

    page = client.get(company.get_absolute_url()).content.decode()

    assert "Näkyvä" in page
    assert "Hiljainen" not in page
