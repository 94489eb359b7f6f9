"""To whom a letter of a cluster can go, in the words of its form and of its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.core import vocabulary
from cluster_portal.core.letter_audiences import LetterAudience, Narrowing, ReadyText
from cluster_portal.core.vocabulary import Scheme
from members.models.affiliations import Role
from members.models.gaps import Gap
from members.models.kinds import Kind, Sector
from members.services import letter_receivers as receivers

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

OF_A_MEMBER = _("You get this letter because your organisation is a member of %(cluster)s.")
OF_ONESELF = _("You get this letter because you are a member of %(cluster)s.")
OF_A_CONTACT = _(
    "You get this letter because you are the contact person of a member of %(cluster)s."
)


OF_A_NAMED = _("You get this letter because you have been invited to %(cluster)s.")
# The schemes whose terms organisations and people choose as their themes.
THEMES = (Scheme.SECURITY_TASK, Scheme.CRITICAL_SECTOR, Scheme.VITAL_FUNCTION, Scheme.ATT_THEME)
# The gaps in the data of an organisation that its contact is reminded of.
REMINDED = frozenset({Gap.CONFIRMATION, Gap.THEMES})


def lacking_key(gap: Gap) -> str:
    return f"lacks-{gap.value}"


def _sectors(_user: Reader) -> list[tuple[str, Any]]:
    return list(Sector.choices)


def _kinds(_user: Reader) -> list[tuple[str, Any]]:
    return list(Kind.choices)


def _regions(_user: Reader) -> list[tuple[str, Any]]:
    return [(term.code, term.label) for term in vocabulary.terms(Scheme.REGION)]


def _themes(_user: Reader) -> list[tuple[str, Any]]:
    terms = (term for scheme in THEMES for term in vocabulary.terms(scheme))
    return [(f"{term.scheme}:{term.code}", term.label) for term in terms]


def _roles(_user: Reader) -> list[tuple[str, Any]]:
    return list(Role.choices)


AUDIENCES = (
    LetterAudience(
        "members", _("People of member organisations"), receivers.people, OF_A_MEMBER,
        narrowings=(
            Narrowing("sector", _("Sector"), _sectors),
            Narrowing("kind", _("Kind of organisation"), _kinds),
            Narrowing("role", _("Role"), _roles),
            Narrowing("region", _("Region"), _regions),
            Narrowing("theme", _("Theme of the organisation"), _themes),
        ),
        guests=receivers.named_people, order=10,
    ),
    LetterAudience(
        "private", _("Private members"), receivers.private_members, OF_ONESELF,
        narrowings=(Narrowing("theme", _("Theme of interest"), _themes),),
        guests=receivers.named_private_members, order=20,
    ),
    LetterAudience(
        lacking_key(Gap.CONFIRMATION),
        _("Contact persons whose organisation’s page nobody has confirmed for a year"),
        receivers.contacts_of_unconfirmed, OF_A_CONTACT, order=50,
        ready=ReadyText(
            _("Is your organisation’s page up to date?"),
            _(
                "Your organisation has a page in our portal. Nobody has confirmed for a year that "
                "what it says is true.\n\n"
                "Please look at the page, correct what has changed and confirm it. It takes some "
                "minutes, and others find you by what stands there."
            ),
        ),
    ),
    LetterAudience(
        lacking_key(Gap.THEMES), _("Contact persons whose organisation has no themes"),
        receivers.contacts_without_themes, OF_A_CONTACT, order=51,
        ready=ReadyText(
            _("Choose the themes of your organisation"),
            _(
                "Your organisation’s page names no themes yet. By them others find you, and the "
                "portal can tell you of topics, projects and events that suit you.\n\n"
                "Please open your organisation’s page, choose its themes and save."
            ),
        ),
    ),
    LetterAudience(
        "ending", _("Members whose membership ends within 60 days"), receivers.members_ending,
        OF_A_MEMBER, order=52,
        ready=ReadyText(
            _("Your membership is about to end"),
            _(
                "Your membership of our cluster ends within two months. We would gladly go on "
                "with you.\n\n"
                "Reply to this letter and tell whether you want to go on. We take care of the rest."
            ),
        ),
    ),
    LetterAudience(
        "invited", _("Invited people who have not answered"), receivers.nobody, OF_A_NAMED,
        guests=receivers.invited_people, order=53,
        ready=ReadyText(
            _("Your invitation still waits"),
            _(
                "You have an invitation from us in your mail: with its link you take up your place "
                "in the portal in a few minutes.\n\n"
                "If you do not find it, or we have written to the wrong person, reply to this "
                "letter."
            ),
        ),
    ),
)  # fmt: skip
