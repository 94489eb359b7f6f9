"""What a digest chooses for whom, by which reason, with the real content types."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.core import request_cache
from cluster_portal.core.visibility import Visibility
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications import digest_rounds, digest_words, digests
from cluster_portal.notifications.models import Digest, DigestItem, Follow, OutboxMail
from cluster_portal.notifications.sending import rendering
from members.models import User
from members.models.expert_fields import Field
from members.services import experts
from projects.models import Challenge
from tests import factories
from tests.members import need_factories as needs
from tests.projects import factories as projects
from tests.theses import factories as theses

pytestmark = pytest.mark.django_db


def today(frequency="weekly"):
    return digest_rounds.Round(frequency, timezone.localdate())


@request_cache.scope()
def choice_of(person):
    return digests.choices_of(today(), [person], digests.Candidates())[person.pk]


def told(person):
    """What is told: the object's key, its group and its reason."""
    return [(one.thing.pk, one.group.value, one.interest.reason) for one in choice_of(person).items]


@request_cache.scope()
def words(person):
    """Title and reason by the heading that they stand under."""
    items = digests.items_of(Digest(user_id=person.pk), choice_of(person))
    with override("en"):
        parts = digest_words.parts_of(items, person)
    return {part.label: [(line.title, line.why) for line in part.lines] for part in parts}


@pytest.fixture
def theme(db):
    return Term.objects.filter(scheme="security_task").first()


@pytest.fixture
def other_theme(db):
    return Term.objects.filter(scheme="security_task").last()


def challenge_with(cluster, *terms, **values):
    made = projects.challenge(cluster, closes_at=timezone.now() + timedelta(days=90), **values)
    made.terms.set(terms)
    return made


def test_theme_that_is_followed_is_told_and_another_is_left(
    outsider, home_cluster, theme, other_theme
):
    mine, other = challenge_with(home_cluster, theme), challenge_with(home_cluster, other_theme)
    Follow.objects.create(user=outsider, about=theme)

    choice = choice_of(outsider)

    assert told(outsider) == [(mine.pk, "followed", "follow-theme")]
    assert [pk for _kind, pk in choice.left] == [other.pk]
    [(title, why)] = words(outsider)["What you follow"]
    assert (title, why) == (mine.title, f"Because you follow the theme: {theme.label_en}")


def test_whoever_follows_nothing_is_told_so(outsider, home_cluster):
    challenge_with(home_cluster)

    [(_title, why)] = words(outsider)["New in the network"]

    assert why == "Because you have not chosen yet what you follow"


def test_organisation_region_and_type_can_be_followed(outsider, home_cluster, company):
    theirs = challenge_with(home_cluster, organisation=company)
    kind = ContentType.objects.get_for_model(Challenge)
    for about, reason in (
        (home_cluster.region, "follow-region"), (kind, "follow-type"), (company, "follow-thing"),
    ):  # fmt: skip
        Follow.objects.create(user=outsider, about=about)

        assert told(outsider) == [(theirs.pk, "followed", reason)]


def test_owner_hidden_from_some_of_the_readers_is_no_reason(outsider, home_cluster, company):
    company.visibility = Visibility.MEMBERS
    company.save()
    challenge_with(home_cluster, organisation=company)
    Follow.objects.create(user=outsider, about=company)

    assert told(outsider) == []


def test_capability_and_need_of_the_organisation_count(
    lead, member, company, home_cluster, theme, other_theme
):
    factories.capability(company, home_cluster, title_fi="Sijaintilähetin", terms=[theme])
    wanted = needs.need(home_cluster, company, what="Sähkön saanti", stage="open")
    wanted.terms.set([other_theme])
    association = factories.organisation("Etsijät ry", kind="association")
    fits = challenge_with(home_cluster, theme, organisation=association)
    answers = challenge_with(home_cluster, other_theme, organisation=association)

    found = words(lead)

    assert found[f"Fits your organisation: {company}"] == [
        (fits.title, "Because your capability “Sijaintilähetin” has the same theme"),
        (answers.title, "Because your need “Sähkön saanti” has the same theme"),
    ]
    assert [title for title, _why in words(member)["Fits you"]][:2] == [fits.title, answers.title]


def test_what_was_said_at_joining_counts_for_whom_may_read_it(
    outsider, lead, member, home_cluster, company, theme
):
    mine = challenge_with(home_cluster, theme)
    said = factories.membership(outsider, home_cluster, expectations=["theses"])
    said.interests.set([theme])
    company.memberships.get().interests.set([theme])
    topic = theses.topic(None, home_cluster)

    assert set(told(outsider)) == {
        (mine.pk, "fits", "interest"),
        (topic.pk, "fits", "expectation"),
    }
    assert (mine.pk, "fits", "interest") in told(lead)
    assert (mine.pk, "fits", "interest") not in told(member)


def test_student_is_told_by_field_of_study(outsider, home_cluster):
    field = Term.objects.filter(scheme="education_field").first()
    profile = theses.student_profile(outsider)
    profile.education_fields.add(field)
    topic = theses.topic(None, home_cluster, fields=(field.code,))
    theses.topic(None, home_cluster)

    assert told(outsider) == [(topic.pk, "fits", "student-field")]


def test_at_most_three_from_other_sectors(member, home_cluster):
    association = factories.organisation("Etsijät ry", kind="association")
    for _number in range(5):
        challenge_with(home_cluster, organisation=association)

    found = told(member)

    assert [group for _pk, group, _reason in found] == ["others"] * 3
    assert len(choice_of(member).left) == 2
    assert words(member)["From other sectors"][0][1] == (
        "Because it comes from another sector: Third sector"
    )


def test_twelve_at_most_the_near_first_and_the_rest_is_counted(outsider, home_cluster, theme):
    Follow.objects.create(user=outsider, about=theme)
    many = [challenge_with(home_cluster, theme) for _number in range(16)]
    near = projects.challenge(home_cluster, closes_at=timezone.now() + timedelta(days=3))
    near.terms.set([theme])

    choice = choice_of(outsider)

    assert len(choice.items) == 12
    assert (choice.items[0].thing.pk, choice.items[0].group) == (near.pk, "near")
    assert len(choice.left) == len(many) - 11


def test_at_most_five_deadlines_and_the_rest_of_the_room_is_for_what_is_new(
    outsider, home_cluster, theme
):
    Follow.objects.create(user=outsider, about=theme)
    for days in range(1, 9):
        soon = projects.challenge(home_cluster, closes_at=timezone.now() + timedelta(days=days))
        soon.terms.set([theme])
    for _number in range(9):
        challenge_with(home_cluster, theme)

    groups = [group for _pk, group, _reason in told(outsider)]

    assert groups == ["near"] * 5 + ["followed"] * 7
    assert len(choice_of(outsider).left) == 5


def test_what_only_the_neighbourhood_shares_is_told_apart_from_what_fits(
    member, home_cluster, theme, company
):
    said = factories.membership(member, home_cluster)
    said.interests.set([theme])
    company.sector = "authority"
    company.save()
    near = challenge_with(home_cluster)
    fits = challenge_with(home_cluster, theme)

    assert told(member) == [(fits.pk, "fits", "interest"), (near.pk, "new", "own-cluster")]
    assert near.title in dict(words(member)["New in the network"])


def test_thing_offered_as_new_and_as_closing_is_told_once(outsider, home_cluster):
    near = projects.challenge(home_cluster, closes_at=timezone.now() + timedelta(days=3))

    assert told(outsider) == [(near.pk, "near", "no-interests")]


@pytest.mark.parametrize("moved", [False, True])
def test_told_anew_only_when_the_day_has_moved(outsider, home_cluster, moved):
    mine = challenge_with(home_cluster)
    closes = timezone.now() + timedelta(days=9)
    DigestItem.objects.create(
        digest=Digest.objects.create(user=outsider, period="2020-W01"), user=outsider,
        section="new-challenges", group="fits", reason="no-interests", object_id=mine.pk,
        content_type=ContentType.objects.get_for_model(Challenge),
        day=(timezone.localdate(closes) - timedelta(days=moved)).isoformat(),
    )  # fmt: skip
    Challenge.objects.update(closes_at=closes)

    assert [pk for pk, *_rest in told(outsider)] == ([mine.pk] if moved else [])


def shown_expert(cluster, theme, **choices):
    """A private member who shows everything to everyone unless `choices` say otherwise."""
    person = factories.user(first_name="Eeva", last_name="Etsijä")
    factories.membership(person, cluster)
    plain = {"keywords": "etsintä", "summary": "", "background": "", "region": None}
    levels = {field.value: "public" for field in Field if field != Field.PHONE}
    return experts.save_all(
        person, experts.Told(plain, [theme], {}), {**levels, **choices}, show=True, by=person
    )


def test_expert_is_told_once_though_each_level_sees_another_face(company, home_cluster, theme):
    profile = shown_expert(home_cluster, theme)
    reader = factories.user()
    place = factories.affiliation(reader, company)
    Follow.objects.create(user=reader, about=theme)
    first = choice_of(reader)
    assert words(reader)["What you follow"][0][0] == "Eeva Etsijä"
    digest = Digest.objects.create(user=reader, period="2020-W01")
    DigestItem.objects.bulk_create(digests.items_of(digest, first))

    place.delete()

    assert [one.thing.pk for one in first.items] == [profile.pk]
    assert told(User.objects.get(pk=reader.pk)) == []


def test_expert_is_told_for_what_the_reader_sees_of_them_alone(company, home_cluster, theme):
    shown_expert(home_cluster, theme, expertise="members")
    inside, outside = factories.user(), factories.user()
    factories.affiliation(inside, company)
    for reader in (inside, outside):
        Follow.objects.create(user=reader, about=theme)

    assert [reason for _pk, _group, reason in told(inside)] == ["follow-theme"]
    assert told(outside) == []


def test_line_of_a_name_says_that_it_is_an_expert(outsider, home_cluster, theme):
    shown_expert(home_cluster, theme)
    Follow.objects.create(user=outsider, about=theme)
    items = digests.items_of(Digest(user_id=outsider.pk), choice_of(outsider))

    [part] = digest_words.parts_of(items, outsider)

    assert [(line.title, line.note) for line in part.lines] == [("Eeva Etsijä", "Asiantuntija")]


def test_line_says_what_it_is_before_whose_it_is(company, home_cluster, theme):
    things = [theses.topic(company, home_cluster), shown_expert(home_cluster, theme)]
    keys = [(ContentType.objects.get_for_model(one).pk, one.pk) for one in things]

    lines = digest_words.lines_of(keys, factories.user(is_superuser=True))

    assert [line.note for line in lines] == [f"Opinnäyteaihe · {company.title}", "Asiantuntija"]


def test_muted_theme_is_no_reason_and_a_muted_type_is_not_told(outsider, home_cluster, theme):
    challenge_with(home_cluster, theme)
    said = factories.membership(outsider, home_cluster)
    said.interests.set([theme])
    assert [reason for _pk, _group, reason in told(outsider)] == ["interest"]

    Follow.objects.create(user=outsider, about=theme, is_muted=True)
    assert [reason for _pk, _group, reason in told(outsider)] == ["own-cluster"]

    kind = ContentType.objects.get_for_model(Challenge)
    Follow.objects.create(user=outsider, about=kind, is_muted=True)
    assert told(outsider) == []


def test_stopping_to_follow_stops_what_was_composed(outsider, home_cluster, theme):
    challenge_with(home_cluster, theme)
    Follow.objects.create(user=outsider, about=theme)
    items = digests.items_of(Digest(user_id=outsider.pk), choice_of(outsider))
    assert digest_words.parts_of(items, outsider)

    Follow.objects.all().delete()

    assert digest_words.parts_of(items, outsider) == []


def test_reason_that_names_what_is_hidden_by_now_is_not_told(outsider, home_cluster, company):
    challenge_with(home_cluster, organisation=company)
    Follow.objects.create(user=outsider, about=company)
    items = digests.items_of(Digest(user_id=outsider.pk), choice_of(outsider))
    assert digest_words.parts_of(items, outsider)

    company.visibility = Visibility.PRIVATE
    company.save()

    assert digest_words.parts_of(items, outsider) == []


def post_themes(client, *themes, **values):
    page = reverse("following:interests")
    return client.post(page, {"themes": [one.pk for one in themes], **values}, follow=True)


def test_page_of_interests_ticks_what_counts_and_says_why(client, outsider, home_cluster, theme):
    said = factories.membership(outsider, home_cluster)
    said.interests.set([theme])
    client.force_login(outsider)

    page = client.get(reverse("following:interests"), headers={"accept-language": "en"})

    assert page.context["form"].initial["themes"] == [theme.pk]
    assert theme.label in page.content.decode()
    assert page.context["counted"] != []


def test_choosing_mutes_what_counts_anyway_and_follows_what_does_not(
    client, outsider, home_cluster, theme, other_theme
):
    said = factories.membership(outsider, home_cluster)
    said.interests.set([theme])
    client.force_login(outsider)

    post_themes(client, other_theme)
    assert set(Follow.objects.values_list("about_id", "is_muted")) == {
        (theme.pk, True),
        (other_theme.pk, False),
    }

    post_themes(client, theme)
    assert not Follow.objects.exists()


def test_types_and_regions_are_chosen_too(client, outsider, home_cluster):
    kind = ContentType.objects.get_for_model(Challenge)
    client.force_login(outsider)

    post_themes(client, types=[kind.pk], regions=[home_cluster.region.pk])

    assert set(Follow.objects.values_list("about_id", flat=True)) == {
        kind.pk,
        home_cluster.region.pk,
    }
    page = client.get(reverse("following:list")).content.decode()
    assert home_cluster.region.label in page


@pytest.mark.parametrize("bad", [["0"], ["x"], [str(2**63)], ["1\x00"]])
@pytest.mark.parametrize("field", ["themes", "regions", "types"])
def test_what_is_no_choice_is_refused(client, outsider, field, bad):
    client.force_login(outsider)

    response = client.post(reverse("following:interests"), {field: bad})

    assert response.status_code in {200, 400}
    assert not Follow.objects.exists()


def test_two_readers_are_told_the_same_only_where_their_interests_are_the_same(home_cluster):
    themes = list(Term.objects.filter(scheme="security_task")[:6])
    for one in themes:
        challenge_with(home_cluster, one)
    readers = [factories.user() for _number in range(12)]
    for number, reader in enumerate(readers):
        Follow.objects.create(user=reader, about=themes[number % 6])

    digest = {reader: tuple(pk for pk, *_rest in told(reader)) for reader in readers}

    for one in readers:
        for other in readers:
            same = one.follows.get().about_id == other.follows.get().about_id
            assert (digest[one] == digest[other]) == same


def test_pages_show_what_came_and_what_comes(client, outsider, home_cluster, theme):
    factories.verified(outsider)
    mine, other = challenge_with(home_cluster, theme), challenge_with(home_cluster)
    Follow.objects.create(user=outsider, about=theme)
    client.force_login(outsider)
    preview = client.get(reverse("digests:preview")).content.decode()
    assert mine.title in preview
    assert not Digest.objects.exists()
    round_ = today()
    outsider.date_joined = round_.opens_at - timedelta(days=1)
    outsider.save()

    digests.compose_chunk(round_, outsider.pk, outsider.pk, digests.Candidates())

    page = client.get(reverse("digests:detail", args=[round_.period])).content.decode()
    assert mine.title in page
    assert other.title in page
    assert round_.period in client.get(reverse("digests:list")).content.decode()
    assert mine.title not in client.get(reverse("digests:preview")).content.decode()


def test_digest_is_closed_to_others(client, outsider, member):
    Digest.objects.create(user=outsider, period="2026-W48")
    page = reverse("digests:detail", args=["2026-W48"])
    client.force_login(outsider)
    assert client.get(page).status_code == 200

    client.force_login(member)

    assert client.get(page).status_code == 404


def test_mail_of_twelve_huge_things_is_small_and_carries_its_styles(outsider, home_cluster, theme):
    factories.verified(outsider)
    Follow.objects.create(user=outsider, about=theme)
    for number in range(20):
        challenge_with(home_cluster, theme, title_fi=f"{number} <&> " * 24, summary_fi="<&> " * 80)
    outsider.date_joined = timezone.now() - timedelta(days=30)
    outsider.save()
    round_ = digest_rounds.Round("weekly", timezone.localdate() - timedelta(days=1))
    digests.compose_chunk(round_, outsider.pk, outsider.pk, digests.Candidates())

    letter = rendering.letter(OutboxMail.objects.get(kind="digest"))

    assert len(letter.html.encode()) < 100_000
    assert len(letter.text) > 1_000
    assert letter.html.count("<li style=") == 12
    assert "prefers-color-scheme" in letter.html
    assert "8 muuta uutta" in letter.text
