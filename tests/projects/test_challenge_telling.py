"""A challenge from the first words to its publishing."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import origin
from cluster_portal.core.database import sent_forms
from cluster_portal.core.errors import Refused
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from members.models import Capability
from members.models.kinds import Sector
from members.services import need_matching
from members.services.arrivals import answers_came
from projects.forms.challenges import ReadersForm
from projects.models import Challenge
from projects.services import challenge_matching, challenge_telling
from projects.services.challenges import move_challenge
from tests import factories
from tests.members import need_factories
from tests.projects import factories as make
from tests.races import at_once, slowly

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
PROPOSE = "/projects/challenges/propose/"
WHAT = {
    "title_fi": "Varavoiman riittävyys tapahtumissa",
    "background": "Sähkö katkeaa, ja vanhukset jäävät pimeään.",
    "need": "Siirrettävä varavoimakone, jonka riittävyys tiedetään.",
}


def given(organisation, **values):
    return {**WHAT, "organisation": organisation, "form_key": uuid.uuid4(), **values}


def mails(kind):
    return list(OutboxMail.objects.filter(kind=kind).values_list("recipient", flat=True))


def tell(client, user, company):
    client.force_login(user)
    sent = {**WHAT, "organisation": company.pk, "form_key": uuid.uuid4()}
    return client.post(PROPOSE, sent)


def test_challenge_is_told_in_four_steps(client, member, lead, office, company):
    first = tell(client, member, company)
    made = Challenge.objects.get()
    closes = timezone.localdate() + datetime.timedelta(days=30)
    second = client.post(
        first.url,
        {"limits": "Meluton.", "closes_on": closes.isoformat(), "scopes": ["regional"],
         "not_to_tell": "Kohteita ei nimetä.", "seen": made.stamp},
    )  # fmt: skip
    third = client.post(
        second.url,
        {"readers": "sectors", "named_sectors": ["business"], "summary_fi": "Kunta tarvitsee.",
         "has_teaser": "on"},
    )  # fmt: skip
    last = client.post(third.url, {"then": "submit"})

    made.refresh_from_db()
    assert last.url == made.get_absolute_url()
    assert (made.stage, made.organisation, made.teller) == ("in_review", company, member)
    assert timezone.localtime(made.closes_at).date() == closes
    assert (made.visibility, made.named_sectors) == ("group", ["business"])
    assert mails("challenge_submitted") == [office.pk]


def test_draft_is_kept_at_any_step(client, member, company):
    client.force_login(member)

    left = client.post(
        PROPOSE,
        {"title_fi": "Jotain puuttuu", "organisation": company.pk, "form_key": uuid.uuid4(),
         "then": "later"},
    )  # fmt: skip

    made = Challenge.objects.get()
    assert left.url == made.get_absolute_url()
    assert (made.stage, made.missing) == ("draft", ["background", "need", "summary_fi"])
    assert "Jatka haastetta" in client.get(left.url).content.decode()


def test_what_lacks_something_is_not_sent(member, company):
    made = challenge_telling.tell_challenge(given(company), by=member)

    with pytest.raises(Refused):
        move_challenge(made, "submit", by=member)

    made.refresh_from_db()
    assert made.stage == "draft"


@pytest.mark.parametrize(
    ("user", "status"),
    [("member", 200), ("lead", 200), ("office", 200), ("outsider", 404), ("other_lead", 404)],
)
def test_draft_is_opened_by_its_own_side(client, request, member, company, user, status):
    made = challenge_telling.tell_challenge(given(company), by=member)
    client.force_login(request.getfixturevalue(user))

    page = client.get(reverse("projects:challenge_tell", args=[made.slug, "check"]))

    assert page.status_code == status


def test_teller_who_has_left_edits_nothing_any_more(member, company):
    made = challenge_telling.tell_challenge(given(company), by=member)
    member.affiliations.all().delete()

    assert not Challenge.objects.editable_by(member).contains(made)


@pytest.mark.parametrize("person", [None, "outsider"])
def test_who_cannot_tell_one_reads_what_it_is_for(client, request, home_cluster, person):
    if person:
        client.force_login(request.getfixturevalue(person))

    page = client.get(PROPOSE)

    assert page.status_code == 200
    assert "Haaste ei ole hankintamenettely" in page.content.decode()
    assert client.post(PROPOSE, WHAT).status_code == 200
    assert not Challenge.objects.exists()


@pytest.mark.parametrize("field", ["title_fi", "background", "need"])
@pytest.mark.parametrize("text", ["Tämä on TL III aineistoa", "a" * 1_000_000])
def test_bad_text_is_refused_with_the_form(client, member, company, field, text):
    client.force_login(member)
    sent = {**WHAT, "organisation": company.pk, "form_key": uuid.uuid4(), field: text}

    page = client.post(PROPOSE, sent)

    assert page.status_code == 422
    assert not Challenge.objects.exists()


def test_other_editors_change_is_not_lost(member, lead, company):
    made = challenge_telling.tell_challenge(given(company), by=member)
    seen = made.stamp
    challenge_telling.edit_challenge(made, {"need": "Toinen."}, by=lead, seen=seen)

    with pytest.raises(Refused):
        challenge_telling.edit_challenge(made, {"need": "Kolmas."}, by=member, seen=seen)

    made.refresh_from_db()
    assert made.need == "Toinen."


def test_published_challenge_is_not_changed_by_its_form(client, home_cluster, company, lead):
    made = make.challenge(home_cluster, organisation=company)
    client.force_login(lead)

    page = client.post(reverse("projects:challenge_tell", args=[made.slug, "what"]), WHAT)

    made.refresh_from_db()
    assert page.url == made.get_absolute_url()
    assert made.need == "Tarve."


def test_need_is_continued_with_its_origin_both_ways(client, home_cluster, company, lead):
    need = need_factories.need(home_cluster, company, teller=lead, purpose="Pimeässä ei nähdä.")
    client.force_login(lead)
    starts = [row["url"] for row in origin.starts_of(need, lead)]
    address = next(url for url in starts if url.startswith(PROPOSE))

    form = client.get(address).context["form"]
    client.post(address, {**WHAT, "organisation": company.pk, "form_key": uuid.uuid4()})

    made = Challenge.objects.get()
    assert form.initial["need"] == "Pimeässä ei nähdä."
    assert made.from_need == need
    assert [row["url"] for row in origin.sources_of(made, lead)] == [need.get_absolute_url()]
    assert [row["title"] for row in origin.thread_of(need, lead)] == [made.title]


def test_need_of_another_is_not_continued(client, home_cluster, company, lead, other_lead):
    need = need_factories.need(home_cluster, company, teller=lead)

    assert [row for row in origin.starts_of(need, other_lead) if "challenge" in row["url"]] == []


@pytest.mark.parametrize(("sectors", "seen"), [(["business"], True), (["research"], False)])
def test_named_sector_reads_a_graded_challenge(home_cluster, company, other_lead, sectors, seen):
    assert other_lead.affiliations.get().organisation.sector == Sector.BUSINESS
    owner = factories.organisation("Kunta", kind="municipality")
    made = make.challenge(
        home_cluster, organisation=owner, visibility="group", named_sectors=sectors
    )

    assert Challenge.objects.visible_to(other_lead).contains(made) is seen


def test_former_member_of_a_named_sector_reads_nothing(home_cluster, other_lead):
    owner = factories.organisation("Kunta", kind="municipality")
    made = make.challenge(
        home_cluster, organisation=owner, visibility="group", named_sectors=["business"]
    )
    company = other_lead.affiliations.get().organisation
    company.memberships.update(stage="ended", until=YESTERDAY)

    assert not Challenge.objects.visible_to(other_lead).contains(made)


def fitting(home_cluster, company, other_lead, **values):
    made = make.challenge(home_cluster, organisation=company, **{**WHAT, **values})
    provider = other_lead.affiliations.get().organisation
    need_factories.power(provider, home_cluster)
    return made


def test_owner_of_what_fits_is_told_once_and_why(home_cluster, company, lead, other_lead):
    fitting(home_cluster, company, other_lead)

    assert challenge_matching.match_next()
    Challenge.objects.update(matched_at=None)
    challenge_matching.match_next()

    assert mails("challenge_for_you") == [other_lead.pk]
    told = letter(OutboxMail.objects.get(kind="challenge_for_you"))
    assert "Varavoiman riittävyys" in told.text
    assert "Siirrettävä varavoimakone" in told.text
    assert not challenge_matching.match_next()


def test_who_may_not_read_it_is_told_nothing(home_cluster, company, lead, other_lead):
    fitting(home_cluster, company, other_lead, visibility="group", named_sectors=["research"])

    challenge_matching.match_next()

    assert mails("challenge_for_you") == []


def test_who_may_not_propose_is_told_nothing(home_cluster, company, lead, other_lead):
    fitting(home_cluster, company, other_lead, proposer_sectors=["research"])

    challenge_matching.match_next()

    assert mails("challenge_for_you") == []


def named(home_cluster, company, *organisations, **values):
    values = {**WHAT, "visibility": "group", **values}
    made = make.challenge(home_cluster, organisation=company, **values)
    made.named_organisations.set(organisations)
    return made


@pytest.mark.parametrize(("sectors", "said"), [([], "tee ehdotus"), (["public"], "kysy siitä")])
def test_who_is_named_is_told_though_no_capability_fits(
    home_cluster, company, lead, other_lead, sectors, said
):
    provider = other_lead.affiliations.get().organisation
    named(home_cluster, company, provider, proposer_sectors=sectors)

    challenge_matching.match_next()

    assert mails("challenge_for_you") == [other_lead.pk]
    told = letter(OutboxMail.objects.get(kind="challenge_for_you"))
    assert "yksi harvoista" in told.text
    assert said in told.text
    assert "Mikä sopii" not in told.text


def test_names_of_an_earlier_choice_are_told_nothing(home_cluster, company, lead, other_lead):
    named(home_cluster, company, other_lead.affiliations.get().organisation, visibility="members")

    challenge_matching.match_next()

    assert mails("challenge_for_you") == []


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"visibility": "members"}, ["Osaaja Oy"]), ({"visibility": "group"}, ["Nimetty Oy"]),
        ({"visibility": "members", "proposer_sectors": ["research"]}, []),
    ],
)  # fmt: skip
def test_teller_sees_before_publishing_who_will_be_told(
    client, home_cluster, company, lead, values, names
):
    provider, person = factories.organisation("Osaaja Oy"), factories.user()
    factories.membership(provider, home_cluster)
    factories.affiliation(person, provider, role="contact")
    need_factories.power(provider, home_cluster)
    chosen = factories.organisation("Nimetty Oy")
    made = make.challenge(home_cluster, organisation=company, stage="draft", **{**WHAT, **values})
    made.named_organisations.add(chosen)
    client.force_login(lead)

    page = client.get(reverse("projects:challenge_tell", args=[made.slug, "check"]))

    assert [row["name"] for row in page.context["told"]] == names
    facts = {row["name"]: row["value"] for row in page.context["facts"]}
    is_named = values["visibility"] == "group"
    assert facts.get("Nimetyt organisaatiot") == ("Nimetty Oy" if is_named else None)


def test_capability_that_comes_later_is_told_once_and_why(home_cluster, company, lead, other_lead):
    made = make.challenge(home_cluster, organisation=company, **WHAT)
    challenge_matching.match_next()
    need_factories.power(other_lead.affiliations.get().organisation, home_cluster)
    later = Capability.objects.get()
    for _time in range(2):  # published, then confirmed anew
        answers_came("capabilities", later.pk)
        need_matching.match_next()

    assert mails("challenge_for_you") == [other_lead.pk]
    told = OutboxMail.objects.get(kind="challenge_for_you")
    assert told.about == made
    assert "Siirrettävä varavoimakone" in letter(told).text


@pytest.mark.parametrize(
    "values",
    [
        {"stage": "closed"}, {"visibility": "group", "named_sectors": ["research"]},
        {"proposer_sectors": ["research"]},
    ],
)  # fmt: skip
def test_later_capability_is_told_of_no_challenge_that_it_cannot_answer(
    home_cluster, company, lead, other_lead, values
):
    make.challenge(home_cluster, organisation=company, **WHAT, **values)
    need_factories.power(other_lead.affiliations.get().organisation, home_cluster)

    answers_came("capabilities", Capability.objects.get().pk)
    need_matching.match_next()

    assert mails("challenge_for_you") == []


def test_draft_of_a_capability_is_told_of_nothing(home_cluster, company, lead, other_lead):
    make.challenge(home_cluster, organisation=company, **WHAT)
    need_factories.power(other_lead.affiliations.get().organisation, home_cluster)
    Capability.objects.update(stage="unconfirmed")

    answers_came("capabilities", Capability.objects.get().pk)
    need_matching.match_next()

    assert mails("challenge_for_you") == []


def test_page_says_why_it_is_shown(client, home_cluster, company, lead, other_lead):
    made = fitting(home_cluster, company, other_lead)
    client.force_login(factories.verified(other_lead))

    assert len(client.get(made.get_absolute_url()).context["why"]) == 1


def test_list_counts_the_levels(client, home_cluster):
    make.challenge(home_cluster, scopes=["regional", "national"])
    make.challenge(home_cluster, scopes=["national"])
    make.challenge(home_cluster, scopes=["national"], stage="unmatched", decided_at=timezone.now())

    stats = client.get("/projects/challenges/").context["stats"]
    narrowed = client.get("/projects/challenges/?level=regional")

    counted = {str(each["label"]): each["value"] for each in stats}
    assert counted == {
        "Avoin": "2", "Ratkaisua ei löytynyt": "1", "Alueellinen": "1", "Kansallinen": "3",
    }  # fmt: skip
    assert len(narrowed.context["page"]) == 1


def tell_twice(home_cluster, monkeypatch):
    owner, person = factories.organisation("Kertoja Oy"), factories.user()
    factories.membership(owner, home_cluster)
    factories.affiliation(person, owner)
    step = slowly(monkeypatch, challenge_telling.search, "reindex")
    values = given(owner)
    return at_once(
        *[lambda: challenge_telling.tell_challenge(dict(values), by=person)] * 2, step=step
    )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_form_sent_twice_at_once_makes_one_challenge(home_cluster, monkeypatch):
    assert tell_twice(home_cluster, monkeypatch) == []
    assert Challenge.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twin_that_does_not_take_turns_fails(home_cluster, monkeypatch):
    monkeypatch.setattr(sent_forms, "_take_turns", lambda form_key: None)

    assert len(tell_twice(home_cluster, monkeypatch)) == 1


def test_readers_that_a_coordinator_has_set_stay(challenge, poster):
    challenge.visibility = "cluster"
    gone = factories.organisation("Lähtenyt Oy")
    challenge.named_organisations.set([gone])

    form = ReadersForm(user=poster, challenge=challenge)

    chosen = [each.choice_label for each, _words in form.reader_options if each.data["selected"]]
    assert chosen == ["Kotiklusterin jäsenet"]
    assert gone in form.fields["named_organisations"].queryset
    assert all(words for _each, words in form.reader_options[1:])
