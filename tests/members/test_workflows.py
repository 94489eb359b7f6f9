"""Who moves applications for membership and affiliations from which stage to which."""

import datetime

import pytest
from django.utils import timezone

from members.models import (
    NamedPerson,
    Nomination,
    affiliations,
    capabilities,
    capability_workflow,
    experts,
    memberships,
    named_people,
    needs,
    nominations,
    related,
    tenders,
)
from tests import factories
from tests.members import need_factories
from tests.workflows import reasoned, steps, wanted

OWN = "applicant chief partial"  # chief: the contact of the organisation that applies
COORDINATORS = "office partial admin"  # partial: coordinator, and contact of the applicant
JUDGES = "office admin"
MEMBERSHIP = {
    "submit": (OWN, {"draft": "submitted"}),
    "take_up": (COORDINATORS, {"submitted": "in_review"}),
    "ask": (COORDINATORS, {"submitted": "more_information", "in_review": "more_information"}),
    "reply": (OWN, {"more_information": "in_review"}),
    "approve": (JUDGES, {"submitted": "active", "in_review": "active"}),
    "reject": (
        JUDGES,
        {"submitted": "rejected", "in_review": "rejected", "more_information": "rejected"},
    ),
    "activate": (COORDINATORS, {"accepted": "active"}),
    "renew": (COORDINATORS, {"active": "active", "ended": "active"}),
    "withdraw": (
        OWN,
        {
            "draft": "withdrawn",
            "submitted": "withdrawn",
            "in_review": "withdrawn",
            "more_information": "withdrawn",
            "accepted": "withdrawn",
        },
    ),
    "end": (COORDINATORS, {"active": "ended"}),
}
DECIDED = {
    **MEMBERSHIP,
    "revert": (
        JUDGES,
        {"accepted": "in_review", "active": "in_review", "rejected": "in_review"},
    ),
}
RECORDED = {
    **{name: row for name, row in MEMBERSHIP.items() if name not in {"activate", "withdraw"}},
    "agree": (OWN, {"accepted": "active"}),
    "disagree": (OWN, {"accepted": "withdrawn"}),
    "take_back": (
        COORDINATORS,
        {"accepted": "withdrawn", "active": "withdrawn", "ended": "withdrawn"},
    ),
}
NAMED = {
    "invite": ("office admin", {"recorded": "invited"}),
    "remind": ("office admin", {"invited": "invited"}),
}
CURRENT = {"requested": "ended", "confirmed": "ended"}
AFFILIATION = {
    "confirm": ("lead deputy admin", {"requested": "confirmed"}),
    "decline": ("lead deputy admin", {"requested": "declined"}),
    "end": ("colleague lead office admin", CURRENT),
}
EVERY = ("requested", "confirmed", "declined", "ended")
CONTESTED = {
    **AFFILIATION,
    "restore": ("office admin", dict.fromkeys(EVERY, "confirmed")),
    "settle": ("colleague office admin", dict.fromkeys(EVERY, "")),
}
OWNERS = "lead colleague"
CAPABILITY = {
    "publish": (OWNERS, {"draft": "published"}),
    "propose": (JUDGES, {"draft": "unconfirmed"}),
    "confirm": (OWNERS, {"unconfirmed": "published"}),
    "vouch": (JUDGES, {"unconfirmed": "published"}),
    "renew": (
        OWNERS,
        {"published": "published", "expired": "published", "withdrawn": "published"},
    ),
    "withdraw": (
        f"{OWNERS} {JUDGES}",
        {"unconfirmed": "withdrawn", "published": "withdrawn", "expired": "withdrawn"},
    ),
}
EXPERT = {
    "show": ("expert", {"off": "shown"}),
    "hide": ("expert", {"shown": "off"}),
    "withhold": (JUDGES, {"shown": "withheld"}),
    "release": (JUDGES, {"withheld": "off"}),
}
TENDER = {
    "publish": (JUDGES, {"proposed": "published", "withdrawn": "published"}),
    "reject": (JUDGES, {"proposed": "rejected"}),
    "withdraw": (JUDGES, {"published": "withdrawn"}),
}
EDITORS = "lead colleague office admin"
NEED = {
    "publish": (EDITORS, {"draft": "open"}),
    "confirm": ("lead", {"waiting": "open"}),
    "decline": ("lead", {"waiting": "withdrawn"}),
    "renew": (EDITORS, {"open": "open", "expired": "open"}),
    "answer": (EDITORS, {"open": "answered", "expired": "answered"}),
    "close": (EDITORS, {"open": "closed", "expired": "closed"}),
    "withdraw": (EDITORS, dict.fromkeys(("draft", "waiting", "open"), "withdrawn")),
}
WITHOUT_CONTACT = {
    "confirm": ("deputy office admin", {"requested": "confirmed"}),
    "decline": ("deputy office admin", {"requested": "declined"}),
    "end": ("colleague office admin", CURRENT),
}


@pytest.mark.parametrize("stage", memberships.Stage)
@pytest.mark.parametrize(
    ("table", "values"),
    [
        (MEMBERSHIP, {}),
        (DECIDED, {"decided_at": timezone.now()}),
        (RECORDED, {"source": "Rekisteri"}),
    ],
    ids=["plain", "decided", "recorded"],
)
def test_membership_moves_by_its_table(stage, table, values, cast, home_cluster):
    applying = factories.organisation()
    chief, partial = factories.user(), factories.coordinator(home_cluster)
    for person in (chief, partial):
        factories.affiliation(person, applying, role="contact")
    applicant = factories.user()
    decided = {"decided_by": factories.user()} if "decided_at" in values else {}
    row = factories.membership(
        applying, home_cluster, stage=stage, applicant=applicant, decision_reason="Syy.",
        **values, **decided,
    )  # fmt: skip
    people = {**cast, "applicant": applicant, "chief": chief, "partial": partial}

    assert steps(memberships.MOVES, row, people) == wanted(table, stage)


@pytest.mark.parametrize("stage", named_people.Stage)
@pytest.mark.parametrize("is_late", [False, True], ids=["fresh", "expired"])
def test_named_people_are_written_to_by_their_table(stage, is_late, cast, company, home_cluster):
    at = timezone.now() - datetime.timedelta(days=31 if is_late else 0)
    row = NamedPerson(
        cluster=home_cluster, organisation=company, name="Aino", email="a@example.org",
        stage=stage, invited_at=at,
    )  # fmt: skip
    invites = {"recorded": "invited", "invited": "invited"} if is_late else {"recorded": "invited"}
    table = {"invite": ("office admin", invites)} if is_late else NAMED

    assert steps(named_people.MOVES, row, cast) == wanted(table, stage)


@pytest.mark.parametrize("stage", affiliations.Stage)
@pytest.mark.parametrize(
    ("table", "values"),
    [(AFFILIATION, {}), (CONTESTED, {"contact_taken_at": timezone.now()})],
    ids=["plain", "contested"],
)
def test_affiliation_moves_by_its_table(stage, table, values, cast, company):
    colleague, deputy = factories.user(), factories.user()
    row = factories.affiliation(colleague, company, stage=stage, **values)
    factories.affiliation(deputy, company, role="deputy")
    people = {**cast, "colleague": colleague, "deputy": deputy}

    assert steps(affiliations.MOVES, row, people) == wanted(table, stage)


@pytest.mark.parametrize("stage", affiliations.Stage)
def test_coordinator_confirms_where_there_is_no_contact(stage, cast, company, lead):
    lead.affiliations.update(role="representative")
    colleague, deputy = factories.user(), factories.user()
    row = factories.affiliation(colleague, company, stage=stage)
    factories.affiliation(deputy, company, role="deputy")
    people = {**cast, "colleague": colleague, "deputy": deputy}

    assert steps(affiliations.MOVES, row, people) == wanted(WITHOUT_CONTACT, stage)


@pytest.mark.parametrize("who", ["office", "admin"])
def test_nobody_confirms_their_own_request(who, cast):
    """Not even those who decide on all others where there is no contact person."""
    firm = factories.organisation()
    factories.membership(firm, cast["office"].coordinatorships.get().cluster)
    row = factories.affiliation(cast[who], firm, stage="requested")

    assert steps(affiliations.MOVES, row, {who: cast[who]}) == {("end", who): "ended"}


def test_actions_that_need_a_reason():
    assert reasoned(memberships.MOVES) == {
        *("ask", "reply", "reject", "end", "revert", "take_back"),
    }
    assert reasoned(affiliations.MOVES) == set()
    assert reasoned(experts.MOVES) == {"withhold"}
    assert reasoned(tenders.MOVES) == {"reject", "withdraw"}
    assert reasoned(needs.MOVES) == {"decline", "close"}
    assert reasoned(related.MOVES) == {"decline"}


RELATED = {
    "publish": (
        "office admin",
        {"proposed": "published", "declined": "published", "ended": "published"},
    ),
    "decline": ("office admin", {"proposed": "declined"}),
    "end": ("office admin", {"published": "ended"}),
}


@pytest.mark.parametrize("stage", related.Stage)
def test_related_initiative_moves_by_its_table(stage, cast, home_cluster, lead):
    row = related.RelatedCluster(
        home_cluster=home_cluster, name_fi="Aloite", stage=stage, proposer=lead
    )

    assert steps(related.MOVES, row, cast) == wanted(RELATED, stage)


@pytest.mark.parametrize("stage", tenders.Stage)
def test_tender_notice_moves_by_its_table(stage, cast, home_cluster):
    now = timezone.now()
    row = tenders.TenderNotice.objects.create(
        home_cluster=home_cluster, slug="kilpailutus", title="Radiot", buyer="Ostaja",
        summary="Radioita.", link="https://example.org/", closes_at=now, source="x", stage=stage,
        published_at=now, decision_reason="Syy.", proposed_by=cast["member"],
    )  # fmt: skip

    assert steps(tenders.MOVES, row, cast) == wanted(TENDER, stage)


@pytest.mark.parametrize("stage", experts.Stage)
def test_expert_profile_moves_by_its_table(stage, cast, home_cluster):
    person = factories.user()
    factories.membership(person, home_cluster)
    row = experts.ExpertProfile.objects.create(
        slug="asiantuntija", user=person, stage=stage, shown_at=timezone.now(),
        withheld_reason="Syy.",
    )  # fmt: skip

    assert steps(experts.MOVES, row, {**cast, "expert": person}) == wanted(EXPERT, stage)


@pytest.mark.parametrize("stage", capabilities.Stage)
def test_capability_moves_by_its_table(stage, cast, company, home_cluster):
    colleague = factories.user()
    factories.affiliation(colleague, company)
    row = factories.capability(company, home_cluster, stage=stage, entered_by=colleague)

    found = steps(capability_workflow.MOVES, row, {**cast, "colleague": colleague})

    assert found == wanted(CAPABILITY, stage)


NOMINATION = {
    "confirm": ("admin", {"proposed": "confirmed"}),
    "refuse": ("admin", {"proposed": "refused"}),
    "withdraw": ("office", {"proposed": "withdrawn"}),
    "end": ("named office admin", {"confirmed": "ended"}),
}


@pytest.mark.parametrize("stage", nominations.Stage)
def test_nomination_moves_by_its_table(stage, cast, home_cluster):
    second, judge = factories.user(), cast["admin"]
    decided = {"decided_by": judge, "decided_at": timezone.now()} if stage != "proposed" else {}
    case = Nomination.objects.create(
        cluster=home_cluster, user=second, named_by=cast["office"], reason="Syy.", stage=stage,
        **decided,
    )  # fmt: skip

    found = steps(nominations.MOVES, case, {**cast, "named": second})

    assert found == wanted(NOMINATION, stage)
    assert reasoned(nominations.MOVES) == {"refuse", "end"}


@pytest.mark.parametrize("stage", needs.Stage)
def test_need_moves_by_its_table(stage, cast, company, home_cluster):
    """The colleague has told it; of what was told on behalf only the contact decides."""
    colleague = factories.user()
    factories.affiliation(colleague, company)
    row = need_factories.need(home_cluster, company, stage=stage, teller=colleague)

    found = steps(needs.MOVES, row, {**cast, "colleague": colleague})

    assert found == wanted(NEED, stage)
