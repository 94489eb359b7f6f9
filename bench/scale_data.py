"""Very many open topics, written by the database itself in the shape that the portal writes."""

import random
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from django.db import connection

from cluster_portal.core import finnish
from cluster_portal.core.search import SearchWord, documents
from cluster_portal.core.vocabulary import Scheme, terms
from members.models import Cluster, Organisation
from members.models.organisations import Kind
from theses.models import Topic

PHRASES = 6_000
TOPICS = Path(__file__).parent / "search_topics.tsv"
HEADS = (
    "kyber turva tieto pelastus huolto varautumis sähkö vesi elintarvike kunta maakunta alue "
    "yritys kriisi viestintä sää tulva metsä meri raja lentokenttä satama rautatie tie "
    "liikenne energia ydin lämpö jäte kemikaali lääke sairaala hoiva koulu nuoriso "
    "vapaaehtois järjestö vartio poliisi puolustus drooni satelliitti paikannus tekoäly "
    "ohjelmisto pilvi verkko anturi robotti data simulointi harjoitus koulutus johtamis "
    "tilannekuva riski vika häiriö katko"
)
TAILS = (
    "turvallisuus suunnitelma järjestelmä hanke selvitys malli arvio valmius toiminta palvelu "
    "johtaminen seuranta tutkimus kehitys ohjeistus yhteistyö verkosto harjoitus koulutus "
    "osaaminen tarve vaikutus kustannus laatu mittaus tiedote raportti kartta rekisteri "
    "valvonta ennuste analyysi ratkaisu laite menetelmä prosessi sopimus hankinta varasto "
    "kuljetus huolto korjaus sietokyky jatkuvuus uhka riski poikkeama vahinko evakuointi "
    "kriisi viestintä päätös rahoitus"
)
TEXTS = 7  # phrases of a topic, of which the first is the title
ENDINGS = ("n", "a", "ssa", "sta", "lla", "lle", "t", "jen", "iin", "ksi")
INFLECTED = (
    "turvallisuuden suunnitelmien järjestelmissä hankkeiden toiminnasta palvelujen johtamisen"
    " yhteistyöllä harjoituksissa koulutusten viestinnästä riskeistä kriisien tutkimuksissa"
)

INSERT = """
INSERT INTO theses_topic (
    created_at, updated_at, slug, title, description, title_sv, title_en, summary_sv, summary_en,
    aim, questions, material, keywords, levels, languages, municipality, region_id, is_remote, pay,
    schedule, starts_on, closes_on, home_cluster_id, organisation_id, visibility, stage, version,
    published_at, publicity_accepted_at, closing_reason, external_id, search, facets{more})
SELECT at, at, 'scale-' || n, p[1], concat_ws('. ', p[2], p[3], p[4], p[5], p[6], p[7]), '', '',
    '', '', '', '', '', '{{}}', levels, ARRAY[language], '', region, is_remote, pay, '', starts_on,
    closes_on, cluster, organisation, visibility, 'open', 1, at, at, '', '',
    setweight(v[1], 'A') || v[2] || v[3] || v[4] || v[5] || v[6] || v[7],
    array_remove(ARRAY['language=' || language, 'region=' || region, 'remote=' || is_remote,
        'paid=' || pay, 'cluster=' || cluster, 'field=' || field, 'theme=' || theme,
        'supervisor=false', 'kind=' || kind,
        'day=' || to_char(at, 'YYYY-MM-DD'), 'week=' || to_char(at, 'IYYY-IW'),
        'begins=' || coalesce(to_char(starts_on, 'YYYY') || CASE
            WHEN extract(month FROM starts_on) < 8 THEN '-spring' ELSE '-autumn' END, '')], NULL)
        || ARRAY(SELECT 'level=' || l FROM unnest(levels) AS l){more_values}
FROM (
    SELECT n, now() - (%(rows)s - n) * (interval '360 days' / %(rows)s) AS at, p, v,
        ARRAY(SELECT DISTINCT unnest((ARRAY['bachelor_uas', 'bachelor_uas', 'master_uas',
            'bachelor', 'master', 'master', 'master_tech', 'doctoral', 'master'])
            [1 + r[1] %% 8:1 + r[1] %% 8 + r[2] %% 2])) AS levels,
        (ARRAY['fi', 'fi', 'fi', 'fi', 'fi', 'fi', 'en', 'en', 'sv'])[1 + r[3] %% 9] AS language,
        (%(regions)s::bigint[])[1 + (r[4] %% 1000 * (r[4] %% 1000) * %(n_regions)s / 1000000)]
            AS region,
        r[5] %% 3 = 0 AS is_remote,
        (ARRAY['agreed', 'agreed', 'yes', 'no'])[1 + r[6] %% 4] AS pay,
        CASE WHEN r[7] %% 3 > 0 THEN current_date - 60 + r[7] %% 400 END AS starts_on,
        CASE WHEN r[8] %% 5000 = 0 THEN current_date - 1
            WHEN r[8] %% 5 > 0 THEN current_date + r[8] %% 250 END AS closes_on,
        (%(clusters)s::bigint[])[1 + r[9] %% 3] AS cluster,
        (%(organisations)s::bigint[])[1 + r[10] %% 200] AS organisation,
        (%(kinds)s::text[])[1 + r[10] %% 200] AS kind,
        CASE WHEN r[11] %% 50 = 0 THEN 'members' WHEN r[11] %% 50 = 1 THEN 'cluster'
            ELSE 'public' END AS visibility,
        (%(fields)s::bigint[])[1 + (r[12] %% 1000 * (r[12] %% 1000) * %(n_fields)s / 1000000)]
            AS field,
        (%(themes)s::bigint[])[1 + r[13] %% %(n_themes)s] AS theme
    FROM (
        SELECT n, ARRAY(SELECT (random() * 1e9)::int FROM generate_series(1, 13) WHERE n > 0) AS r,
            ARRAY(SELECT 1 + floor(%(phrases)s * power(random(), 2))::int
                  FROM generate_series(1, %(texts)s) WHERE n > 0) AS picked
        FROM generate_series(1, %(rows)s) AS n OFFSET 0
    ) AS thrown, LATERAL (
        SELECT array_agg(text ORDER BY k) AS p, array_agg(vector ORDER BY k) AS v
        FROM unnest(picked) WITH ORDINALITY AS w(i, k) JOIN scale_phrase f ON f.n = i
    ) AS written OFFSET 0
) AS made
"""  # without OFFSET the texts would be put together anew for each column
LINKS = """
INSERT INTO {table} (topic_id, term_id)
SELECT id, split_part(token, '=', 2)::bigint FROM theses_topic, unnest(facets) AS token
WHERE token LIKE %s AND token <> %s
"""
TALLY = """
INSERT INTO theses_topictally (home_cluster, visibility, token, n)
SELECT home_cluster_id, visibility, token, count(*)
FROM theses_topic, unnest(facets || ''::varchar) AS token GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Words:
    """Words of the texts by how many of the topics have them, and what a reader makes of them."""

    common: list[str]
    middle: list[str]
    rare: list[str]
    inflected: list[str]
    compounds: list[str]
    apart: list[str]
    slips: list[str]
    beginnings: list[str]


def words() -> Words:
    ordered, pairs = _vocabulary(), _pairs()
    known = [word for word in ordered if word in pairs]
    return Words(
        common=ordered[:8],
        middle=ordered[60:90],
        rare=ordered[-60:-30],
        inflected=INFLECTED.split(),
        compounds=known[:30],
        apart=[" ".join(pairs[word]) for word in known[30:60]],
        slips=[word[:3] + word[4:] for word in ordered[90:160] if len(word) > 8][:30],
        beginnings=[word[:-3] for word in known[60:90]],
    )


def read_every_word() -> None:
    """As a process has that has served for a while: a word's analysis is kept."""
    for word in _vocabulary():
        finnish.analyse(word)
        finnish.seams(word)


def _pairs() -> dict[str, tuple[str, str]]:
    """Compounds and their two members, in an order of chance."""
    pairs = [(head, tail) for head in HEADS.split() for tail in TAILS.split() if head != tail]
    random.Random(13).shuffle(pairs)
    return {head + tail: (head, tail) for head, tail in pairs}


def fill(rows: int) -> None:
    """Without triggers, which would write a ledger of a million rows; then what they keep."""
    values = _values(rows)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET statement_timeout = 0; SET work_mem = '256MB'")
        cursor.execute("SET maintenance_work_mem = '1GB'; SELECT setseed(0.5)")
        indexes = _drop_indexes(cursor)
        cursor.execute(_insert_sql(), values)
        for key, table in (("field", "theses_topiceducationfield"), ("theme", "theses_topicterm")):
            cursor.execute(LINKS.format(table=table), [f"{key}=%", f"{key}="])
        cursor.execute("DELETE FROM theses_topictally")
        cursor.execute(TALLY)
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute(
            "INSERT INTO core_dataversion (name, transaction, at) VALUES ('topics', %s, now())",
            [rows],
        )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("RESET statement_timeout; RESET work_mem; RESET maintenance_work_mem")


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("TRUNCATE theses_topic CASCADE")
        cursor.execute("DROP TABLE IF EXISTS scale_phrase; RESET statement_timeout")
    SearchWord.objects.all().delete()
    Organisation.objects.filter(slug__startswith="scale-").delete()
    Cluster.objects.filter(slug__startswith="scale-").delete()


def _vocabulary() -> list[str]:
    """Words of the labelled topics and compounds, the most frequent first."""
    known = {
        word.lower()
        for line in TOPICS.read_text(encoding="utf-8").splitlines()
        for word in line.split()
        if word.isalpha() and len(word) > 4
    }
    chance = random.Random(3)
    made = [*sorted(known), *chance.sample(sorted(_pairs()), len(known) // 2)]
    chance.shuffle(made)
    return made


def _phrases() -> None:
    """One compound in five is written apart."""
    chance, vocabulary, pairs = random.Random(5), _vocabulary(), _pairs()
    weights = list(accumulate(1 / (rank + 8) for rank in range(len(vocabulary))))
    rows, known = [], set[str]()
    for number in range(1, PHRASES + 1):
        chosen = chance.choices(vocabulary, cum_weights=weights, k=chance.randint(3, 6))
        text = " ".join(
            " ".join(pairs[word]) if word in pairs and chance.random() < 0.2 else word
            for word in chosen
        )
        vector = documents.vector([("C", text)])
        known |= vector.distinct_words()
        rows.append((number, text.capitalize(), vector.literal()))
    _remember(known | {word + ending for word in pairs for ending in ENDINGS})
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS scale_phrase")
        cursor.execute("CREATE TABLE scale_phrase (n int PRIMARY KEY, text text, vector tsvector)")
        cursor.executemany("INSERT INTO scale_phrase VALUES (%s, %s, %s)", rows)


def _remember(known: set[str]) -> None:
    """The table of words is that of a portal with many more texts than these."""
    SearchWord.objects.all().delete()
    made = (SearchWord(word=word, folded=finnish.fold(word)) for word in sorted(known))
    SearchWord.objects.bulk_create(made, batch_size=5_000)


def _values(rows: int) -> dict[str, Any]:
    _phrases()
    regions, fields = terms(Scheme.REGION), terms(Scheme.EDUCATION_FIELD)
    themes = terms(Scheme.SECURITY_TASK) + terms(Scheme.VITAL_FUNCTION)
    clusters = [
        Cluster.objects.create(
            slug=f"scale-{n}", name_fi=f"K{n}", name_sv=f"K{n}", name_en=f"K{n}", founded=2011,
            region=regions[n],
        )
        for n in range(3)
    ]  # fmt: skip
    kinds = random.Random(11).choices(Kind.values, k=200)
    organisations = Organisation.objects.bulk_create(
        Organisation(slug=f"scale-{n}", name=f"Organisaatio {n}", kind=kind, sector="business")
        for n, kind in enumerate(kinds)
    )
    return {
        "rows": rows, "phrases": PHRASES, "texts": TEXTS, "kinds": kinds,
        "regions": [t.pk for t in regions], "n_regions": len(regions),
        "fields": [t.pk for t in fields], "n_fields": len(fields),
        "themes": [t.pk for t in themes], "n_themes": len(themes),
        "clusters": [c.pk for c in clusters], "organisations": [o.pk for o in organisations],
    }  # fmt: skip


def _insert_sql() -> str:
    """Columns that the insert does not name, and that must have a value, get an empty one."""
    named = INSERT[: INSERT.index(")")]
    rest = [
        field
        for field in Topic._meta.concrete_fields
        if not field.null
        and not field.primary_key
        and not field.generated
        and f" {field.column}," not in named
        and field.column not in {"search", "facets"}
    ]
    more = "".join(f", {field.column}" for field in rest)
    values = "".join(f", '{field.get_default()}'" for field in rest)
    return INSERT.format(more=more, more_values=values)


def _drop_indexes(cursor) -> list[str]:
    """Of the topics, but for those of constraints: built anew after the rows are in."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'theses_topic' AND"
        " indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]
