"""What open topics can be narrowed by, and how many there are of each: kept by the database.

Every topic carries all its facets' values as tokens (`level=master`) in `Topic.facets`, which its
triggers write. The tally says how many open topics of a cluster and a visibility carry a token, so
that the counts of the whole list are one small read at any size. Whoever writes topics inserts
differences and waits for nobody; every now and then one of the writers folds them together. The
day and the week of publication are tokens too: a search looks among the newest first.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from cluster_portal.core.visibility import Audience, Reader, Visibility, audience
from theses.models.applications import Application
from theses.models.approaches import Approach
from theses.models.choices import Stage
from theses.models.parts import TopicEducationField, TopicTerm
from theses.models.supervision import SupervisionRequest
from theses.models.topics import Topic

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = "day="
DAYS_TOLD = 14  # how far back `tally` tells of single days; further back the weeks will do
FOLD_AFTER = 2_000  # rows of differences
_LOCK = 7_261_001  # of the one who folds
ALL = ""  # the token that every topic carries in the tally
RUNGS = ", ".join(f"'{rung}'" for rung in Visibility.values)


class TopicTally(models.Model):
    """A difference, or the sum of many: `n` more open topics with the token."""

    home_cluster = models.BigIntegerField()
    visibility = models.CharField(max_length=20)
    token = models.CharField(max_length=80)
    n = models.IntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(n=0), name="theses_topictally_counts")]

    def __str__(self) -> str:
        return f"{self.token} {self.n:+d}"


class WriteTokens(pgtrigger.Trigger):
    """The kind of an organisation counts only where its name may be read too (`named_owner`)."""

    name = "write_facets"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.UpdateOf(
        "levels", "languages", "region_id", "is_remote", "pay", "starts_on", "organisation_id",
        "visibility", "home_cluster_id", "supervisor_id",
        "published_at", "facets",
    )  # fmt: skip
    func = f"""
        NEW.facets := ARRAY(
            SELECT 'level=' || v FROM unnest(NEW.levels) v
            UNION SELECT 'language=' || v FROM unnest(NEW.languages) v
            UNION SELECT 'region=' || NEW.region_id WHERE NEW.region_id IS NOT NULL
            UNION SELECT 'remote=' || NEW.is_remote
            UNION SELECT 'paid=' || NEW.pay
            UNION SELECT 'begins=' || coalesce(to_char(NEW.starts_on, 'YYYY') || CASE
                WHEN extract(month FROM NEW.starts_on) < 8 THEN '-spring' ELSE '-autumn' END, '')
            UNION SELECT v FROM unnest(ARRAY[
                    'day=' || to_char(NEW.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
                    'week=' || to_char(NEW.published_at AT TIME ZONE 'UTC', 'IYYY-IW')]) v
                WHERE NEW.published_at IS NOT NULL
            UNION SELECT 'supervisor=' || (NEW.supervisor_id IS NOT NULL)
            UNION SELECT 'cluster=' || NEW.home_cluster_id
            UNION SELECT 'field=' || term_id FROM theses_topiceducationfield
                WHERE topic_id = NEW.id
            UNION SELECT 'theme=' || term_id FROM theses_topicterm WHERE topic_id = NEW.id
            UNION SELECT 'kind=' || o.kind FROM members_organisation o
                WHERE o.id = NEW.organisation_id
                AND array_position(ARRAY[{RUNGS}], o.visibility::text)
                    <= array_position(ARRAY[{RUNGS}], NEW.visibility::text));
        RETURN NEW;
    """  # noqa: S608  names are ours


class Count(pgtrigger.Trigger):
    """After each statement: what it has changed of the tally, and the folding."""

    level = pgtrigger.Statement
    when = pgtrigger.After

    def __init__(self, operation: Any, rows: str, **tables: str) -> None:
        self.rows = rows
        super().__init__(
            name=f"count_{str(operation).lower()}",
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),
        )

    def get_declare(self, model: Any) -> list[tuple[str, str]]:
        return [("added", "bigint")]

    def get_func(self, model: Any) -> str:
        table = "theses_topictally (home_cluster, visibility, token, n)"
        return f"""
            INSERT INTO {table}
            SELECT home_cluster_id, visibility, token, sum(way)
            FROM ({self.rows}) AS r CROSS JOIN unnest(facets || '{ALL}'::varchar) AS token
            GROUP BY 1, 2, 3 HAVING sum(way) <> 0;
            GET DIAGNOSTICS added = ROW_COUNT;
            IF added > 0
               AND currval(pg_get_serial_sequence('theses_topictally', 'id')) % {FOLD_AFTER} < added
               AND pg_try_advisory_xact_lock({_LOCK}) THEN
                WITH gone AS (DELETE FROM theses_topictally RETURNING *)
                INSERT INTO {table} SELECT home_cluster, visibility, token, sum(n) FROM gone
                GROUP BY 1, 2, 3 HAVING sum(n) <> 0;
            END IF;
            RETURN NULL;
        """  # noqa: S608  names are ours


def _rows(table: str, way: int, condition: str = "true") -> str:
    return (
        f"SELECT t.home_cluster_id, t.visibility, t.facets, {way} AS way FROM {table} t"  # noqa: S608
        f" WHERE t.stage = '{Stage.OPEN}' AND {condition}"
    )


def _differs(other: str) -> str:
    same = " AND ".join(
        f"o.{column} = t.{column}"
        for column in ("id", "stage", "visibility", "home_cluster_id", "facets")
    )
    return f"NOT EXISTS (SELECT FROM {other} o WHERE {same})"


COUNTS = (
    WriteTokens(),
    Count(pgtrigger.Insert, _rows("new_rows", 1), new="new_rows"),
    Count(pgtrigger.Delete, _rows("old_rows", -1), old="old_rows"),
    Count(
        pgtrigger.Update,
        _rows("new_rows", 1, _differs("old_rows"))
        + " UNION ALL "
        + _rows("old_rows", -1, _differs("new_rows")),
        old="old_rows",
        new="new_rows",
    ),
    pgtrigger.Trigger(
        name="count_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Truncate,
        func="DELETE FROM theses_topictally; RETURN NULL;",
    ),
)


def _links(operation: Any, table: str) -> pgtrigger.Trigger:
    tables = {"new": "rows"} if table == "new" else {"old": "rows"}
    return pgtrigger.Trigger(
        name=f"facets_{str(operation).lower()}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func="""
            UPDATE theses_topic SET facets = '{}' WHERE id IN (SELECT topic_id FROM rows);
            RETURN NULL;
        """,
    )


pgtrigger.register(*COUNTS)(Topic)
for _model in (TopicEducationField, TopicTerm):
    pgtrigger.register(_links(pgtrigger.Insert, "new"), _links(pgtrigger.Delete, "old"))(_model)


def _rungs(known: Audience) -> Q:
    """What the reader sees by cluster and visibility alone; part of `Topic.visible_to`."""
    if known.is_admin:
        return Q()
    if known.user_id is None:
        return Q(visibility=Visibility.PUBLIC)
    open_to = [Visibility.PUBLIC, Visibility.ACCOUNTS]
    if known.is_member:
        open_to.append(Visibility.MEMBERS)
    by_cluster = Q(visibility=Visibility.CLUSTER, home_cluster__in=known.member_clusters)
    return Q(visibility__in=open_to) | by_cluster | Q(home_cluster__in=known.coordinates)


def tally(user: Reader) -> Counter[str]:
    """How many topics that are open today, and that the user sees, carry each token; one statement.

    The sums, less those whose last day has passed, and the few she sees for another reason.
    """
    known = audience(user)
    rungs, today = _rungs(known), timezone.localdate()
    closed = Topic.objects.filter(rungs, stage=Stage.OPEN, closes_on__lt=today)
    first_day = f"{DAY}{today - timedelta(days=DAYS_TOLD)}"
    long_ago = Q(token__startswith=DAY, token__lt=first_day)
    parts = [
        TopicTally.objects.filter(rungs).exclude(long_ago).values_list("token", "n"),
        _tokens(closed, -1),
    ]
    if known.user_id is not None and not known.is_admin:
        beyond = Topic.objects.visible_to(user).open(today).filter(pk__in=_hers(known))
        parts.append(_tokens(beyond.exclude(visibility=Visibility.PUBLIC).exclude(rungs), 1))
    counts = _sum(parts)
    for token in [t for t in counts if t.startswith(DAY) and t < first_day]:
        del counts[token]  # what she sees for another reason may be of any day
    return counts


def _hers(known: Audience) -> Any:
    """Topics that she may see for another reason than the rungs: few, and each found by an index.

    Asked for all that is not public, the rule itself would be tried on each of these.
    """
    own = Q(contact=known.user_id) | Q(student=known.user_id) | Q(supervisor=known.user_id)
    named = Topic.objects.filter(own | Q(organisation__in=known.organisations))
    applied = Application.objects.filter(student=known.user_id)
    asked = SupervisionRequest.objects.shown_to(known)
    approached = Approach.objects.addressed_to(known)
    return (
        named.order_by()
        .values("pk")
        .union(
            applied.order_by().values("topic"),
            asked.order_by().values("thesis__application__topic"),
            approached.order_by().values("topic"),
        )
    )


def _tokens(rows: Any, way: int) -> Any:
    every = models.Func(
        models.F("facets"),
        models.Value([ALL], output_field=Topic._meta.get_field("facets")),
        function="unnest",
        template="unnest(%(expressions)s)",
        arg_joiner=" || ",
        output_field=models.TextField(),
    )
    return rows.order_by().values_list(every, models.Value(way))


def _sum(parts: Iterable[Any]) -> Counter[str]:
    asked = [part.order_by().query.sql_with_params() for part in parts]
    union = " UNION ALL ".join(f"({sql})" for sql, _params in asked)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT token, sum(n) FROM ({union}) AS t(token, n) GROUP BY 1",  # noqa: S608  the ORM's
            [value for _sql, params in asked for value in params],
        )
        return Counter({token: int(n) for token, n in cursor.fetchall() if n > 0})
