"""Rules of the house that concern the running portal; sizes and texts: `tests.lint`."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from cluster_portal.core.http import sign_in
from tests import house
from tests.house import name_of

if TYPE_CHECKING:
    from pathlib import Path

OPEN_TO_EVERYONE = {
    "certificates:check",
    "certificates:find",
    "events:accept_by_link",
    "events:answer_by_link",
    "events:bodies",
    "events:body",
    "events:calendar",
    "events:confirm_by_link",
    "events:course",
    "events:course_certificate_by_link",
    "events:courses",
    "events:cancel_by_link",
    "events:certificate_by_link",
    "events:decision",
    "events:decisions",
    "events:decline_by_link",
    "events:detail",
    "events:edit_by_link",
    "events:address_by_link",
    "events:idea_by_link",
    "events:new_address_by_link",
    "events:sessions_by_link",
    "events:event_idea_propose",
    "events:event_ideas",
    "events:ics",
    "events:ics_by_link",
    "events:idea",
    "events:idea_propose",
    "events:ideas",
    "events:list",
    "events:material_file",
    "events:meeting",
    "events:meeting_print",
    "events:mode_by_link",
    "events:paper_file",
    "events:propose",
    "events:register",
    "events:registration_by_link",
    "events:report_by_link",
    "events:seat_by_link",
    "events:sent",
    "events:statement",
    "knowledge:article",
    "knowledge:feed",
    "knowledge:file",
    "home:contact",
    "knowledge:list",
    "knowledge:press",
    "knowledge:picture",
    "knowledge:propose",
    "situation:overview",
    "situation:indicators",
    "situation:indicator_feed",
    "situation:indicator",
    "situation:data",
    "situation:data_csv",
    "situation:data_json",
    "situation:indicators_csv",
    "situation:indicators_json",
    "situation:impact",
    "situation:reviews",
    "situation:review_feed",
    "situation:review",
    "situation:evaluations",
    "situation:evaluation_feed",
    "situation:evaluation",
    "situation:signal",
    "situation:signals",
    "situation:signal_feed",
    "situation:signal_propose",
    "situation:signal_report",
    "library:document",
    "library:feed",
    "library:file",
    "library:list",
    "home:about",
    "home:accessibility",
    "home:account_erased",
    "home:front",
    "home:privacy",
    "home:search",
    "home:start",
    "home:terms",
    "members:capabilities",
    "members:capability",
    "members:capability_by_link",
    "members:capability_compare",
    "members:capability_feed",
    "members:capability_propose",
    "members:cluster",
    "members:cooperation",
    "members:coverage",
    "members:figures",
    "members:contact",
    "members:contact_confirm",
    "members:contact_sent",
    "members:expert",
    "members:experts",
    "members:join",
    "members:list",
    "members:named_link",
    "members:need",
    "members:need_feed",
    "members:need_propose",
    "members:needs",
    "members:region",
    "members:related",
    "members:organisation",
    "members:tender",
    "members:tender_calendar",
    "members:tender_feed",
    "members:tender_propose",
    "members:tenders",
    "members:organisation_confirm_by_link",
    "members:organisation_logo",
    "my_calendar:feed",
    "notifications:unsubscribe",
    "plain:livez",
    "plain:mail_detail",
    "plain:mail_file",
    "plain:mail_list",
    "plain:readyz",
    "plain:robots_txt",
    "plain:security_txt",
    "plain:sitemap",
    "projects:call",
    "projects:call_calendar",
    "projects:call_feed",
    "projects:calls",
    "projects:challenge",
    "projects:challenge_propose",
    "projects:challenges",
    "projects:list",
    "projects:measure",
    "projects:pilots",
    "projects:pilot",
    "projects:pilot_propose",
    "projects:learnings",
    "projects:testbeds",
    "projects:testbed",
    "projects:testbed_propose",
    "projects:programme",
    "projects:programme_continuity",
    "projects:programme_csv",
    "projects:programme_report",
    "projects:programme_stakeholders",
    "projects:thread",
    "projects:threads",
    "projects:budget",
    "projects:budget_file",
    "projects:initiative",
    "projects:initiatives",
    "projects:initiative_overlap",
    "projects:initiative_propose",
    "projects:document",
    "projects:document_file",
    "projects:documents",
    "projects:funding",
    "projects:outcomes",
    "projects:package",
    "projects:package_zip",
    "projects:partner_feed",
    "projects:partners",
    "projects:project_propose",
    "projects:project",
    "projects:report_by_link",
    "projects:report_pass_on",
    "projects:report_told",
    "projects:result",
    "projects:result_feed",
    "projects:result_file",
    "projects:result_propose",
    "projects:results",
    "projects:status_report",
    "projects:status_reports",
    "searches:pause_by_link",
    "surveys:feedback",
    "surveys:list",
    "surveys:round",
    "surveys:feedback_given",
    "surveys:circular",
    "surveys:circular_case",
    "surveys:infrastructure",
    "surveys:skills",
    "surveys:report",
    "surveys:report_csv",
    "surveys:results",
    "surveys:results_csv",
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


# `waiting` counts rows of the mail queue for the health page and shows none of them;
# `peopled_by` is a rule of organisations, of who looks after their people; `kept_by` one of
# registrations, one's own and those of colleagues; `managed_by` is what a coordinator may change;
# `inside` one of courses, who takes part or looks after them; `claimable_by` one of seats, with an
# address of the account.
RULES = {"visible_to", "editable_by", "managed_by", "kept_by", "peopled_by", "waiting", "none"}
RULES |= {"inside", "claimable_by"}


def test_views_start_their_queries_where_the_rules_stand():
    started = {
        name_of(path): set(_queries_of(ast.parse(path.read_text(encoding="utf-8"))))
        for path in house.sources()
        if house.is_view_module(path) and name_of(path) not in HOOKS
    }

    assert {name: other for name, of in started.items() if (other := of - RULES)} == {}


def test_models_and_services_know_no_request():
    requests = re.compile(r"^from django\.(http|shortcuts) import", re.MULTILINE)

    assert [
        name_of(path)
        for path in house.sources()
        if {"models", "services"} & {path.parent.name, path.stem}
        and "home" not in path.parts
        and requests.search(path.read_text(encoding="utf-8"))
    ] == []


def test_texts_are_marked_by_names_that_are_extracted():
    """`makemessages` knows gettext's own names and `_`: what another name marks stays English."""
    renamed = re.compile(r"\bn?p?gettext(?:_lazy|_noop)? as (?!_\b)\w+")

    assert [
        name_of(path)
        for path in house.sources()
        if renamed.search(path.read_text(encoding="utf-8"))
    ] == []


def test_settings_and_the_example_environment_name_the_same_variables():
    settings = (house.ROOT / "cluster_portal/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', settings))
    example = (house.ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?\s?([A-Z_]+)=", example, re.MULTILINE))

    assert read == named
    assert len(read) <= 30
    assert settings.count("\n") <= 250


def test_every_workflow_has_its_table():
    """tests/<app>/test_workflows.py tries every action at every stage by everybody."""
    missing = [
        name_of(path)
        for path in house.sources()
        if "models" in path.parts
        and "\nMOVES = Workflow(" in path.read_text(encoding="utf-8")
        and f"steps({path.stem}.MOVES," not in _workflow_tables(path)
    ]

    assert missing == []


def _workflow_tables(path: Path) -> str:
    app = path.parent.parent.name
    tables = house.ROOT / "tests" / app / "test_workflows.py"
    return tables.read_text(encoding="utf-8") if tables.exists() else ""
