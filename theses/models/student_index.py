"""The other direction's index: what students who opened their profile are after, by features.

It is written by a task (`services.student_index`). A trigger takes a student out of it as soon as
her words, themes or fields change or she closes her profile, whoever wrote it and how; until she is
read again the matching reads such profiles itself.
"""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from theses.models.profile_parts import StudentField, StudentTerm
from theses.models.profiles import StudentProfile

_READ = ("interests", "programme", "openness")


class StudentFeature(models.Model):
    """A feature by the hash of its name; weights are such that a long profile has no merit."""

    feature = models.BigIntegerField()
    profile = models.ForeignKey(
        StudentProfile, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    weight = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feature", "profile"], include=["weight"],
                name="theses_studentfeature_once",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["profile"], name="theses_studentfeature_profile")]

    def __str__(self) -> str:
        return f"{self.feature} {self.profile_id}"


class StudentRead(models.Model):
    """That all of the student's features stand in the index, by which reading; and her fields."""

    profile = models.OneToOneField(
        StudentProfile, on_delete=models.CASCADE, primary_key=True, related_name="read"
    )
    reading = models.CharField(max_length=100)
    fields = ArrayField(models.BigIntegerField(), default=list)

    def __str__(self) -> str:
        return str(self.profile_id)


def _forgetting(profile: str) -> str:
    """The profile's row is held, so that nobody is just writing what is being forgotten."""
    return f"""
        PERFORM 1 FROM theses_studentprofile WHERE id = {profile} FOR KEY SHARE;
        DELETE FROM theses_studentread WHERE profile_id = {profile};
        DELETE FROM theses_studentfeature WHERE profile_id = {profile};
        RETURN NULL;
    """  # noqa: S608  names are the model's


class ForgetChanged(pgtrigger.Trigger):
    name = "forget_read"
    when = pgtrigger.After
    operation = pgtrigger.UpdateOf(*_READ)
    condition = pgtrigger.AnyChange(*_READ)
    func = _forgetting("NEW.id")


class ForgetLinked(pgtrigger.Trigger):
    name = "forget_read_by_link"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update
    func = _forgetting("NEW.profile_id")


class ForgetUnlinked(pgtrigger.Trigger):
    name = "forget_read_by_unlink"
    when = pgtrigger.After
    operation = pgtrigger.Delete
    func = _forgetting("OLD.profile_id")


pgtrigger.register(ForgetChanged())(StudentProfile)
for _link in (StudentField, StudentTerm):
    pgtrigger.register(ForgetLinked(), ForgetUnlinked())(_link)
