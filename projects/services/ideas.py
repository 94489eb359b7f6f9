"""Writing an idea: a draft at any step, until its author gives it to the members to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster_portal.core import audit, search
from cluster_portal.core.database.sent_forms import made_by
from cluster_portal.core.errors import Overtaken, Refused
from cluster_portal.core.matching import themes
from cluster_portal.core.text import cleaning
from cluster_portal.core.visibility import Visibility, audience
from cluster_portal.notifications import outbox
from members.matching import NAMED
from members.models import Cluster, User
from members.services.needs import clusters_of, organisations_of
from members.services.recipients import contacts_of, coordinators_of
from projects.models import Challenge, FundingCall, Partnership, Project, WantedRole
from projects.models.partnerships import Role
from projects.models.partnerships import Stage as PartnerStage
from projects.models.roles import MOST_ROLES
from projects.models.shared import RESERVED
from projects.services.arrivals import content_came, roles_came

if TYPE_CHECKING:
    from members.models import Need, Organisation

MOST_DRAFTS = 20  # of one person
NEEDED = ("title_fi", "summary_fi", "description_fi")


@dataclass(frozen=True)
class Beginning:
    """What the idea is begun from; each is seen by who begins it."""

    challenge: Challenge | None = None
    need: Need | None = None
    call: FundingCall | None = None


@dataclass(frozen=True)
class RoleLine:
    """A row of the form: an existing role by its key, or a new one."""

    name: str
    note: str = ""
    pk: int | None = None
    is_closed: bool = False


@transaction.atomic
def propose_idea(values: dict[str, Any], *, by: User, begun: Beginning) -> Project:
    """Stores a draft; the same form makes one idea, and what it came of keeps the tie."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # forms sent twice take turns
    known = made_by(Project, values["form_key"], author=by)
    if known is not None:
        return known
    if Project.objects.filter(author=by, published_at=None).count() >= MOST_DRAFTS:
        raise Refused(_("You have many drafts. Publish or delete some first."))
    organisation, cluster = values.get("organisation"), values.pop("cluster", None)
    if organisation is not None and not organisations_of(by).contains(organisation):
        raise Refused(_("You cannot write an idea for this organisation."))
    idea = Project(
        **values, author=by, home_cluster=home_of(organisation, by, cluster),
        published_at=None,
        visibility=Visibility.MEMBERS, call=begun.call, from_need=begun.need,
    )  # fmt: skip
    _insert(idea)
    if begun.challenge is not None:
        idea.challenges.add(begun.challenge)
        idea.terms.set(begun.challenge.terms.all())
    elif begun.need is not None:
        idea.terms.set(begun.need.terms.all())
    _find_themes(idea)
    search.reindex(idea)
    audit.record(idea, "created", by=by)
    return idea


def home_of(organisation: Organisation | None, by: User, chosen: Cluster | None = None) -> Cluster:
    """Where its owner is a member; who is a member nowhere yet chooses the cluster."""
    known = audience(by)
    clusters = list(clusters_of(organisation, by).order_by("pk"))
    mine = [each for each in clusters if each.pk in known.coordinates | known.member_clusters]
    keys = known.member_clusters | known.coordinates
    found = mine or clusters or list(Cluster.objects.filter(pk__in=keys).order_by("pk"))
    if not found and chosen is None:
        raise Refused(_("Choose the cluster whose members read the idea."))
    return found[0] if found else chosen  # type: ignore[return-value]


def _insert(idea: Project) -> None:
    """An address taken meanwhile by another makes a second try."""
    idea.slug = _free_slug(idea.title_fi)
    try:
        with transaction.atomic():
            idea.save(force_insert=True)
    except IntegrityError:
        idea.slug = _free_slug(idea.title_fi)
        idea.save(force_insert=True)


def _free_slug(title: str) -> str:
    return cleaning.free_slug(Project.objects.all(), title, empty="idea", reserved=RESERVED)


def _find_themes(idea: Project) -> None:
    """Those that the text speaks of, where nobody has chosen any."""
    if not idea.terms.exists():
        text = "\n".join([idea.title_fi, idea.summary_fi, idea.description_fi, idea.aim])
        idea.terms.set(themes.found_in(text, NAMED))


def locked(project: Project) -> Project:
    """The project's row is the lock of its texts, its roles and its partners."""
    found = Project.objects.select_for_update(of=("self",), no_key=True).filter(pk=project.pk)
    idea = found.first()
    if idea is None:
        raise Refused(_("The idea does not exist any more."))
    return idea


def _editable(project: Project, by: User, seen: str) -> Project:
    """`seen` is the stamp of what the editor saw: nobody's change is lost."""
    idea = locked(project)
    if not idea.is_editable_by(by):
        raise Refused(_("You do not edit this idea any more."))
    if seen and seen != idea.stamp:
        raise Overtaken
    return idea


@transaction.atomic
def edit_idea(project: Project, values: dict[str, Any], *, by: User, seen: str = "") -> Project:
    """One step of the form, by any of the editors."""
    idea = _editable(project, by, seen)
    values = dict(values)
    before = idea.visibility
    asks_public = values.pop("asks_public", None)
    chosen = values.pop("terms", None)
    changed = [name for name, value in values.items() if getattr(idea, name) != value]
    for name in changed:
        setattr(idea, name, values[name])
    if chosen is not None and {t.pk for t in chosen} != {t.pk for t in idea.terms.all()}:
        idea.terms.set(chosen)
        changed.append("terms")
    if asks_public is not None:
        changed += _ask_public(idea, by, wanted=asks_public)
    if changed:
        _keep(idea, changed, by)
        content_came_of(idea, before)
    return idea


def _keep(idea: Project, changed: list[str], by: User) -> None:
    idea.save()
    _find_themes(idea)
    search.reindex(idea)
    audit.record(idea, "edited", by=by, details={"changed": changed})


def content_came_of(idea: Project, before: str = "") -> None:
    if not idea.is_draft:
        content_came(idea, before=before)


def _ask_public(idea: Project, by: User, *, wanted: bool) -> list[str]:
    """The coordinators say yes before everyone reads it."""
    if not wanted:
        had = idea.public_asked_at is not None
        idea.public_asked_at = None
        return ["public_asked_at"] * had
    if idea.visibility == Visibility.PUBLIC or idea.public_asked_at is not None:
        return []
    idea.public_asked_at = timezone.now()
    if not idea.is_draft:
        _tell_coordinators(idea, by)
    return ["public_asked_at"]


def _tell_coordinators(idea: Project, by: User) -> None:
    moment = idea.sent_at if idea.is_draft else idea.public_asked_at
    outbox.post_to_all(
        "idea_asked", to=coordinators_of([idea.home_cluster_id], but=by),
        key=f"{idea.pk}-{moment.isoformat() if moment else ''}", about=idea,
        values={"draft": idea.is_draft},
    )  # fmt: skip


@transaction.atomic
def set_roles(project: Project, lines: list[RoleLine], *, by: User, seen: str = "") -> Project:
    """Roles are numbered as they stand; one that somebody has, or was asked to, is kept."""
    idea = _editable(project, by, seen)
    if len(lines) > MOST_ROLES:
        raise Refused(_("At most %(count)s roles.") % {"count": MOST_ROLES})
    roles = {role.pk: role for role in idea.wanted_roles.all()}
    kept = {line.pk for line in lines} & set(roles)
    gone = [role for pk, role in roles.items() if pk not in kept]
    if Partnership.objects.filter(wanted_role__in=gone).exclude(
        stage__in=[PartnerStage.DECLINED, PartnerStage.EXPIRED]
    ).exists():  # fmt: skip
        raise Refused(_("Somebody has this role or was asked to it. Answer or remove them first."))
    for role in gone:
        role.delete()
    for position, line in enumerate(lines, start=1):  # one that is gone meanwhile is made anew
        _set_role(roles.get(line.pk or 0) or WantedRole(project=idea), line, position)
    idea.save(update_fields=["updated_at"])
    search.reindex(idea)
    if not idea.is_draft and any(line.pk not in kept for line in lines):
        roles_came(idea)
    audit.record(idea, "roles edited", by=by, details={"count": len(lines)})
    return idea


def _set_role(role: WantedRole, line: RoleLine, position: int) -> None:
    renamed = role.name_fi != line.name or role.note != line.note
    role.name_fi, role.note, role.is_closed = line.name, line.note, line.is_closed
    role.position = position
    role.save()
    if renamed:
        role.terms.set(themes.found_in(f"{line.name}\n{line.note}", NAMED))


def missing(idea: Project) -> list[str]:
    """What must be told before others read it."""
    return [name for name in NEEDED if not getattr(idea, name)]


@transaction.atomic
def publish_idea(project: Project, *, by: User) -> Project:
    """From now on those whom its visibility names read it; its owner leads it."""
    idea = _editable(project, by, "")
    if not idea.is_draft:
        return idea
    if missing(idea):
        raise Refused(_("Something is still missing. Check the idea before you publish it."))
    if not audience(by).is_member:
        return _send(idea, by)
    idea.published_at = timezone.now()
    idea.save(update_fields=["published_at", "updated_at"])
    if idea.organisation_id:
        Partnership.objects.get_or_create(
            project=idea, organisation_id=idea.organisation_id, role=Role.LEAD,
            defaults={"stage": PartnerStage.ACCEPTED},
        )  # fmt: skip
    search.reindex(idea)
    content_came(idea)
    entry = audit.record(idea, "publish", by=by)
    if idea.sent_at is not None:
        values: outbox.Values = {"yes": True}
        readers = side_of(idea, but=by)
        outbox.post_to_all(
            "idea_answered", to=readers, key=str(entry.pk), about=idea, values=values
        )
    if idea.public_asked_at is not None:
        _tell_coordinators(idea, by)
    return idea


def _send(idea: Project, by: User) -> Project:
    """Who is no member yet, a student for example, has a coordinator publish it."""
    if idea.sent_at is None:
        idea.sent_at = timezone.now()
        idea.save(update_fields=["sent_at", "updated_at"])
        audit.record(idea, "sent to coordinators", by=by)
        _tell_coordinators(idea, by)
    return idea


@transaction.atomic
def answer_public(project: Project, *, yes: bool, by: User) -> Project:
    """A coordinator lets everyone read it, or not; its editors hear which."""
    idea = locked(project)
    if not idea.is_managed_by(by) or idea.is_draft or idea.public_asked_at is None:
        raise Refused(_("You cannot do this."))
    before = idea.visibility
    idea.public_asked_at = None
    if yes:
        idea.visibility = Visibility.PUBLIC
    idea.save(update_fields=["public_asked_at", "visibility", "updated_at"])
    entry = audit.record(idea, "made public" if yes else "not made public", by=by)
    content_came_of(idea, before)
    outbox.post_to_all(
        "idea_answered", to=side_of(idea, but=by), key=str(entry.pk), about=idea,
        values={"yes": yes},
    )  # fmt: skip
    return idea


@transaction.atomic
def delete_draft(project: Project, *, by: User) -> None:
    """What nobody else has read leaves without a trace but the act."""
    idea = _editable(project, by, "")
    if not idea.is_draft:
        raise Refused(_("A published idea is not deleted. Mark it as not applied for."))
    audit.record(idea, "draft deleted", by=by)
    idea.delete()


def side_of(project: Project, *, but: User | None = None) -> list[User]:
    """Its author, co-editors and the owner’s contacts; where there is nobody, the coordinators."""
    people = {person.pk: person for person in contacts_of([project.organisation_id])}
    for person in User.objects.filter(pk__in=_named(project), is_active=True):
        if Project.objects.editable_by(person).contains(project):
            people[person.pk] = person
    if not people:
        people = {each.pk: each for each in coordinators_of([project.home_cluster_id])}
    return [person for person in people.values() if person != but]


def _named(project: Project) -> list[int]:
    editors = project.editors.accepted().values_list("user", flat=True)
    return [*editors, *([project.author_id] if project.author_id else [])]
