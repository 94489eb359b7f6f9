"""The portal's users: an e-mail address is the login; there is no other table of persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.text import cleaning
from cluster_portal.core.text.addresses import normal_address
from cluster_portal.core.text.sorting import sort_key
from cluster_portal.core.visibility import Reader, audience

if TYPE_CHECKING:
    from typing import Self


# No address ends like this: the domain is reserved for what does not exist (RFC 2606).
ERASED = "@erased.invalid"


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Reader) -> Self:
        """Themselves, colleagues of their organisations, and those in a coordinator's scope."""
        from_apps = self.model._meta.apps
        known = audience(user)
        if known.user_id is None:
            return self.none()
        if known.is_admin:
            return self
        affiliations = from_apps.get_model("members", "Affiliation").objects
        colleagues = affiliations.filter(
            user=OuterRef("pk"), organisation__in=known.organisations, stage="confirmed"
        )
        return self.filter(Q(pk=known.user_id) | Exists(colleagues) | self._scope(user))

    def editable_by(self, user: Reader) -> Self:
        return self.filter(pk=user.pk) if user.is_authenticated else self.none()

    def in_scope_of(self, user: Reader) -> Self:
        """Members and applicants of a coordinator's clusters, and people of their organisations."""
        return self if audience(user).is_admin else self.filter(self._scope(user))

    def managed_by(self, user: Reader) -> Self:
        """People's own accounts are changed by themselves and the administrator."""
        return self if audience(user).is_admin else self.none()

    def _scope(self, user: Reader) -> Q:
        clusters = audience(user).coordinates
        get_model = self.model._meta.apps.get_model
        membership = get_model("members", "Membership").objects.filter(cluster__in=clusters)
        membership = membership.exclude(stage="draft")
        organisations = get_model("members", "Organisation").objects.in_scope_of(user)
        affiliation = get_model("members", "Affiliation").objects.filter(
            user=OuterRef("pk"), organisation__in=organisations.values("pk")
        )
        own = membership.filter(Q(person=OuterRef("pk")) | Q(applicant=OuterRef("pk")))
        return Exists(affiliation) | Exists(own)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **values: Any) -> User:
        user = self.model(email=normal_address(email), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **values: Any) -> User:
        made = self.create_user(email, password, is_staff=True, is_superuser=True, **values)
        audit.record(made, "administrator made", by=None)
        return made

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=normal_address(email or ""))


@audit.tracked(exclude=("password", "last_login", "sort_name"))
class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100, blank=True, default="")
    title = models.CharField(_("job title"), max_length=150, blank=True, default="")
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    is_staff = models.BooleanField(_("works in the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    # The first steps on the desk, put away.
    first_steps_hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Whose name is one word is sorted by it.
    sort_name = sort_key(Coalesce(NullIf("last_name", Value("")), "first_name"), max_length=100)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["sort_name", "first_name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="members_user_email_once"),
            models.CheckConstraint(
                condition=Q(language__in=["fi", "sv", "en"]), name="members_user_language_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        cleaning.refuse_links(self.first_name, self.last_name)

    @property
    def is_erased(self) -> bool:
        """A row without a person, which stands where an erased one stood."""
        return self.email.endswith(ERASED)

    def get_full_name(self) -> str:
        if self.is_erased:
            return gettext("Erased user")
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name
