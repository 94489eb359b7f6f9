import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cluster_portal.core import search
from cluster_portal.core.vocabulary import Term
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending.rendering import letter
from cluster_portal.notifications.services import following
from members.models import NeedMatch
from members.pages import need_page
from projects.models import CallFit, FundingCall, ProjectEditor
from projects.pages import call_fits
from projects.services import call_matching
from projects.services.arrivals import content_came
from tests import factories
from tests.members import need_factories as needs
from tests.projects import factories as make

LIST = "/projects/calls/"
SUBJECT = "Pelastuskoirat ja anturit kadonneen etsinnässä"


def ahead(days):
    return timezone.now() + datetime.timedelta(days=days)


def call(cluster, title=SUBJECT, terms=(), **values):
    made = make.call(cluster, title_fi=title, **values)
    made.terms.set(terms)
    search.reindex(made)
    return made


def idea(cluster, title=SUBJECT, terms=(), **values):
    made = make.project(cluster, title_fi=title, **{"stage": "idea", **values})
    made.terms.set(terms)
    search.reindex(made)
    return made


def match_all():
    while call_matching.match_next():
        pass


def pairs():
    return set(CallFit.objects.values_list("call", "project"))


def notices():
    return OutboxMail.objects.filter(kind="calls_for_ideas").order_by("pk")


def test_call_and_idea_of_one_subject_fit_and_others_do_not(home_cluster):
    fitting, wanted = call(home_cluster), idea(home_cluster)
    call(home_cluster, title="Hitsaajien koulutus")
    idea(home_cluster, title="Ruokaketju")
    idea(home_cluster, stage="running")

    match_all()

    assert pairs() == {(fitting.pk, wanted.pk)}


@pytest.mark.parametrize("first", ["call", "idea"])
def test_whichever_comes_later_is_matched(first, home_cluster):
    makers = {"call": call, "idea": idea}
    makers.pop(first)(home_cluster)
    match_all()
    assert pairs() == set()
    (later,) = makers.values()
    later(home_cluster)

    match_all()

    assert len(pairs()) == 1


def test_what_has_changed_is_matched_again(home_cluster):
    one, wanted = call(home_cluster), idea(home_cluster)
    match_all()
    assert pairs()
    one.title_fi = "Hitsaajien koulutus"
    one.save()
    search.reindex(one)
    match_all()
    assert pairs() == set()

    wanted.title_fi = "Hitsaajien täydennyskoulutus"
    wanted.save()
    search.reindex(wanted)
    match_all()

    assert pairs() == {(one.pk, wanted.pk)}
    assert not call_matching.match_next()


def test_closed_call_waits_for_nothing_and_is_shown_nowhere(home_cluster, member):
    call(home_cluster, opens_at=ahead(-9), closes_at=ahead(-1))
    wanted = idea(home_cluster)
    match_all()
    assert pairs() == set()
    over = call(home_cluster)
    match_all()
    FundingCall.objects.filter(pk=over.pk).update(opens_at=ahead(-9), closes_at=ahead(-1))

    assert call_fits.calls_for(wanted, member) == []
    assert call_fits.ideas_beside_list(member) == []


def test_reasons_are_told_in_words_both_ways(client, home_cluster, member):
    theme = Term.objects.get(scheme="vital_function", code="defence")
    one, wanted = call(home_cluster, terms=[theme]), idea(home_cluster, terms=[theme])
    match_all()
    client.force_login(member)

    of_idea = client.get(wanted.get_absolute_url()).content.decode()
    of_call = client.get(one.get_absolute_url()).content.decode()

    for page, other in ((of_idea, one), (of_call, wanted)):
        assert other.get_absolute_url() in page
        assert "Yhteistä: " in page
        assert f"Yhteiset teemat: {theme.label}" in page


def test_call_of_another_region_is_a_doubt(home_cluster, member):
    region, other = (Term.objects.get(scheme="region", code=code) for code in ("06", "11"))
    owner = factories.organisation(region=region)
    here, there = call(home_cluster, terms=[region]), call(home_cluster, terms=[other])
    wanted = idea(home_cluster, organisation=owner)
    match_all()

    said = {
        row["url"]: [reason.get("fit") for reason in row["reasons"]]
        for row in call_fits.calls_for(wanted, member)
    }

    assert said[here.get_absolute_url()] == [None, None]
    assert said[there.get_absolute_url()] == [None, "partly"]


def test_list_counts_and_names_only_ideas_that_the_reader_sees(client, home_cluster, member):
    one = call(home_cluster)
    seen, hidden = idea(home_cluster), idea(home_cluster, visibility="private")
    match_all()
    assert len(pairs()) == 2
    client.force_login(member)

    page = client.get(LIST)

    assert [row["fitting"] for row in page.context["page"]] == [1]
    assert [row["url"] for row in page.context["ideas"]] == [seen.get_absolute_url()]
    assert hidden.get_absolute_url() not in client.get(one.get_absolute_url()).content.decode()


def test_hidden_call_is_no_fit_of_an_idea(home_cluster, member):
    call(home_cluster, visibility="private")
    wanted = idea(home_cluster)
    match_all()

    assert call_fits.calls_for(wanted, member) == []


def test_whose_idea_a_new_call_fits_is_told_once_for_all(home_cluster, company, lead):
    follower = factories.user()
    author, editor = factories.user(), factories.user()
    ideas = [idea(home_cluster, organisation=company), idea(home_cluster, author=author)]
    following.follow(ideas[0], by=follower)
    for person, stage in ((editor, "accepted"), (factories.user(), "asked")):
        ProjectEditor.objects.create(project=ideas[1], user=person, stage=stage)
    calls = [call(home_cluster) for _each in range(3)]

    match_all()
    calls[0].summary_fi = "Muutettu."
    calls[0].save()
    match_all()

    told = sorted(notices().values_list("recipient", flat=True))
    assert told == sorted(person.pk for person in (lead, follower, author, editor))
    assert all(letter(notice).text for notice in notices())


def test_notice_tells_each_idea_with_its_reason(home_cluster, company, lead):
    one, wanted = call(home_cluster), idea(home_cluster, organisation=company)
    match_all()

    with translation.override("fi"):
        said = letter(notices().get()).text

    assert one.title_fi in said
    assert wanted.title_fi in said
    assert "Yhteistä: " in said
    assert "klo" in said


def test_matching_a_changed_idea_tells_nobody(home_cluster, company, lead):
    call(home_cluster)
    match_all()
    idea(home_cluster, organisation=company)
    match_all()

    assert pairs()
    assert not notices().exists()


def test_muted_follower_and_stranger_are_told_nothing(home_cluster):
    wanted, follower = idea(home_cluster), factories.user()
    following.follow(wanted, by=follower)
    following.mute(wanted, by=follower, muted=True)
    call(home_cluster)

    match_all()

    assert not notices().exists()


def test_matching_asks_as_much_for_many_ideas_as_for_few(home_cluster):
    def asked(number):
        for _each in range(number):
            idea(home_cluster)
        match_all()
        call(home_cluster)
        with CaptureQueriesContext(connection) as found:
            call_matching.match_next()
        return len(found)

    assert asked(2) == asked(5)


def test_open_call_answers_a_need_for_funding_alone(home_cluster, company, lead):
    wanted = needs.need(home_cluster, company, teller=lead, kind="funding", what=SUBJECT)
    needs.need(home_cluster, company, teller=lead, kind="solution", what=SUBJECT)
    needs.match_all()
    call(home_cluster, opens_at=ahead(-9), closes_at=ahead(-1))
    one = call(home_cluster)

    for each in FundingCall.objects.all():
        content_came(each)
    needs.match_all()

    found = NeedMatch.objects.filter(answers="calls").values_list("need", "object_id")
    assert list(found) == [(wanted.pk, one.pk)]
    shown = need_page.complete(lead).get(pk=wanted.pk)
    rows = need_page.fit_rows(shown, list(shown.matches.all()), lead)
    assert [(row["title"], row["url"]) for row in rows] == [(SUBJECT, one.get_absolute_url())]
    assert rows[0]["reasons"]


def test_reason_quotes_only_what_the_page_shows_in_the_readers_language(home_cluster, member):
    one = call(home_cluster, title="Tutkimushaku", summary_sv="Motståndskraft mot katastrofer.")
    one.title_fi = "Kestävyys"
    wanted = idea(home_cluster, title="Kriisinkestävyys ja resilienssi")

    finnish = call_matching.explained(one, wanted)
    with translation.override("sv"):
        swedish = call_matching.explained(one, wanted)

    assert not any("otståndskraft" in reason for reason in finnish.reasons)
    assert any("otståndskraft" in reason for reason in swedish.reasons)
