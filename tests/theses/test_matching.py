"""Who fits whom: each hard constraint, the order, the reasons, and what they must not tell."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cluster_portal.core import search
from cluster_portal.core.matching.stored import MatchFeatures
from cluster_portal.core.vocabulary import Term
from tests import factories
from tests.theses import factories as made
from theses import matching
from theses.models import Dismissal, Topic
from theses.models.terms import term_of
from theses.services import seats

pytestmark = pytest.mark.server


FIELD = "06"
TEXT = "Selvitetään kiristyshaittaohjelmasta toipumista ja varmuuskopioiden palauttamista."


def field(code: str = FIELD) -> Term:
    return Term.objects.get(scheme="education_field", code=code)


@pytest.fixture
def profile(student):
    seeker = made.student_profile(
        student, interests="Kyberturvallisuus ja varmuuskopiot kiinnostavat.", is_remote=False
    )
    seeker.education_fields.add(field())
    seeker.regions.add(factories.region("06"))
    return seeker


@pytest.fixture
def fitting(company, home_cluster):
    """Builds a topic that fits the profile but for what is given."""

    def build(**values):
        values = {"title": "Kiristyshaittaohjelmasta toipuminen", "description": TEXT, **values}
        values.setdefault("region", factories.region("06"))
        return made.topic(company, home_cluster, fields=(FIELD,), **values)

    return build


def found(profile):
    return [match.object for match in matching.topics_for(profile, profile.user, 20)]


def test_a_topic_that_fits_is_found_before_and_after_its_features_are_stored(profile, fitting):
    topic = fitting()

    before = found(profile)
    search.reindex(topic)

    assert before == found(profile) == [topic]
    assert topic.stored_features.get().weights


@pytest.mark.parametrize("is_indexed", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        {"levels": ["master"]},
        {"languages": ["sv"]},
        {"region": None},
        {"stage": "reserved"},
        {"closes_on": datetime.date(2020, 1, 1)},
        {"visibility": "members"},
        {"visibility": "private"},
    ],
    ids=["level", "language", "place", "taken", "closed", "members", "private"],
)
def test_no_topic_that_breaks_a_constraint_is_found(profile, fitting, values, is_indexed):
    right = fitting()
    fitting(**values)
    if is_indexed:
        search.reindex(Topic.objects.all())

    assert found(profile) == [right]


def test_place_is_open_to_her_who_names_none_and_remote_needs_both(profile, fitting):
    far = fitting(region=factories.region("19"), is_remote=True)

    assert found(profile) == []

    profile.is_remote = True
    assert found(profile) == [far]

    profile.is_remote = False
    profile.regions.clear()
    assert found(profile) == [far]


def test_unpaid_topics_are_not_for_her_who_needs_pay(profile, fitting):
    fitting(pay="no")
    paid = fitting(pay="yes")
    profile.wants_pay = True

    assert found(profile) == [paid]


def test_a_topic_begins_before_she_has_to_be_ready(profile, fitting):
    today = timezone.localdate()
    fitting(starts_on=today + datetime.timedelta(days=100))
    soon = fitting(starts_on=today + datetime.timedelta(days=10))
    profile.available_until = today + datetime.timedelta(days=50)

    assert found(profile) == [soon]


def test_a_topic_of_one_school_is_for_its_students(profile, fitting):
    school = factories.organisation("Tampereen ammattikorkeakoulu")
    topic = fitting(school=school)

    assert found(profile) == []

    profile.school = school
    assert found(profile) == [topic]


def test_what_she_has_applied_to_or_offers_herself_is_not_suggested(profile, fitting):
    made.application(fitting(), profile.user)
    fitting(contact=profile.user)

    assert found(profile) == []


def test_another_students_idea_is_hers(profile, home_cluster):
    made.idea(factories.user(), home_cluster, title="Varmuuskopiot", description=TEXT)
    profile.regions.clear()

    assert found(profile) == []


def test_content_decides_the_order_and_another_field_weighs_little(
    profile, fitting, company, home_cluster
):
    fish = made.topic(
        company,
        home_cluster,
        fields=("08",),
        title="Verkkojen saalis",
        description="Kalastajien aineisto ja varmuuskopiot paperilla.",
        region=factories.region("06"),
    )
    other = fitting(title="Kirjanpidon rutiinit", description="Laskutus ja palkanlaskenta.")
    right = fitting()

    assert found(profile)[0] == right
    assert fish not in found(profile)[:1]
    assert other not in found(profile)  # a field in common is no reason


@pytest.mark.parametrize(
    ("interests", "language"),
    [
        ("Ransomware and backup copies.", "en"),
        ("Utpressningsprogram och säkerhetskopior.", "sv"),
        ("Lunnasohjelmat.", "fi"),
    ],
)
def test_the_same_thing_is_found_in_other_words_and_languages(
    profile, fitting, interests, language
):
    fitting(title="Taloushallinnon robotiikka", description="Laskujen käsittely.")
    right = fitting()
    profile.interests, profile.languages = interests, ["fi"]

    assert found(profile)[0] == right
    assert any("kiristyshaittaohjelma" in r.lower() for r in reasons(profile, right))


@pytest.mark.parametrize(
    ("interests", "title"),
    [
        ("Hjärtstartare och hjälp åt andra", "Kylän elvytystaidot"),
        ("When staff are exhausted", "Kuljettajien väsymys hälytysajossa"),
        ("Elen går i byn", "Sähkökatko maatilalla"),
        ("Valemedia", "Deepfake-videot koulussa"),
        ("Kuvittaminen", "Verkkosivujen visuaalinen ilme"),
        ("Bridges", "Teräsrakenteiden kantavuus"),
        ("Biogas", "Hälytysajoneuvojen polttoaineet"),
        ("Yrityskaupat", "Sukupolvenvaihdos konepajalla"),
    ],
)
def test_everyday_words_of_a_subject_lead_to_it(profile, fitting, interests, title):
    fitting(title="Taloushallinnon rutiinit", description="Laskujen käsittely.")
    right = fitting(title=title, description="Aihe on kuvattu otsikossa.")
    fitting(title="Laskennan aikataulut", description="Tilinpäätöksen vaiheet.")
    profile.interests, profile.languages = interests, ["fi"]

    assert found(profile)[0] == right


def reasons(profile, topic):
    matches = matching.topics_for(profile, profile.user, 20)
    return next(match.reasons for match in matches if match.object == topic)


def test_a_theme_finds_the_topic_that_writes_it_out(profile, fitting):
    fitting(title="Taloushallinnon robotiikka", description="Laskujen käsittely.")
    right = fitting(title="Backup power of shelters", description="Generators in outages.")
    profile.interests = ""
    profile.terms.add(Term.objects.get(scheme="security_task", code="backup-power"))

    assert found(profile)[0] == right


def test_what_she_says_she_does_not_want_counts_against(profile, fitting):
    unwanted = fitting()
    wanted = fitting(title="Sovelluksen käytettävyys", description="Käyttäjätestejä.")
    profile.interests = "Haluan tehdä sovelluksia. En halua tehdä kyberturvaa."

    assert found(profile).index(wanted) < [*found(profile), unwanted].index(unwanted)


def test_reasons_are_in_the_readers_language(profile, fitting):
    topic = fitting()
    label = field()

    with translation.override("sv"):
        told = reasons(profile, topic)

    assert any(label.label_sv in reason for reason in told)
    assert any("Birkaland" in reason for reason in told)


@pytest.mark.parametrize(("language", "word"), [("sv", "säkerhetskopior"), ("en", "backups")])
def test_reasons_quote_a_title_in_the_readers_language_only(profile, fitting, language, word):
    topic = fitting(
        title="Varmuuskopiot kunnassa", title_sv="Säkerhetskopior i kommunen",
        title_en="Municipal backups", description="Aihe on kuvattu otsikossa.",
    )  # fmt: skip
    words = {"varmuuskopiot", "säkerhetskopior", "backups"}
    profile.interests = "Varmuuskopiot, säkerhetskopior, backups"

    with translation.override(language):
        told = " ".join(reasons(profile, topic)).lower()
    told = re.sub(r"\(.*?\)", "", told)  # in brackets, the student's own word

    assert {each for each in words if each in told} == {word}


def test_the_dismissed_is_not_shown_and_teaches(profile, fitting):
    first = fitting()
    like_it = fitting(title="Varmuuskopiot", description=TEXT)
    before = {m.object: m.score for m in matching.topics_for(profile, profile.user, 20)}

    Dismissal.objects.create(user=profile.user, topic=first)
    after = {m.object: m.score for m in matching.topics_for(profile, profile.user, 20)}

    assert first not in after
    assert after[like_it] < before[like_it]


def test_a_hidden_organisation_is_in_no_reason(profile, fitting, company):
    company.visibility = "private"
    company.save()
    profile.interests = f"Sensoritekniikka, varmuuskopiot ja {company.name} kiinnostavat."
    topic = fitting()

    assert not any("Sensoritekniikka" in reason for reason in reasons(profile, topic))


# The other way round.


def students(topic, user):
    return [match.object for match in matching.students_for(topic, user, 20)]


def test_only_opened_profiles_are_suggested_to_those_who_may_see_them(
    profile, fitting, lead, member, outsider
):
    topic = fitting()
    closed = made.student_profile(factories.user(), openness="private", interests=profile.interests)

    assert students(topic, lead) == [profile]
    assert closed not in students(topic, lead)
    assert students(topic, member) == students(topic, outsider) == []


def test_reasons_tell_nothing_of_a_profile_that_was_closed_again(profile, fitting, lead):
    topic = fitting()
    profile.openness = "private"
    profile.save()

    assert matching.students_for(topic, lead, 20) == []


@pytest.mark.parametrize(
    "values",
    [{"level": "master"}, {"languages": ["sv"]}, {"wants_pay": True}],
    ids=["level", "language", "pay"],
)
def test_students_who_cannot_take_it_are_not_suggested(profile, fitting, lead, values):
    topic = fitting(pay="no")
    type(profile).objects.filter(pk=profile.pk).update(**values)

    assert students(topic, lead) == []


def test_students_of_another_region_are_not_suggested_unless_remotely(profile, fitting, lead):
    topic = fitting(region=factories.region("19"))

    assert students(topic, lead) == []

    topic.is_remote = True
    type(profile).objects.update(is_remote=True)
    assert students(topic, lead) == [profile]


def test_applicants_and_dismissed_students_are_not_suggested(profile, fitting, lead):
    topic, other = fitting(), fitting()
    made.application(topic, profile.user)
    Dismissal.objects.create(user=lead, topic=other, student=profile)

    assert students(topic, lead) == students(other, lead) == []


# Supervisors.


@pytest.fixture
def supervisor(company):
    person = made.supervisor_profile(
        factories.user(),
        company,
        expertise="Ohjaan kyberturvallisuuden ja varmuuskopioinnin töitä.",
    )
    person.education_fields.add(field())
    return person


def supervisors(topic, user):
    return [match.object for match in matching.supervisors_for(topic, user, 20)]


def give_room(supervisor, capacity):
    seats.set_capacity(supervisor, *term_of(), capacity, None)


def test_a_supervisor_needs_a_seat_this_term(supervisor, fitting, lead):
    topic = fitting()

    assert supervisors(topic, lead) == []

    give_room(supervisor, 1)
    assert supervisors(topic, lead) == [supervisor]

    seats.take(supervisor.user)
    assert supervisors(topic, lead) == []


def test_room_goes_on_from_the_latest_term_that_has_a_number(supervisor, fitting, lead):
    year, half = term_of()
    supervisor.seats.create(year=year - 1, half=half, capacity=2, taken=2)

    assert supervisors(fitting(), lead) == [supervisor]

    supervisor.seats.create(year=year, half=half, capacity=0)
    assert supervisors(fitting(), lead) == []


@pytest.mark.parametrize(
    "values",
    [{"levels": ["doctoral"]}, {"languages": ["sv"]}, {"is_open": False}],
    ids=["level", "language", "hidden"],
)
def test_supervisors_who_cannot_take_it_are_not_suggested(supervisor, fitting, lead, values):
    give_room(supervisor, 1)
    type(supervisor).objects.update(**values)

    assert supervisors(fitting(), lead) == []


def test_a_supervisor_of_another_field_is_not_suggested(supervisor, fitting, lead):
    give_room(supervisor, 1)
    supervisor.education_fields.set([field("09")])

    assert supervisors(fitting(), lead) == []


def test_topics_that_lack_a_supervisor_are_found_for_her(supervisor, fitting):
    lacking = fitting()
    fitting(supervisor=factories.user())

    matches = matching.topics_to_supervise(supervisor, supervisor.user, 20)

    assert [match.object for match in matches] == [lacking]
    assert matches[0].reasons


# What is stored.


def test_features_are_written_anew_with_every_indexing_and_go_with_their_object(fitting):
    topic = fitting()
    search.reindex(topic)
    assert "c:ransomware" in topic.stored_features.get().weights

    topic.title = topic.description = "Metsäpalo"
    search.reindex(topic)
    assert "c:ransomware" not in topic.stored_features.get().weights

    topic.delete()
    assert not MatchFeatures.objects.exists()


def test_profile_that_goes_takes_its_features_along(profile):
    search.reindex(profile)

    profile.user.delete()

    assert not MatchFeatures.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_topics(profile, fitting):
    def statements(topics):
        while Topic.objects.count() < topics:
            fitting()
        search.reindex(Topic.objects.all())
        seeker = type(profile).objects.get()  # nothing prefetched
        with CaptureQueriesContext(connection) as asked:
            assert len(matching.topics_for(seeker, profile.user, 20)) == topics
        return len(asked)

    statements(1)  # the vocabulary is read, and kept

    assert statements(2) == statements(6)
