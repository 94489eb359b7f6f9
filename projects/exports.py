"""What projects and challenges hold of a person, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from members.models import User
from projects.models import (
    BusinessOutcome,
    Challenge,
    Comment,
    DecisionDraft,
    DiscussionMessage,
    DocumentVersion,
    GoalPart,
    Learning,
    MeasureUpdate,
    Partnership,
    Pilot,
    PilotMaker,
    Programme,
    Project,
    ProjectEditor,
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
)
from projects.pages.projects import period

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader


def named_in(user: Reader) -> list[dict[str, Any]]:
    """Challenges that name the person, as contact or as reader: what the app holds of them."""
    named = Challenge.named_people.through.objects.filter(user=user.pk).values("challenge")
    hers = Q(contact=user.pk) | Q(teller=user.pk) | Q(pk__in=named)
    rows = Challenge.objects.visible_to(user).filter(hers).order_by("pk")
    return [
        {"challenge": row.title_fi, "state": row.get_stage_display(),
         "deadline": date_format(timezone.localtime(row.closes_at), "DATETIME_FORMAT")}
        for row in rows
    ]  # fmt: skip


def proposals(user: Reader) -> list[dict[str, Any]]:
    """Those that they have written for an organisation, whatever became of them."""
    rows = Proposal.objects.filter(author=user.pk).select_related("challenge").order_by("pk")
    return [
        {"challenge": row.challenge.title_fi, "proposal": row.title, "what": row.what,
         "evidence": row.evidence, "needed": row.wanted, "state": row.get_stage_display(),
         "files": [{"name": file.name, "bytes": file.size} for file in row.files.all()]}
        for row in rows.prefetch_related("files")
    ]  # fmt: skip


def decision_drafts(user: Reader) -> list[dict[str, Any]]:
    """Decisions that they have kept half-made."""
    rows = DecisionDraft.objects.filter(saved_by=user.pk).select_related("challenge")
    return [
        {"challenge": row.challenge.title_fi, "words": row.words,
         "reasons": [reason for _choice, reason in row.verdicts.values() if reason]}
        for row in rows.order_by("pk")
    ]  # fmt: skip


def questions(user: Reader) -> list[dict[str, Any]]:
    rows = Question.objects.filter(asker=user.pk).select_related("challenge").order_by("pk")
    return [
        {"challenge": row.challenge.title_fi, "question": row.text, "answer": row.answer,
         "asked": date_format(timezone.localtime(row.asked_at), "DATETIME_FORMAT")}
        for row in rows
    ]  # fmt: skip


def ideas(user: Reader) -> list[dict[str, Any]]:
    """Those that they have written, edit or are asked to edit, and support."""
    rows = Project.objects.filter(
        Q(author=user.pk)
        | Q(pk__in=ProjectEditor.objects.filter(user=user.pk).values("project"))
        | Q(pk__in=Support.objects.filter(user=user.pk).values("project"))
    ).order_by("pk")
    edited = dict(ProjectEditor.objects.filter(user=user.pk).values_list("project", "stage"))
    supported = set(Support.objects.filter(user=user.pk).values_list("project", flat=True))
    keys = [row.pk for row in rows]
    seen = set(Project.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        {"idea": row.title_fi if row.author_id == user.pk or row.pk in seen else "–",
         "text": row.description_fi if row.author_id == user.pk else "",
         "written": row.author_id == user.pk, "edits": edited.get(row.pk, ""),
         "supports": row.pk in supported}
        for row in rows
    ]  # fmt: skip


def partner_acts(user: Reader) -> list[dict[str, Any]]:
    asked = Q(invited_by=user.pk) | Q(offered_by=user.pk)
    editors = ProjectEditor.objects.filter(named_by=user.pk).select_related("project")
    rows = Partnership.objects.filter(asked).select_related("project", "organisation")
    return [
        *({"project": row.project.title_fi, "organisation": row.organisation.title,
           "words": row.note, "state": row.get_stage_display()} for row in rows.order_by("pk")),
        *({"project": row.project.title_fi, "state": row.get_stage_display()} for row in editors),
    ]  # fmt: skip


def staff(user: Reader) -> list[dict[str, Any]]:
    """Projects whose staff they are on."""
    rows = StaffMember.objects.filter(user=user.pk).select_related("project", "organisation")
    return [
        {"project": row.project.title_fi, "role": row.get_role_display(),
         "organisation": row.organisation.title if row.organisation else "",
         "per cent": row.percent, "period": period(row.starts_on, row.ends_on)}
        for row in rows.order_by("pk")
    ]  # fmt: skip


def comment_rounds(user: Reader) -> list[dict[str, Any]]:
    """Versions of a programme that they have been asked to comment on."""
    asked = Programme.commenters.through.objects.filter(user=user.pk).values("programme")
    rows = Programme.objects.visible_to(user).filter(pk__in=asked).order_by("pk")
    return [{"programme": str(row), "state": row.get_stage_display()} for row in rows]


def reports(user: Reader) -> list[dict[str, Any]]:
    """What they have told of measures, and the requests to and by them."""
    rows = MeasureUpdate.objects.filter(by=user.pk).select_related("measure__goal").order_by("pk")
    return [
        {"measure": str(row.measure), "state": row.get_state_display(), "figure": row.achieved,
         "text": row.text, "links": row.evidence,
         "told": date_format(timezone.localtime(row.told_at), "DATETIME_FORMAT")}
        for row in rows
    ] + _report_requests(user)  # fmt: skip


def _report_requests(user: Reader) -> list[dict[str, Any]]:
    own = User.objects.filter(pk=user.pk).values("email")
    to = Q(user=user.pk) | Q(email__in=own)
    rows = ReportRequest.objects.filter(to | Q(asked_by=user.pk)).select_related("measure__goal")
    named = Reporter.objects.filter(email__in=own).select_related("measure__goal")
    return [
        *({"measure": str(row.measure), "asked by me": row.asked_by_id == user.pk,
           "reason": row.get_reason_display(),
           "asked": date_format(timezone.localtime(row.asked_at), "DATETIME_FORMAT")}
          for row in rows.order_by("pk")),
        *({"measure": str(row.measure), "reports as": row.name} for row in named.order_by("pk")),
    ]  # fmt: skip


def pilots(user: Reader) -> list[dict[str, Any]]:
    """Those that they have entered, whom they have asked, and what they have written down."""
    entered = Pilot.objects.filter(teller=user.pk).order_by("pk")
    asked = PilotMaker.objects.filter(asked_by=user.pk).select_related("pilot", "organisation")
    written = Learning.objects.filter(author=user.pk).select_related("pilot").order_by("pk")
    return [
        *({"pilot": row.title_fi, "state": row.get_stage_display(), "place": row.place}
          for row in entered),
        *({"pilot": row.pilot.title_fi, "asked": row.organisation.title}
          for row in asked.order_by("pk")),
        *({"pilot": row.pilot.title_fi, "learning": row.title, "text": row.text}
          for row in written),
    ]  # fmt: skip


def testbeds(user: Reader) -> list[dict[str, Any]]:
    rows = TestEnvironment.objects.filter(teller=user.pk).order_by("pk")
    return [{"test environment": row.title_fi, "state": row.get_stage_display()} for row in rows]


def results(user: Reader) -> list[dict[str, Any]]:
    """Those that they have told, or that name them as contact."""
    rows = Result.objects.filter(Q(teller=user.pk) | Q(contact=user.pk)).order_by("pk")
    return [
        {"result": row.title_fi, "summary": row.summary_fi, "state": row.get_stage_display()}
        for row in rows.defer("search")
    ]


def result_uses(user: Reader) -> list[dict[str, Any]]:
    rows = ResultUse.objects.filter(teller=user.pk).select_related("result").order_by("pk")
    return [
        {"result": row.result.title_fi, "decided by": row.decided_by, "note": row.note,
         "link": row.link, "day": date_format(row.decided_on, "DATE_FORMAT"),
         "state": row.get_stage_display()}
        for row in rows
    ]  # fmt: skip


def outcomes(user: Reader) -> list[dict[str, Any]]:
    rows = BusinessOutcome.objects.filter(teller=user.pk).order_by("pk")
    return [
        {"outcome": row.get_kind_display(), "year": row.year, "count": row.count,
         "value": row.get_value_display(), "note": row.note}
        for row in rows
    ]  # fmt: skip


def comments(user: Reader) -> list[dict[str, Any]]:
    """What they have said of drafts of the programme, and answered for their organisation."""
    said = Comment.objects.filter(author=user.pk).select_related("programme").order_by("pk")
    answered = GoalPart.objects.filter(answered_by=user.pk).select_related("goal").order_by("pk")
    return [
        *({"programme": str(row.programme), "comment": row.text, "answer": row.answer}
          for row in said),
        *({"goal": str(row.goal), "part": row.get_part_display(),
           "answer": row.get_stage_display(), "reason": row.reason} for row in answered),
    ]  # fmt: skip


def papers(user: Reader) -> list[dict[str, Any]]:
    """Versions of documents that they have sent, messages and reports that they have written."""
    sent = DocumentVersion.objects.filter(sender=user.pk).select_related("document__project")
    reported = StatusReport.objects.filter(author=user.pk)
    written = DiscussionMessage.objects.filter(author=user.pk, removed_at=None)
    return [
        *({"project": row.document.project.title_fi, "document": row.document.title,
           "file": row.name, "bytes": row.size, "note": row.note,
           "sent": date_format(timezone.localtime(row.sent_at), "DATETIME_FORMAT")}
          for row in sent.order_by("pk")),
        *({"project": row.discussion.project.title_fi, "discussion": row.discussion.title,
           "message": row.text,
           "sent": date_format(timezone.localtime(row.sent_at), "DATETIME_FORMAT")}
          for row in written.select_related("discussion__project").order_by("pk")),
        *({"project": row.project.title_fi, "report": str(row), "state": row.get_light_display(),
           "reason": row.reason, "done": row.done, "next": row.coming, "risks": row.risks}
          for row in reported.select_related("project").order_by("pk")),
    ]  # fmt: skip
