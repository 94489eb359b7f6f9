"""What belongs to a profile row by row, and the seats of a supervisor."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import audit
from cluster_portal.core.constraints import one_of
from cluster_portal.core.vocabulary import Term
from members.models import Organisation
from theses.models.profiles import StudentProfile, SupervisorProfile


class TermLink(models.Model):
    """A term of a profile: a row of its own, so that the ledger of rows holds it too."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["profile", "term"], name="%(app_label)s_%(class)s_once")
        ]

    def __str__(self) -> str:
        return str(self.term)


@audit.tracked()
class StudentField(TermLink):
    profile = models.ForeignKey(StudentProfile, on_delete=models.CASCADE, related_name="+")


@audit.tracked()
class StudentTerm(TermLink):
    profile = models.ForeignKey(StudentProfile, on_delete=models.CASCADE, related_name="+")


@audit.tracked()
class StudentRegion(TermLink):
    """Where the student can work on site; without any row, anywhere."""

    profile = models.ForeignKey(StudentProfile, on_delete=models.CASCADE, related_name="+")


@audit.tracked()
class ProfileAccess(models.Model):
    """An organisation that the student lets see the profile."""

    profile = models.ForeignKey(StudentProfile, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "organisation"], name="theses_profileaccess_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@audit.tracked()
class SupervisorField(TermLink):
    profile = models.ForeignKey(SupervisorProfile, on_delete=models.CASCADE, related_name="+")


@audit.tracked()
class SupervisorTheme(TermLink):
    profile = models.ForeignKey(SupervisorProfile, on_delete=models.CASCADE, related_name="+")


class Half(models.TextChoices):
    """Of a year: until the end of July, and from August on."""

    SPRING = "spring", _("Spring")
    AUTUMN = "autumn", _("Autumn")


@audit.tracked()
class SupervisorSeats(models.Model):
    """How many theses a supervisor takes on in a term; a thesis counts in the term of acceptance.

    The counter moves under this row's lock; the constraint has the last word.
    """

    profile = models.ForeignKey(SupervisorProfile, on_delete=models.CASCADE, related_name="seats")
    year = models.PositiveSmallIntegerField(_("year"))
    half = models.CharField(_("term"), max_length=10, choices=Half)
    capacity = models.PositiveSmallIntegerField(_("room for"))
    taken = models.PositiveSmallIntegerField(_("taken"), default=0)

    class Meta:
        verbose_name = _("supervisor’s room in a term")
        verbose_name_plural = _("supervisors’ room by term")
        ordering = ["year", "-half"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "year", "half"], name="theses_seats_once_a_term"
            ),
            one_of("half", Half, name="theses_seats_half_known"),
            models.CheckConstraint(
                condition=Q(taken__lte=F("capacity")), name="theses_seats_never_overfull"
            ),
            models.CheckConstraint(
                condition=Q(capacity__lte=200), name="theses_seats_capacity_sane"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(2020, 2100)), name="theses_seats_year_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_half_display()} {self.year}"

    @property
    def free(self) -> int:
        return self.capacity - self.taken
