"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import polib
import pytest

from cluster_portal.core import sign_in
from tests import house

if TYPE_CHECKING:
    from pathlib import Path

MAX_FUNCTION, MAX_VIEW, MAX_MODULE, MAX_TEMPLATE = 40, 20, 400, 200

OPEN_TO_EVERYONE = {
    "events:calendar",
    "events:confirm_by_link",
    "events:cancel_by_link",
    "events:detail",
    "events:ics",
    "events:ics_by_link",
    "events:list",
    "events:mode_by_link",
    "events:register",
    "events:registration_by_link",
    "events:sent",
    "home:about",
    "home:accessibility",
    "home:account_erased",
    "home:front",
    "home:privacy",
    "home:search",
    "home:terms",
    "members:cluster",
    "members:contact",
    "members:contact_confirm",
    "members:contact_sent",
    "members:join",
    "members:list",
    "members:organisation",
    "notifications:unsubscribe",
    "plain:livez",
    "plain:mail_detail",
    "plain:mail_file",
    "plain:mail_list",
    "plain:readyz",
    "plain:robots_txt",
    "plain:security_txt",
    "plain:sitemap",
    "projects:challenge",
    "projects:challenges",
    "projects:list",
    "projects:measure",
    "projects:programme",
    "projects:project",
    "searches:pause_by_link",
    "theses:finished",
    "theses:finished_thesis",
    "theses:list",
    "theses:propose",
    "theses:renew_by_link",
    "theses:supervisor",
    "theses:supervisors",
    "theses:topic",
    "theses:topic_versions",
}
# Signing in must be possible without being signed in; allauth marks its own views.
SIGN_IN = re.compile(r"^(account_|mfa_|admin:login$|admin:jsi18n$)")


def test_only_the_listed_addresses_are_open():
    open_names = {
        name
        for name, route in house.routes()
        if not getattr(route.callback, "login_required", True) and not SIGN_IN.match(name)
    }

    assert open_names == OPEN_TO_EVERYONE


def test_closed_addresses_say_what_one_signs_in_for():
    silent = [
        name
        for name, route in house.routes()
        if getattr(route.callback, "login_required", True)
        and not SIGN_IN.match(name)
        and not sign_in.reason_of(name)
    ]

    assert silent == []


@pytest.mark.parametrize("path", house.sources(), ids=house.name_of)
def test_functions_are_short(path):
    limit = MAX_VIEW if house.is_view_module(path) else MAX_FUNCTION
    long = [
        f"{f.name} {house.lines_of(f)}" for f in house.functions(path) if house.lines_of(f) > limit
    ]

    assert [each for each in long if not each.startswith("add_arguments")] == []


@pytest.mark.parametrize("path", house.sources(), ids=house.name_of)
def test_modules_are_short(path):
    assert path.read_text(encoding="utf-8").count("\n") <= MAX_MODULE


@pytest.mark.parametrize("path", house.templates(), ids=house.name_of)
def test_templates_are_short_and_hold_no_style_or_script(path):
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= MAX_TEMPLATE
    assert not re.search(
        r"\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*application/json)", text
    )


@pytest.mark.parametrize("path", house.templates(), ids=house.name_of)
def test_translated_blocks_are_trimmed(path):
    blocks = re.findall(r"{%\s*blocktrans(?:late)?\b[^%]*%}", path.read_text(encoding="utf-8"))

    assert [block for block in blocks if "trimmed" not in block] == []


@pytest.mark.parametrize("path", house.sources(), ids=house.name_of)
def test_no_text_to_translate_hides_in_an_f_string(path):
    """`makemessages` finds none there, so that it would stay English."""
    inside = [
        node.lineno
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in {"_", "gettext", "ngettext", "pgettext"}
    ]

    assert inside == []


def _queries_of(tree: ast.AST) -> list[str]:
    """Every `X.objects.method` of a module, by its method's name."""
    return [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
    ]


# What Django and allauth call when people sign in: no pages, nothing is shown.
HOOKS = {"members/views/accounts.py", "members/views/account_acts.py"}


@pytest.mark.parametrize(
    "path",
    [p for p in house.sources() if house.is_view_module(p) and house.name_of(p) not in HOOKS],
    ids=house.name_of,
)
def test_views_start_their_queries_where_the_rules_stand(path):
    started = set(_queries_of(ast.parse(path.read_text(encoding="utf-8"))))

    # `waiting` counts rows of the mail queue for the health page and shows none of them;
    # `peopled_by` is a rule of organisations, of who looks after their people.
    assert started <= {"visible_to", "editable_by", "peopled_by", "waiting"}


@pytest.mark.parametrize(
    "path",
    [
        p
        for p in house.sources()
        if {"models", "services"} & {p.parent.name, p.stem} and "home" not in p.parts
    ],
    ids=house.name_of,
)
def test_models_and_services_know_no_request(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"^from django\.(http|shortcuts) import", text, re.MULTILINE)


def test_settings_and_the_example_environment_name_the_same_variables():
    settings = (house.ROOT / "cluster_portal/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', settings))
    example = (house.ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?\s?([A-Z_]+)=", example, re.MULTILINE))

    assert read == named
    assert len(read) <= 30
    assert settings.count("\n") <= 250


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_translations_are_complete(language):
    catalogue = polib.pofile(str(house.ROOT / f"locale/{language}/LC_MESSAGES/django.po"))

    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_colours_stand_in_the_tokens_alone():
    sheets = (house.ROOT / "static/css").rglob("*.css")
    others = [sheet for sheet in sheets if sheet.name != "tokens.css"]

    assert [
        house.name_of(sheet)
        for sheet in others
        if re.search(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)", sheet.read_text(encoding="utf-8"))
    ] == []


def test_translated_text_is_never_formatted_by_python():
    pattern = re.compile(
        r"""\b(?:_|gettext|ngettext|gettext_lazy)\(\s*f["']|_\([^()]*\)\.format\("""
    )

    assert [
        house.name_of(path)
        for path in house.sources()
        if pattern.search(path.read_text(encoding="utf-8"))
    ] == []


def test_every_workflow_has_its_table():
    """tests/<app>/test_workflows.py tries every action at every stage by everybody."""
    missing = [
        house.name_of(path)
        for path in house.sources()
        if "models" in path.parts
        and "\nMOVES = Workflow(" in path.read_text(encoding="utf-8")
        and f"steps({path.stem}.MOVES," not in _workflow_tables(path)
    ]

    assert missing == []


def _workflow_tables(path: Path) -> str:
    app = path.relative_to(house.ROOT).parts[0]
    tables = house.ROOT / "tests" / app / "test_workflows.py"
    return tables.read_text(encoding="utf-8") if tables.exists() else ""
