"""What the privacy notice promises to forget is forgotten on time, once, and nothing else."""

import datetime

import pghistory.models
import pytest
from django.db import OperationalError
from django.utils import timezone

from cluster_portal.core import audit
from cluster_portal.core.audit import AuditEntry, forgetting
from cluster_portal.core.content import Chore
from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Term
from cluster_portal.home.services import chores
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import MailState, OutboxMail
from events.models import Registration
from events.services import registrations, rounds
from members.models import Cluster, Membership, Organisation, User
from members.services import retention
from members.services.erasure import erase_account
from tests import factories
from tests.events import factories as event_factories
from tests.ledgers import opened
from tests.members.factories import submitted

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ago(days):
    return NOW - datetime.timedelta(days=days)


def aged(model, days, field):
    """Ledgers are append-only for everybody but retention."""
    with opened():
        model.objects.update(**{field: ago(days)})


@pytest.fixture
def come(home_cluster, outsider):
    event = event_factories.event(home_cluster)
    registrations.register(event, "on_site", event_factories.details(outsider), by=outsider)
    event.starts_at, event.ends_at = ago(732), ago(731)
    event.save()
    return event


def test_who_came_is_forgotten_after_two_years_with_the_ledger(come):
    assert rounds.forget_registrations() == 1
    assert not Registration.objects.exists()
    assert not Registration.pgh_event_model.objects.exists()
    assert come.seats.get().taken == 1
    assert rounds.forget_registrations() == 0


@pytest.mark.parametrize(("days", "is_kept"), [(1, True), (0, True), (-1, False)])
def test_the_funders_evidence_is_kept_until_its_day(come, days, is_kept):
    come.registrations_kept_until = timezone.localdate() + datetime.timedelta(days=days)
    come.save()

    rounds.forget_registrations()
    assert Registration.objects.exists() == is_kept


def test_a_young_registration_stays(come):
    come.ends_at = ago(729)
    come.save()

    assert rounds.forget_registrations() == 0


@pytest.mark.parametrize(
    ("stage", "days", "is_kept"),
    [("rejected", 366, False), ("withdrawn", 366, False), ("rejected", 364, True),
     ("ended", 3000, True), ("submitted", 3000, True)],
)  # fmt: skip
def test_old_applications(home_cluster, outsider, stage, days, is_kept):
    made = submitted(outsider, home_cluster, name="Kanaria")
    values = {"stage": stage, "updated_at": ago(days), "decision_reason": "Syy", "since": ago(4000)}
    Membership.objects.filter(pk=made.pk).update(**values)

    assert retention.forget_applications() == (0 if is_kept else 1)
    kept = Membership.pgh_event_model.objects.filter(pgh_obj_id=made.pk)
    assert kept.exists() == is_kept


@pytest.mark.parametrize("is_needed", [False, True])
def test_an_organisation_that_only_a_forgotten_application_brought_goes_too(
    home_cluster, outsider, is_needed
):
    made = submitted(outsider, home_cluster, name="Kanaria")
    Membership.objects.update(stage="withdrawn", updated_at=ago(366))
    if is_needed:
        factories.organisation("Osa", parent=made.organisation)

    retention.forget_applications()

    assert Organisation.objects.filter(pk=made.organisation.pk).exists() == is_needed
    kept = Organisation.pgh_event_model.objects.filter(name="Kanaria")
    assert kept.exists() == is_needed


def test_an_organisation_made_by_hand_outlives_a_forgotten_application(home_cluster, outsider):
    by_hand = factories.organisation("Kanaria", visibility="private")
    made = submitted(outsider, home_cluster, name="Kanaria")
    Membership.objects.update(stage="withdrawn", updated_at=ago(366))

    retention.forget_applications()

    assert made.organisation == by_hand
    assert Organisation.objects.contains(by_hand)


def test_what_an_erased_person_brought_is_still_forgotten(home_cluster, outsider):
    made = submitted(outsider, home_cluster, name="Kanaria")
    erase_account(outsider, by=outsider)
    Membership.objects.update(stage="withdrawn", updated_at=ago(366))

    retention.forget_applications()

    assert not Organisation.objects.filter(pk=made.organisation.pk).exists()


def test_old_messages_go_and_waiting_ones_stay(outsider):
    for state in (MailState.SENT, MailState.DROPPED, MailState.QUEUED):
        mail = OutboxMail.objects.create(kind="account_changed", recipient=outsider, key=state)
        sent_at = ago(366) if state == MailState.SENT else None
        OutboxMail.objects.filter(pk=mail.pk).update(
            state=state, created_at=ago(366), sent_at=sent_at
        )
    young = OutboxMail.objects.create(kind="account_changed", recipient=outsider, key="young")
    OutboxMail.objects.filter(pk=young.pk).update(state=MailState.SENT, sent_at=NOW)

    assert outbox.forget_mail() == 2
    assert set(OutboxMail.objects.values_list("key", flat=True)) == {"queued", "young"}


def test_ledgers_are_trimmed_but_for_what_is_young(home_cluster, office):
    Versions = Cluster.pgh_event_model  # noqa: N806  a model
    term = Term.objects.first()
    for about in (home_cluster, term):
        audit.record(about, "changed in admin", by=office)
    aged(AuditEntry, 731, "at")
    aged(Versions, 731, "pgh_created_at")
    pghistory.models.Context.objects.create(metadata={"user": office.pk})
    pghistory.models.Context.objects.update(created_at=ago(731))
    audit.record(home_cluster, "young", by=office)

    assert forgetting.trim_ledgers() >= 2

    assert not Versions.objects.exists()
    assert not pghistory.models.Context.objects.exists()
    left = set(AuditEntry.objects.values_list("action", "actor"))
    assert left == {("young", office.pk), ("changed in admin", None)}
    assert Cluster.objects.filter(pk=home_cluster.pk).exists()


@pytest.fixture
def away(outsider):
    User.objects.filter(pk=outsider.pk).update(last_login=ago(701), date_joined=ago(3000))
    return outsider


def test_who_is_long_away_is_warned_once(away, member):
    assert retention.warn_unused() == 1
    assert retention.warn_unused() == 0
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.kind) == (away, "account_unused")


def test_who_came_back_after_a_warning_is_warned_again_in_time(away):
    retention.warn_unused()
    OutboxMail.objects.update(created_at=ago(720), key="earlier")

    assert retention.warn_unused() == 1


def test_who_does_not_come_back_is_erased_a_month_after_the_warning(away):
    retention.warn_unused()
    User.objects.update(last_login=ago(731))
    OutboxMail.objects.update(state=MailState.SENT, sent_at=ago(29))
    assert retention.erase_unused() == 0

    OutboxMail.objects.update(sent_at=ago(31))
    assert retention.erase_unused() == 1
    assert not User.objects.filter(email=away.email).exists()
    assert OutboxMail.objects.filter(kind="account_erased", guest_address=away.email).exists()


def test_who_comes_back_stays(away):
    retention.warn_unused()
    OutboxMail.objects.update(state=MailState.SENT, sent_at=ago(31))
    User.objects.update(last_login=NOW)

    assert retention.erase_unused() == 0


def test_who_comes_back_in_the_last_moment_stays(away):
    retention.warn_unused()
    User.objects.filter(pk=away.pk).update(last_login=NOW)

    with pytest.raises(Refused):
        erase_account(away, by=None, unused_since=ago(730))
    assert User.objects.filter(pk=away.pk).exists()


def test_nobody_is_erased_without_a_warning_that_left(away):
    User.objects.update(last_login=ago(3000))
    assert retention.erase_unused() == 0

    retention.warn_unused()
    OutboxMail.objects.update(created_at=ago(40), state=MailState.FAILED)
    assert retention.erase_unused() == 0


def test_those_who_run_the_portal_and_whom_others_need_stay(office, admin_user, lead):
    User.objects.update(last_login=ago(3000), date_joined=ago(3000))

    assert retention.warn_unused() == 0


def test_the_hourly_round_does_it(come, away):
    done = chores.run_all()

    assert (done["events_forget"], done["unused-accounts-warned"]) == (1, 1)
    assert -1 not in done.values()


@pytest.mark.parametrize("error", [KeyError("kind"), OperationalError("gone"), Refused("no")])
def test_failing_chore_does_not_stop_the_next(monkeypatch, caplog, error):
    def fail():
        raise error

    each = [Chore("fails", fail), Chore("goes", lambda: 3)]
    monkeypatch.setattr(chores, "parts", lambda _of: each)

    assert chores.run_all() == {"fails": -1, "goes": 3}
    assert "chore fails failed" in caplog.text
