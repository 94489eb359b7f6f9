"""The projects' part in erasing an account: a challenge goes on without its contact person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from members.services.erasure import addresses_of
from projects.models import (
    Amendment,
    Application,
    BusinessOutcome,
    Challenge,
    Comment,
    DecisionDraft,
    Discussion,
    DiscussionMessage,
    DocumentVersion,
    GoalPart,
    Learning,
    MeasureUpdate,
    Milestone,
    Partnership,
    Pilot,
    PilotMaker,
    Programme,
    Project,
    ProjectDocument,
    ProjectEditor,
    ProjectLegacy,
    ProjectStep,
    Proposal,
    Question,
    Reporter,
    ReportRequest,
    Result,
    ResultUse,
    StaffMember,
    StatusReport,
    Support,
    TestEnvironment,
    WantedRole,
    WorkPackage,
)
from projects.models.editors import EditorStage
from projects.models.partnerships import Stage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User


OF_AN_IDEA = (
    WantedRole, Application, Partnership, ProjectLegacy, ProjectStep, StaffMember, WorkPackage,
    Milestone, Amendment,
)  # fmt: skip


def blockers(user: User) -> list[str]:
    return []


def effects(user: User) -> list[str]:
    counted = {
        _("Challenges that pass to the organisation’s other contacts: %(count)s."):
            Challenge.objects.filter(contact=user),
        _("Proposals that stay with the organisation without your name: %(count)s."):
            Proposal.objects.filter(author=user),
        _("Questions on challenges that stay without your name: %(count)s."):
            Question.objects.filter(asker=user),
        _("Results that stay with the organisation without your name: %(count)s."):
            Result.objects.filter(Q(teller=user) | Q(contact=user)),
        _("Uses of results that stay without your name: %(count)s."):
            ResultUse.objects.filter(teller=user),
        _("Business outcomes that stay with the organisation without your name: %(count)s."):
            BusinessOutcome.objects.filter(teller=user),
    }  # fmt: skip
    counts = {words: rows.count() for words, rows in counted.items()}
    return [words % {"count": count} for words, count in counts.items() if count]


def erase(user: User) -> None:
    """Who speaks for the organisation keeps editing it; the approver of a programme is unnamed."""
    Challenge.named_people.through.objects.filter(user=user).delete()
    Programme.commenters.through.objects.filter(user=user).delete()
    Proposal.objects.filter(author=user).update(author=None)
    DecisionDraft.objects.filter(saved_by=user).update(saved_by=None)
    Question.objects.filter(asker=user).update(asker=None)
    Challenge.objects.filter(teller=user).update(teller=None)
    for model in (Result, ResultUse, BusinessOutcome):
        model.objects.filter(teller=user).update(teller=None)
    Result.objects.filter(contact=user).update(contact=None)
    mine = Challenge.objects.filter(contact=user).select_for_update(of=("self",), no_key=True)
    for challenge in mine.order_by("pk"):
        challenge.contact = None
        challenge.save(update_fields=["contact", "updated_at"])
        audit.record(challenge, "contact left", by=user)


def report_effects(user: User) -> list[str]:
    count = MeasureUpdate.objects.filter(by=user).count()
    words = _("Reports of measures that stay without your name: %(count)s.")
    return [words % {"count": count}] if count else []


def erase_reports(user: User) -> None:
    """Also what names them without an account, at an address that is theirs for certain."""
    theirs = Q()
    for address in addresses_of(user):
        theirs |= Q(email__iexact=address)
    requests = ReportRequest.objects.filter(theirs | Q(user=user))
    MeasureUpdate.objects.filter(request__in=requests.filter(theirs)).update(name="")
    MeasureUpdate.objects.filter(by=user).update(by=None, name="")
    requests.delete()
    ReportRequest.objects.filter(asked_by=user).update(asked_by=None)
    Reporter.objects.filter(theirs).delete()
    Comment.objects.filter(author=user).update(author=None, name="")
    GoalPart.objects.filter(answered_by=user).update(answered_by=None, person="")


def pilot_effects(user: User) -> list[str]:
    counted = {
        _("Pilots that go on without your name: %(count)s."): Pilot.objects.filter(teller=user),
        _("Learnings that stay without your name: %(count)s."):
            Learning.objects.filter(author=user),
        _("Test environments that stay without your name: %(count)s."):
            TestEnvironment.objects.filter(teller=user),
    }  # fmt: skip
    counts = {words: rows.count() for words, rows in counted.items()}
    return [words % {"count": count} for words, count in counts.items() if count]


def erase_from_pilots(user: User) -> None:
    """The makers' contacts go on editing what the person entered."""
    Pilot.objects.filter(teller=user).update(teller=None)
    PilotMaker.objects.filter(asked_by=user).update(asked_by=None)
    Learning.objects.filter(author=user).update(author=None)
    TestEnvironment.objects.filter(teller=user).update(teller=None)


def idea_effects(user: User) -> list[str]:
    """Own ideas that nobody else is in are deleted; the others go on without the name."""
    alone = _alone(user).count()
    others = Project.objects.filter(author=user).count() - alone
    supports = Support.objects.filter(user=user).count()
    counted = {
        _("Ideas of your own that are deleted: %(count)s."): alone,
        _("Ideas that go on without your name: %(count)s."): others,
        _("Supports that are taken back: %(count)s."): supports,
        _("Places on the staff of projects that stay without your name: %(count)s."):
            StaffMember.objects.filter(user=user).count(),
    }  # fmt: skip
    return [words % {"count": count} for words, count in counted.items() if count]


def erase_ideas(user: User) -> None:
    gone = list(_alone(user).values_list("pk", flat=True))
    for idea in Project.objects.filter(pk__in=gone).order_by("pk"):
        audit.record(idea, "deleted", by=user)
        idea.delete()
    audit.forget(Project, Q(pgh_obj_id__in=gone))
    for model in OF_AN_IDEA:
        audit.forget(model, Q(project__in=gone))
    ProjectEditor.objects.filter(user=user).delete()
    StaffMember.objects.filter(user=user).update(user=None)
    Support.objects.filter(user=user).delete()
    ProjectEditor.objects.filter(named_by=user).update(named_by=None)
    Partnership.objects.filter(invited_by=user).update(invited_by=None)
    Partnership.objects.filter(offered_by=user).update(offered_by=None)
    Project.objects.filter(author=user).update(author=None)


def _alone(user: User) -> QuerySet[Project]:
    """Without an organisation, a partner or a co-editor."""
    partners = Partnership.objects.filter(stage=Stage.ACCEPTED).values("project")
    editors = ProjectEditor.objects.filter(stage=EditorStage.ACCEPTED).values("project")
    own = Project.objects.ideas().filter(author=user, organisation=None)
    return own.exclude(pk__in=partners).exclude(pk__in=editors)


def paper_effects(user: User) -> list[str]:
    counted = {
        _("Versions of documents that stay with their projects without your name: %(count)s."):
            DocumentVersion.objects.filter(sender=user),
        _("Messages in projects’ discussions that stay without your name: %(count)s."):
            DiscussionMessage.objects.filter(author=user, removed_at=None),
        _("Status reports that stay with their projects without your name: %(count)s."):
            StatusReport.objects.filter(author=user),
    }  # fmt: skip
    counts = {words: rows.count() for words, rows in counted.items()}
    return [words % {"count": count} for words, count in counts.items() if count]


def erase_from_papers(user: User) -> None:
    """What partners have answered to stays readable; the author can remove it before."""
    for model in (ProjectDocument, Discussion, DiscussionMessage, StatusReport):
        model.objects.filter(author=user).update(author=None)
    DocumentVersion.objects.filter(sender=user).update(sender=None)
