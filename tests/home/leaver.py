"""A person with a name of their own, put wherever a person can be put; and a search for it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cluster_portal.core import audit, files, search
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import Letter, LetterReceiver, Preference, SavedSearch
from cluster_portal.notifications.outbox import Guest
from cluster_portal.surveys.models import Handover
from cluster_portal.surveys.services import responses
from members.models import Membership, NamedPerson
from members.models.affiliations import Role
from members.services import contacts, experts, need_offers, needs
from members.services.applications import withdraw
from members.services.experts import Told
from members.services.needs import Answered
from tests import factories
from tests.events import factories as events
from tests.members import need_factories
from tests.surveys import factories as surveys
from tests.theses import factories as theses
from theses.models import Approach, LightReport, SupervisionRequest, Thesis
from theses.models.approaches import Kind
from theses.services import applications, approaches, profiles

if TYPE_CHECKING:
    from django.test import Client

    from members.models import Cluster, Organisation, User

WORD = "kanarialintu"
PDF = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"


def person() -> User:
    made = factories.user(
        f"{WORD}@example.org", first_name=WORD.capitalize(), last_name=f"{WORD}nen", title=WORD
    )
    return factories.verified(made)


def put_everywhere(user: User, company: Organisation, cluster: Cluster, lead: User) -> None:
    """In each app what a person can leave there, by the services where they write elsewhere too."""
    factories.affiliation(user, company, role=Role.CONTACT)
    _memberships(user, company, cluster)
    _events(user, cluster)
    _messages(user, company)
    _letters(user, cluster)
    _needs(user, company, cluster)
    _surveys(user, company, cluster)
    _profiles(user, company)
    _theses(user, company, cluster, lead)


def _memberships(user: User, company: Organisation, cluster: Cluster) -> None:
    words = {"motive": WORD, "question": WORD, "answer": WORD, "decision_reason": WORD}
    active = factories.membership(user, cluster, applicant=user, **words)
    Membership.objects.filter(organisation=company).update(
        representative_name=str(user), representative_email=user.email.upper(), applicant=user
    )
    other = factories.cluster()
    withdraw(factories.membership(user, other, applicant=user, stage="submitted", **words), by=user)
    named = {"cluster": cluster, "email": user.email, "source": "x", "title": WORD, "phone": "1"}
    NamedPerson.objects.create(
        organisation=company, name=WORD, stage="accepted", user=user, **named
    )
    NamedPerson.objects.create(since="2015-03-01", name=str(user), **named)
    audit.record(active, "more information asked", by=None, reason=WORD, details={"of": WORD})


def _events(user: User, cluster: Cluster) -> None:
    values = {"diet": WORD, "accessibility": WORD, "organisation_name": WORD}
    events.registration(events.event(cluster), user, **values)
    events.registration(
        events.event(cluster), None, name=user.get_full_name(), email=user.email.upper()
    )
    past = events.event(cluster)
    events.registration(past, user, stage="attended", **values)
    type(past).objects.filter(pk=past.pk).update(starts_at=past.published_at)
    type(past).objects.filter(pk=past.pk).update(ends_at=past.published_at)


def _messages(user: User, company: Organisation) -> None:
    values: dict[str, str | int] = {"organisation": "x", "role": "member", "inviter": "x"}
    guest = Guest(email=user.email.upper(), name=WORD, language="fi")
    outbox.post("organisation_invitation", to=guest, key="1", values=values)
    outbox.post("account_changed", to=user, key="1", values={"what": WORD})
    stranger = factories.organisation("Muu Oy")
    factories.affiliation(factories.user(), stranger, role=Role.CONTACT)
    contacts.write(stranger, "Viesti", by=user)
    SavedSearch.objects.create(user=user, kind="topics", query=f"q={WORD}", name=WORD)
    Preference.objects.create(user=user, group="events", channel="off")


def _letters(user: User, cluster: Cluster) -> None:
    """One that they wrote, signed by them, and one that they got, also at an address."""
    written = Letter.objects.create(
        cluster=cluster, sender=user, sender_name=str(user), reply_to=user.email.upper(),
        subject_fi=f"Terveisiä: {user}", body_fi=f"Vastaa: {user.email}. {user}",
    )  # fmt: skip
    audit.record(written, "letter tested", by=user)
    got = Letter.objects.create(cluster=cluster, subject_fi="Hei", body_fi="Hei")
    LetterReceiver.objects.create(letter=got, user=user, audience="members")
    LetterReceiver.objects.create(letter=got, address=user.email.upper(), audience="members")


def _needs(user: User, company: Organisation, cluster: Cluster) -> None:
    """Of their own, told for the organisation, and one that they offered help with."""
    own = {"what": f"{WORD} apua", "purpose": WORD, "kind": "knowledge", "visibility": "public"}
    told = needs.tell_need({**own, "form_key": uuid.uuid4()}, by=user)
    needs.move_need(told, "publish", by=user)
    needs.answer_need(told, Answered(words=WORD), by=user)
    plain = {"what": "Apua organisaatiolle", "purpose": "Syy.", "kind": "knowledge"}
    needs.tell_need({**plain, "form_key": uuid.uuid4(), "organisation": company}, by=user)
    other = need_factories.need(cluster, factories.organisation())
    need_offers.note_offer(other, user)


def _surveys(user: User, company: Organisation, cluster: Cluster) -> None:
    """An answer of their own, one for their organisation, one that was handed to them."""
    asked = surveys.survey_round(cluster, mode="persons")
    own = surveys.response(asked, organisation=company, person=user)
    responses.save_answers(own, {"exports": "yes", "where": WORD}, by=user)
    responses.submit(own, by=user)
    ours = surveys.response(surveys.survey_round(cluster), organisation=company, person=user)
    Handover.objects.create(response=ours, user=user, by=user)


def _profiles(user: User, company: Organisation) -> None:
    theses.student_profile(user, interests=WORD, programme=WORD, school_name=WORD)
    theses.supervisor_profile(user, company, expertise=WORD, methods=WORD, slug=WORD)
    profiles.let_in(user.student_profile, company, by=user)
    texts = dict.fromkeys(("keywords", "summary", "availability", "background"), WORD)
    told = Told({**texts, "phone": "+358 40 123 4567"}, [], {"talk": WORD})
    choices = dict.fromkeys(("profile", "expertise", "summary", "offers"), "public")
    mine = experts.save_all(user, told, choices, show=True, by=user)
    experts.move(mine, "hide", by=user)
    experts.move(mine, "show", by=user)


def _theses(user: User, company: Organisation, cluster: Cluster, lead: User) -> None:
    theirs = factories.organisation("Toimeksiantaja Oy")
    topic = theses.topic(theirs, cluster, contact=lead)
    upload = files.check(SimpleUploadedFile(f"{WORD}.pdf", PDF))
    applications.apply(topic, by=user, motivation=WORD, school=WORD, files=[upload])
    theses.topic(company, cluster, contact=user)
    idea = theses.idea(
        user, cluster, title=f"{WORD} aihe", title_en=WORD, slug=f"{WORD}-aihe", description=WORD,
        aim=WORD,
    )  # fmt: skip
    approaches.send(idea, Kind.COMMISSION, by=lead, organisation=company, message=f"Hei {WORD}")
    approaches.send(idea, Kind.INVITE_COMMISSIONER, by=user, organisation=company, message=WORD)
    asked = theses.topic(theirs, cluster, contact=lead)
    Approach.objects.create(
        topic=asked, kind=Kind.INVITE_SUPERVISOR, by=lead, to=user, message=f"Hei {WORD}",
        answer_by="2030-01-01",
    )  # fmt: skip
    _asked_to_supervise(user, theses.topic(theirs, cluster, contact=lead), lead)
    finished(user, theses.topic(theirs, cluster, contact=lead))


def _asked_to_supervise(user: User, topic: Any, lead: User) -> None:
    theirs = accepted(topic, factories.user())
    thesis = Thesis.objects.create(application=theirs, title="Toisen työ")
    SupervisionRequest.objects.create(
        thesis=thesis, supervisor=user, rank=1, stage="asked", asked_by=lead, message=WORD,
        asked_at="2026-01-01T00:00Z", answer_by="2030-01-01",
    )  # fmt: skip


def accepted(topic: Any, student: User, stage: str = "accepted") -> Any:
    values = {"stage": stage, "place": topic.places.get(), "decided_at": "2026-01-01T00:00Z"}
    words = {"motivation": WORD, "school": WORD} if WORD in student.email else {}
    return theses.application(topic, student, **values, **words)


def finished(user: User, topic: Any) -> Thesis:
    """Their finished thesis with their name on it, and another's which they supervised."""
    supervisor = factories.user()
    mine = {"stage": "finished", "finished_on": "2026-05-01", "finished_year": 2026}
    work = Thesis.objects.create(
        application=accepted(topic, user, "completed"), supervisor=supervisor, title="Valmis",
        slug=f"valmis-{topic.pk}", abstract="Tiivistelmä.", shows_author=True, light_note=WORD,
        **mine,
    )  # fmt: skip
    search.reindex(work)
    LightReport.objects.create(thesis=work, light="red", note=WORD, by=user)
    other = theses.topic(topic.organisation, topic.home_cluster)
    Thesis.objects.create(
        application=accepted(other, factories.user(), "completed"), supervisor=user,
        title="Ohjattu", slug=f"ohjattu-{topic.pk}", abstract="Tiivistelmä.", **mine,
    )  # fmt: skip
    return work


def places_of(word: str) -> set[str]:
    """Every table and column of the database in which the word stands, in any case."""
    kinds = ["text", "character varying", "jsonb", "ARRAY", "tsvector", "character"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.table_name, c.column_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type = ANY(%s)",
            [kinds],
        )
        columns = cursor.fetchall()
        found = set()
        for table, column in columns:
            cursor.execute(
                f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1',  # noqa: S608
                [f"%{word}%"],
            )
            if cursor.fetchone():
                found.add(f"{table}.{column}")
    return found


def browse(client: Client, user: User) -> None:
    """A page whose address holds their name, so that the row history's context could."""
    client.force_login(user)
    client.post(f"/members/{WORD}/ask/")
