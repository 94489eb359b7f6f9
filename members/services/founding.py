"""What a new installation begins with: its first administrator and its clusters."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.core import audit
from cluster_portal.core.errors import Refused
from cluster_portal.core.vocabulary import Scheme, Term
from members.models import Cluster, User

KEY_BYTES = 20  # what RFC 4226 recommends


@dataclass(frozen=True)
class SecondFactor:
    """What an authenticator app is given once; the portal shows it nowhere again."""

    key: str
    address: str


@transaction.atomic
def make_administrator(email: str, password: str, *, name: str) -> tuple[User, SecondFactor]:
    """An account that can sign in at once: its address counts as confirmed."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(_("There is an account with this address already."))
    user = User.objects.create_superuser(email, password, first_name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user, _give_factor(user)


@transaction.atomic
def renew_factor(email: str) -> tuple[User, SecondFactor]:
    """For an administrator whose telephone is lost; the old factors and recovery codes go."""
    user = User.objects.select_for_update().filter(email__iexact=email, is_superuser=True).first()
    if user is None:
        raise Refused(_("No administrator has this address."))
    Authenticator.objects.filter(user=user).delete()
    audit.record(user, "second factor replaced", by=None)
    return user, _give_factor(user)


def _give_factor(user: User) -> SecondFactor:
    key = base64.b32encode(secrets.token_bytes(KEY_BYTES)).decode()
    adapter = get_adapter()
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": adapter.encrypt(key)}
    )
    return SecondFactor(key, adapter.build_totp_url(user, key))


@transaction.atomic
def make_cluster(slug: str, region: str, founded: int, names: dict[str, str]) -> Cluster:
    """`region` is the code of the vocabulary (06 is Pirkanmaa); `names` by language."""
    term = Term.objects.filter(scheme=Scheme.REGION, code=region).first()
    if term is None:
        raise Refused(_("No region has the code %(code)s.") % {"code": region})
    named = {f"name_{language}": text for language, text in names.items()}
    cluster = Cluster(slug=slug, region=term, founded=founded, **named)
    try:
        cluster.full_clean()
    except ValidationError as fault:
        raise Refused(" ".join(fault.messages)) from fault
    cluster.save()
    audit.record(cluster, "cluster made", by=None)
    return cluster
