from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from projects.urls import papers, parts
from projects.views import (
    applications,
    budgets,
    calls,
    challenge_form,
    challenges,
    ideas,
    initiatives,
    openings,
    packages,
    partners,
    partnerships,
    pilots,
    programme_office,
    programmes,
    projects,
    proposal_files,
    proposals,
    result_form,
    results,
    rounds,
    testbeds,
    threads,
    updates,
)

app_name = "projects"

partner_urls: list[URLPattern] = [
    path("partners/", partners.partner_list, name="partners"),
    path("partners/feed.xml", partners.partner_feed, name="partner_feed"),
    path(
        "<slug:slug>/suggestions/dismiss/", partners.suggestion_dismiss, name="suggestion_dismiss"
    ),
]

call_urls: list[URLPattern] = [
    path("calls/", calls.call_list, name="calls"),
    path("calls/feed.xml", calls.call_feed, name="call_feed"),
    path("calls/feed.ics", calls.call_calendar, name="call_calendar"),
    path("calls/<slug:slug>/", calls.call_detail, name="call"),
]

challenge_urls: list[URLPattern] = [
    path("challenges/", challenges.challenge_list, name="challenges"),
    path("challenges/propose/", challenge_form.challenge_propose, name="challenge_propose"),
    path("challenges/<slug:slug>/", challenges.challenge_detail, name="challenge"),
    path(
        "challenges/<slug:slug>/tell/<slug:step>/",
        challenge_form.challenge_tell,
        name="challenge_tell",
    ),
    path(
        "challenges/<slug:slug>/move/<slug:action>/",
        challenges.challenge_move,
        name="challenge_move",
    ),
]

proposal_urls: list[URLPattern] = [
    path(
        "challenges/<slug:slug>/proposals/", proposals.proposal_compare, name="proposal_compare"
    ),
    path(
        "challenges/<slug:slug>/proposals/propose/", proposals.proposal_write,
        name="proposal_write",
    ),
    path(
        "challenges/<slug:slug>/proposals/<uuid:public_id>/", proposals.proposal_detail,
        name="proposal",
    ),
    path(
        "challenges/<slug:slug>/proposals/<uuid:public_id>/move/<slug:action>/",
        proposals.proposal_move, name="proposal_move",
    ),
    path(
        "challenges/proposals/files/<uuid:public_id>/", proposal_files.proposal_file,
        name="proposal_file",
    ),
    path(
        "challenges/proposals/files/<uuid:public_id>/remove/",
        proposal_files.proposal_file_remove, name="proposal_file_remove",
    ),
    path(
        "challenges/<slug:slug>/opened/", openings.challenge_openings, name="challenge_openings"
    ),
    path(
        "challenges/<slug:slug>/proposals/opened/", openings.proposal_openings,
        name="proposal_openings",
    ),
    path("challenges/<slug:slug>/questions/", proposals.question_ask, name="question_ask"),
    path(
        "challenges/<slug:slug>/questions/<uuid:form_key>/", proposals.question_answer,
        name="question_answer",
    ),
]  # fmt: skip

pilot_urls: list[URLPattern] = [
    path("pilots/", pilots.pilot_list, name="pilots"),
    path("pilots/propose/", pilots.pilot_propose, name="pilot_propose"),
    path("pilots/learnings/", pilots.learning_list, name="learnings"),
    path("pilots/<slug:slug>/", pilots.pilot_detail, name="pilot"),
    path("pilots/<slug:slug>/edit/", pilots.pilot_edit, name="pilot_edit"),
    path("pilots/<slug:slug>/facts/", pilots.pilot_facts, name="pilot_facts"),
    path("pilots/<slug:slug>/learnings/", pilots.pilot_learnings, name="pilot_learnings"),
    path("pilots/<slug:slug>/makers/", pilots.pilot_makers, name="pilot_makers"),
    path(
        "pilots/<slug:slug>/makers/<slug:organisation>/answer/", pilots.maker_answer,
        name="maker_answer",
    ),
    path(
        "pilots/<slug:slug>/makers/<slug:organisation>/remove/", pilots.maker_remove,
        name="maker_remove",
    ),
    path("pilots/<slug:slug>/move/<slug:action>/", pilots.pilot_move, name="pilot_move"),
]  # fmt: skip

testbed_urls: list[URLPattern] = [
    path("testbeds/", testbeds.testbed_list, name="testbeds"),
    path("testbeds/propose/", testbeds.testbed_propose, name="testbed_propose"),
    path("testbeds/<slug:slug>/", testbeds.testbed_detail, name="testbed"),
    path("testbeds/<slug:slug>/edit/", testbeds.testbed_edit, name="testbed_edit"),
    path("testbeds/<slug:slug>/move/<slug:action>/", testbeds.testbed_move, name="testbed_move"),
]

programme_urls: list[URLPattern] = [
    path("programme/measures/<uuid:public_id>/", programmes.measure, name="measure"),
    path(
        "programme/measures/<uuid:public_id>/report/", updates.measure_report, name="measure_report"
    ),
    path("programme/measures/<uuid:public_id>/ask/", updates.measure_ask, name="measure_ask"),
    path(
        "programme/measures/<uuid:public_id>/revoke/", updates.measure_revoke, name="measure_revoke"
    ),
    path("programme/report/<str:token>/", updates.report_by_link, name="report_by_link"),
    path("programme/report/<str:token>/told/", updates.report_told, name="report_told"),
    path("programme/report/<str:token>/pass-on/", updates.report_pass_on, name="report_pass_on"),
    path("programme/", programmes.programme, name="programme"),
    path("programme/parts/<uuid:public_id>/", rounds.goal_part, name="goal_part"),
    path(
        "programme/parts/<uuid:public_id>/<slug:action>/",
        rounds.goal_part_move,
        name="goal_part_move",
    ),
    path("programme/reviews/<uuid:public_id>/", rounds.review_hold, name="review_hold"),
    path(
        "programme/<slug:cluster>/<int:version>/comment/",
        rounds.programme_comment,
        name="programme_comment",
    ),
    path(
        "programme/<slug:cluster>/<int:version>/comment/open/",
        rounds.comment_round_open,
        name="comment_round_open",
    ),
    path("programme/<slug:cluster>/<int:version>/ask/", programme_office.part_ask, name="part_ask"),
    path(
        "programme/<slug:cluster>/<int:version>/acts/add/",
        programme_office.act_add,
        name="act_add",
    ),
    path(
        "programme/<slug:cluster>/<int:version>/report/",
        rounds.programme_report,
        name="programme_report",
    ),
    path(
        "programme/<slug:cluster>/<int:version>/stakeholders/",
        rounds.programme_stakeholders,
        name="programme_stakeholders",
    ),
    path(
        "programme/<slug:cluster>/<int:version>/continuity/",
        rounds.programme_continuity,
        name="programme_continuity",
    ),
    path(
        "programme/<slug:cluster>/<int:version>/measures.csv",
        rounds.programme_csv,
        name="programme_csv",
    ),
    path(
        "programme/<slug:cluster>/<int:version>/approve/",
        programmes.programme_approve,
        name="programme_approve",
    ),
]

initiative_urls: list[URLPattern] = [
    path("initiatives/", initiatives.initiative_list, name="initiatives"),
    path("initiatives/propose/", initiatives.initiative_propose, name="initiative_propose"),
    path("initiatives/overlap/", initiatives.initiative_overlap, name="initiative_overlap"),
    path("initiatives/<slug:slug>/", initiatives.initiative_detail, name="initiative"),
    path(
        "initiatives/<slug:slug>/move/<slug:action>/",
        initiatives.initiative_move,
        name="initiative_move",
    ),
]

thread_urls: list[URLPattern] = [
    path("thread/", threads.thread_list, name="threads"),
    path("thread/breaks/", threads.break_list, name="thread_breaks"),
    path("thread/<slug:kind>/<slug:slug>/", threads.thread_detail, name="thread"),
    path("thread/<slug:kind>/<slug:slug>/follow/", threads.thread_follow, name="thread_follow"),
]


budget_urls: list[URLPattern] = [
    path("<slug:slug>/budget/", budgets.budget_detail, name="budget"),
    path("<slug:slug>/budget/edit/", budgets.budget_edit, name="budget_edit"),
    path("<slug:slug>/budget/budget.<str:kind>", budgets.budget_file, name="budget_file"),
    path("<slug:slug>/budget/costs/", budgets.actual_costs_page, name="actual_costs"),
    path(
        "<slug:slug>/budget/costs/<uuid:key>/remove/", budgets.actual_cost_remove,
        name="actual_cost_remove",
    ),
]  # fmt: skip

result_urls: list[URLPattern] = [
    path("results/", results.result_list, name="results"),
    path("results/feed.xml", results.result_feed, name="result_feed"),
    path("results/outcomes/", packages.outcomes, name="outcomes"),
    path("results/outcomes/propose/", packages.outcome_tell, name="outcome_tell"),
    path(
        "results/outcomes/<uuid:public_id>/remove/", packages.outcome_remove,
        name="outcome_remove",
    ),
    path("funding/", packages.funding, name="funding"),
    path("<slug:slug>/package/", packages.package, name="package"),
    path("<slug:slug>/package.zip", packages.package_zip, name="package_zip"),
    path("<slug:slug>/package/edit/", packages.package_edit, name="package_edit"),
    path("<slug:slug>/package/transfers/propose/", packages.transfer_add, name="transfer_add"),
    path(
        "<slug:slug>/package/transfers/<uuid:public_id>/", packages.transfer_edit,
        name="transfer_edit",
    ),
    path("results/propose/", result_form.result_propose, name="result_propose"),
    path("results/files/<uuid:public_id>/", results.result_file, name="result_file"),
    path(
        "results/files/<uuid:public_id>/remove/", results.result_file_remove,
        name="result_file_remove",
    ),
    path(
        "results/uses/<uuid:public_id>/move/<slug:action>/", results.result_use_move,
        name="result_use_move",
    ),
    path("results/<slug:slug>/", results.result_detail, name="result"),
    path("results/<slug:slug>/tell/<slug:step>/", result_form.result_tell, name="result_tell"),
    path("results/<slug:slug>/move/<slug:action>/", results.result_move, name="result_move"),
    path("results/<slug:slug>/used/", results.result_use, name="result_use"),
    path(
        "results/<slug:slug>/recommendations/<int:position>/", results.result_follow_up,
        name="result_follow_up",
    ),
]  # fmt: skip

idea_urls: list[URLPattern] = [
    path("propose/", ideas.project_propose, name="project_propose"),
    path("<slug:slug>/edit/<slug:step>/", ideas.idea_edit, name="idea_edit"),
    path("<slug:slug>/delete/", ideas.idea_delete, name="idea_delete"),
    path("<slug:slug>/public/<slug:answer>/", ideas.idea_public, name="idea_public"),
    path("<slug:slug>/support/", ideas.support, name="support"),
    path("<slug:slug>/join/", ideas.idea_join, name="idea_join"),
    path("<slug:slug>/invite/", partnerships.idea_invite, name="idea_invite"),
    path("<slug:slug>/partners/<uuid:public_id>/", partnerships.partnership, name="partnership"),
    path(
        "<slug:slug>/partners/<uuid:public_id>/<slug:action>/", partnerships.partnership_move,
        name="partnership_move",
    ),
    path("<slug:slug>/editors/", partnerships.idea_editors, name="idea_editors"),
    path(
        "<slug:slug>/editors/<uuid:public_id>/remove/", partnerships.editor_remove,
        name="editor_remove",
    ),
    path(
        "<slug:slug>/editors/<slug:answer>/", partnerships.editor_answer, name="editor_answer"
    ),
    path("<slug:slug>/applications/", applications.application_begin, name="application_begin"),
    path(
        "<slug:slug>/applications/<uuid:public_id>/", applications.application, name="application"
    ),
    path(
        "<slug:slug>/applications/<uuid:public_id>/move/<slug:action>/",
        applications.application_move, name="application_move",
    ),
]  # fmt: skip

project_urls: list[URLPattern] = [
    path("", projects.project_list, name="list"),
    path("<slug:slug>/", projects.project_detail, name="project"),
    path("<slug:slug>/move/<slug:action>/", projects.project_move, name="project_move"),
]

urlpatterns = [
    *partner_urls, *call_urls, *challenge_urls, *proposal_urls, *pilot_urls, *testbed_urls,
    *programme_urls, *initiative_urls, *thread_urls, *budget_urls, *result_urls,
    *parts.urls, *idea_urls, *papers.urls, *project_urls,
]  # fmt: skip

# What one needs an account for, told on the pages of signing in and up.
because(_("Sign in to look after the challenge."), "projects:challenge_move")
because(_("Sign in to read the whole challenge."), "projects:challenge")
because(_("Sign in to go on with your challenge."), "projects:challenge_tell")
because(_("Sign in to propose an initiative."), "projects:initiative_propose")
because(_("Sign in to look after the initiative."), "projects:initiative_move")
because(_("Sign in to follow the thread."), "projects:thread_follow")
because(_("Sign in to see where threads are broken."), "projects:thread_breaks")
because(_("Sign in to look after the project."), "projects:project_move")
because(
    _("Sign in to work on the idea."), "projects:idea_edit", "projects:idea_delete",
    "projects:idea_public", "projects:idea_invite", "projects:idea_editors",
    "projects:editor_remove", "projects:application_begin", "projects:application",
    "projects:application_move",
)  # fmt: skip
because(_("Sign in to support the idea."), "projects:support")
because(_("Sign in to offer to take part."), "projects:idea_join")
because(
    _("Sign in to answer."), "projects:partnership", "projects:partnership_move",
    "projects:editor_answer",
)  # fmt: skip
because(
    _("Sign in to make or read a proposal."), "projects:proposal_write", "projects:proposal",
    "projects:proposal_move", "projects:proposal_compare", "projects:proposal_openings",
    "projects:challenge_openings", "projects:proposal_file",
    "projects:proposal_file_remove",
)  # fmt: skip
because(
    _("Sign in to ask about the challenge."), "projects:question_ask", "projects:question_answer"
)
because(_("Sign in to choose among suggested partners."), "projects:suggestion_dismiss")
because(
    _("Sign in to approve the action programme."), "projects:programme_approve",
    "projects:part_ask", "projects:act_add",
)  # fmt: skip
because(
    _("Sign in to tell how the measure goes on."), "projects:measure_report",
    "projects:measure_ask", "projects:measure_revoke",
)  # fmt: skip
because(
    _("Sign in to look after the budget."), "projects:budget_edit", "projects:actual_costs",
    "projects:actual_cost_remove",
)  # fmt: skip
because(
    _("Sign in to look after the pilot."), "projects:pilot_edit", "projects:pilot_facts",
    "projects:pilot_learnings", "projects:pilot_makers", "projects:maker_answer",
    "projects:maker_remove", "projects:pilot_move",
)  # fmt: skip
because(
    _("Sign in to look after the test environment."), "projects:testbed_edit",
    "projects:testbed_move",
)  # fmt: skip
because(
    _("Sign in to go on with your result."), "projects:result_tell", "projects:result_move",
    "projects:result_file_remove", "projects:result_follow_up", "projects:result_use_move",
)  # fmt: skip
because(
    _("Sign in to tell a business outcome."), "projects:outcome_tell", "projects:outcome_remove"
)
because(
    _("Sign in to write what the project leaves behind."), "projects:package_edit",
    "projects:transfer_add", "projects:transfer_edit",
)  # fmt: skip
because(_("Sign in to tell where a result was used."), "projects:result_use")
because(
    _("Sign in to answer for your organisation."), "projects:goal_part", "projects:goal_part_move"
)
because(
    _("Sign in to comment on the action programme."),
    "projects:programme_comment",
    "projects:comment_round_open",
)
because(_("Sign in to hold the review of the action programme."), "projects:review_hold")
