"""The situation review: begun, assessed, proposed, agreed with, approved, sent as a letter."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core.errors import Refused
from cluster_portal.knowledge import desk, exports
from cluster_portal.knowledge.models import Agreement, Evaluation, SituationReview, reviews
from cluster_portal.knowledge.services import situation
from cluster_portal.notifications.models import Letter, OutboxMail
from cluster_portal.notifications.sending.rendering import letter as rendered
from tests import factories
from tests.knowledge import situation_factories as make

SEEN = {
    "draft": "office admin",
    "proposed": "member lead other_lead office admin",
    "approved": "visitor outsider member lead other_lead office other_office admin",
}


@pytest.mark.parametrize("stage", SEEN)
def test_who_sees_a_review(stage, cast, home_cluster):
    make.review(home_cluster, stage=stage)

    seen = {who for who, user in cast.items() if SituationReview.objects.visible_to(user).exists()}

    assert seen == set(SEEN[stage].split())


def test_review_of_a_quarter_is_begun_once_from_the_last_one(home_cluster, office):
    last = make.review(home_cluster, starts_on=datetime.date(2026, 4, 1))
    last.assessments.update(reasons_sv="Gränserna håller.")

    first = situation.begin_review(home_cluster, datetime.date(2026, 8, 20), by=office)
    again = situation.begin_review(home_cluster, datetime.date(2026, 9, 1), by=office)

    assert first == again
    assert first.starts_on == datetime.date(2026, 7, 1)
    words = first.assessments.values_list("reasons_fi", "reasons_sv")
    assert list(words) == [("Rajat pitävät.", "")] * 4


def test_review_needs_every_theme_before_it_is_proposed(home_cluster, office):
    review = make.review(home_cluster, stage="draft")
    review.assessments.first().delete()

    with pytest.raises(Refused, match="Puuttuu: Luonnononnettomuudet"):
        situation.move_review(review, "propose", by=office)


def test_contacts_of_members_are_asked_and_their_last_word_stands(
    home_cluster, office, lead, company, member
):
    review = make.review(home_cluster, stage="draft")
    situation.move_review(review, "propose", by=office)
    mail = OutboxMail.objects.get(kind="review_proposed", recipient=lead)
    assert "Alue on vakaa." in rendered(mail).text

    situation.agree(review, company, agrees=True, otherwise="", by=lead)
    situation.agree(review, company, agrees=False, otherwise="Teema 3 on keltainen.", by=lead)

    assert [(row.agrees, row.otherwise) for row in Agreement.objects.all()] == [
        (False, "Teema 3 on keltainen.")
    ]
    [exported] = exports.opinions(lead)
    assert exported["otherwise"] == "Teema 3 on keltainen."
    assert exports.opinions(member) == []
    with pytest.raises(Refused):
        situation.agree(review, company, agrees=True, otherwise="", by=member)
    with pytest.raises(Refused):
        situation.agree(review, company, agrees=False, otherwise=" ", by=lead)


def test_what_was_said_of_an_earlier_proposal_does_not_count(home_cluster, office, lead, company):
    review = make.review(home_cluster, stage="proposed")
    situation.agree(review, company, agrees=True, otherwise="", by=lead)
    situation.move_review(review, "send_back", by=office, reason="Luku korjattava")

    situation.move_review(review, "propose", by=office)

    assert not Agreement.objects.exists()
    with pytest.raises(Refused):
        situation.move_review(review, "approve", by=office)  # without saying where


def test_from_draft_to_letter_in_the_browser(home_cluster, office, client):
    review = make.review(home_cluster, stage="draft", assessed=False)
    client.force_login(office)
    edit = reverse("situation:review_edit", args=[review.slug])
    values = {"seen": review.stamp, "lead_fi": "Kaksi teemaa punaisella.", "meaning_fi": "Siis."}
    for theme in reviews.themes():
        values |= {
            f"level_{theme.pk}": "red", f"trend_{theme.pk}": "worse",
            f"forecast_{theme.pk}": "red", f"reasons_fi_{theme.pk}": "Raja ylittyi.",
        }  # fmt: skip

    assert "<h1></h1>" not in "".join(client.get(edit).content.decode().split())
    client.post(edit, values)
    stale = client.post(edit, values)
    assert stale.status_code == 422
    page = reverse("situation:review", args=[review.slug])
    client.post(f"{page}move/propose/")
    client.post(f"{page}move/approve/", {"reason": "Ohjausryhmä 4/2026"})
    answer = client.post(f"{page}letter/")
    client.post(f"{page}letter/")

    review.refresh_from_db()
    letter = Letter.objects.get()
    assert review.approved_in == "Ohjausryhmä 4/2026"
    assert answer.url.endswith(f"/admin/notifications/letter/{letter.pk}/change/")
    assert "Punainen, heikkenee.** Raja ylittyi." in letter.body_fi
    assert (letter.subject_sv, letter.body_sv) == ("", "")  # nothing was written in Swedish
    assert letter.audience == ["members"]
    shown = client.get(page).content.decode()
    assert "Hyväksytty" in shown
    assert "Avaa kirje" in shown


@pytest.mark.parametrize("stage", ["draft", "scheduled", "sent"])
def test_corrected_review_is_sent_as_a_letter_of_its_own(stage, home_cluster, office):
    review = make.review(home_cluster, lead_fi="Vanha lause.")
    old = situation.write_letter(review, by=office)
    now = timezone.now()
    moments = {"scheduled": {"send_at": now}, "sent": {"sent_at": now, "composed_at": now}}
    Letter.objects.filter(pk=old.pk).update(stage=stage, **moments.get(stage, {}))
    review = situation.move_review(review, "reopen", by=office, reason="Luku oli väärin")
    review = situation.edit_review(
        review, {"lead_fi": "Uusi lause."}, {}, by=office, seen=review.stamp
    )
    situation.move_review(review, "propose", by=office)
    situation.move_review(review, "approve", by=office, reason="Johtoryhmä")

    new = situation.write_letter(review, by=office)

    assert "Uusi lause." in new.body_fi
    assert Letter.objects.filter(pk=old.pk).exists() is (stage == "sent")


def test_hidden_organisation_is_counted_and_not_named(home_cluster, client, office):
    review = make.review(home_cluster)
    make.measurement(make.indicator(home_cluster))
    for visibility, agrees in (("public", True), ("private", True), ("private", False)):
        other = factories.organisation(f"{visibility} {agrees} Oy", visibility=visibility)
        factories.membership(other, home_cluster)
        Agreement.objects.create(
            review=review, organisation=other, agrees=agrees,
            otherwise="" if agrees else "Teema 3 on keltainen.",
        )  # fmt: skip

    pages = [client.get(review.get_absolute_url()).text, client.get("/situation/?region=06").text]
    client.force_login(office)
    whole = client.get(review.get_absolute_url()).text

    for page in pages:
        assert "public True Oy" in page
        assert "private" not in page
        assert "keltainen" not in page
        assert "2 organisaatiota on jätetty nimeämättä." in page
    assert "private False Oy" in whole
    assert "nimeämättä" not in whole


def test_colour_needs_its_reason(home_cluster, office, client):
    review = make.review(home_cluster, stage="draft", assessed=False)
    client.force_login(office)
    theme = reviews.themes()[0]

    answer = client.post(
        reverse("situation:review_edit", args=[review.slug]),
        {"seen": review.stamp, f"level_{theme.pk}": "red", f"trend_{theme.pk}": "worse",
         f"forecast_{theme.pk}": "red"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "Perustele tila suomeksi." in answer.content.decode()


def test_later_figures_do_not_change_an_earlier_review(home_cluster, client):
    one = make.indicator(home_cluster)
    make.measurement(one, 5)
    make.measurement(one, 77, starts_on=datetime.date(2026, 10, 1))
    review = make.review(home_cluster)

    page = client.get(review.get_absolute_url()).content.decode()

    assert "5,0" in page
    assert "77" not in page


def test_coordinator_tells_what_a_pilot_told(home_cluster, office, member, client):
    one = make.indicator(home_cluster)
    url = reverse("situation:evaluation_new")
    client.force_login(member)
    assert client.get(url).status_code == 404
    client.force_login(office)
    values = {
        "home_cluster": home_cluster.pk, "title_fi": "Pilotti kahdessa maakunnassa",
        "began_on": "2026-01-01", "ended_on": "2026-06-30", "tried_fi": "Kokeiltiin <b>",
        "told_fi": "Opittiin.", "verdict": "change", "indicators": [one.pk],
    }  # fmt: skip

    answer = client.post(url, values, follow=True)

    made = Evaluation.objects.get()
    page = answer.content.decode()
    assert list(made.indicators.all()) == [one]
    assert one.name in page
    assert "Jatkuu muutettuna" in page
    assert "<b>" not in page
    early = client.post(url, {**values, "ended_on": "2025-06-30"})
    assert early.status_code == 422


def test_second_of_two_editors_of_an_evaluation_is_told(home_cluster, office, client):
    made = make.evaluation(home_cluster)
    client.force_login(office)
    url = reverse("situation:evaluation_edit", args=[made.slug])
    fields = ("title_fi", "began_on", "ended_on", "tried_fi", "told_fi", "verdict")
    values = {name: getattr(made, name) for name in fields} | {
        "home_cluster": home_cluster.pk, "seen": made.stamp,
    }  # fmt: skip
    assert f'name="seen" value="{made.stamp}"' in client.get(url).text

    first = client.post(url, {**values, "told_fi": "Ensimmäinen."})
    second = client.post(url, {**values, "told_fi": "Toinen."})

    assert (first.status_code, second.status_code) == (302, 422)
    assert Evaluation.objects.get().told_fi == "Ensimmäinen."
    assert "Ensimmäinen." in second.text


def test_review_stands_in_the_feed_search_and_on_the_front_page(home_cluster, client):
    review = make.review(home_cluster, lead_fi="Sähkökatkot huolettavat.")

    for path in ("/situation/reviews/feed.xml", "/search/?q=sähkökatko", "/"):
        assert review.get_absolute_url() in client.get(path).content.decode()


def test_statements_of_the_overview_do_not_grow(
    home_cluster, client, django_assert_max_num_queries
):
    for code in ("06", "11", "12"):
        for _each in range(3):
            make.measurement(make.indicator(home_cluster), 4, region=factories.region(code))
    make.review(home_cluster)

    with django_assert_max_num_queries(20):
        client.get("/situation/?region=06")


def test_review_stands_on_the_desk_of_who_is_asked_until_they_have_answered(
    home_cluster, lead, member, other_lead, company, client
):
    review = make.review(home_cluster, stage="proposed")

    asked = [user for user in (lead, member, other_lead) if desk.asked_opinion(user).exists()]
    client.force_login(lead)
    page = client.get("/me/").content.decode()
    situation.agree(review, company, agrees=True, otherwise="", by=lead)

    assert asked == [lead, other_lead]
    assert "Tilannekatsaukset, joihin pyydetään kantaamme" in page
    assert f'href="{review.get_absolute_url()}"' in page
    assert not desk.asked_opinion(lead).exists()
