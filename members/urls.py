from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from cluster_portal.core.http.sign_in import because
from members.views import (
    applications,
    capabilities,
    commitments,
    contacts,
    directory,
    experts,
    figures,
    my_expert,
    named_people,
    needs,
    people,
    profiles,
    tenders,
    yearly,
)

app_name = "members"

joining = [
    path("join/", applications.join, name="join"),
    path("join/organisation/", applications.organisation_find, name="application_organisation"),
    path("join/organisation/new/", applications.organisation_new, name="application_facts_new"),
    path("join/person/", applications.application_person, name="application_person"),
    path("applications/<uuid:public_id>/", applications.application_detail, name="application"),
    path("applications/<uuid:public_id>/values/", commitments.values, name="values"),
    path(
        "applications/<uuid:public_id>/edit/",
        applications.application_edit,
        name="application_edit",
    ),
    path(
        "applications/<uuid:public_id>/organisation/",
        applications.organisation_facts,
        name="application_facts",
    ),
    path(
        "applications/<uuid:public_id>/reply/",
        applications.application_reply,
        name="application_reply",
    ),
    path(
        "applications/<uuid:public_id>/agree/",
        applications.application_agree,
        name="application_agree",
    ),
    path(
        "applications/<uuid:public_id>/withdraw/",
        applications.application_withdraw,
        name="application_withdraw",
    ),
]
colleagues = [
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("people/<uuid:public_id>/removal/", people.removal, name="removal"),
    path("people/<uuid:public_id>/role/", people.affiliation_role, name="affiliation_role"),
    path(
        "people/<uuid:public_id>/<slug:action>/", people.affiliation_step, name="affiliation_step"
    ),
]
expert_pages = [
    path("experts/", experts.expert_list, name="experts"),
    path("experts/<slug:slug>/", experts.expert_detail, name="expert"),
]
tender_pages = [
    path("tenders/", tenders.tender_list, name="tenders"),
    path("tenders/feed.xml", tenders.tender_feed, name="tender_feed"),
    path("tenders/feed.ics", tenders.tender_calendar, name="tender_calendar"),
    path("tenders/propose/", tenders.tender_propose, name="tender_propose"),
    path("tenders/<slug:slug>/", tenders.tender_detail, name="tender"),
]
my_expert_pages = [
    path("", my_expert.my_expert, name="my_expert"),
    path("delete/", my_expert.my_expert_delete, name="my_expert_delete"),
    path("<slug:action>/", my_expert.my_expert_move, name="my_expert_move"),
]
named = [
    path("named/link/<str:token>/", named_people.named_link, name="named_link"),
    path("named/<uuid:public_id>/", named_people.named, name="named"),
]
offers = [
    path("capabilities/", capabilities.capability_list_page, name="capabilities"),
    path("capabilities/feed.xml", capabilities.capability_feed, name="capability_feed"),
    path("capabilities/propose/", capabilities.capability_propose, name="capability_propose"),
    path("capabilities/compare/", capabilities.capability_compare_page, name="capability_compare"),
    path(
        "capabilities/confirm/<str:token>/",
        capabilities.capability_by_link,
        name="capability_by_link",
    ),
    path("capabilities/<slug:slug>/", capabilities.capability_detail, name="capability"),
    path("capabilities/<slug:slug>/edit/", capabilities.capability_edit, name="capability_edit"),
    path(
        "capabilities/<slug:slug>/<slug:action>/",
        capabilities.capability_move,
        name="capability_move",
    ),
]
need_pages = [
    path("needs/", needs.need_list, name="needs"),
    path("needs/feed.xml", needs.need_feed, name="need_feed"),
    path("needs/propose/", needs.need_propose, name="need_propose"),
    path("needs/suggestions/<int:pk>/dismiss/", needs.match_dismiss, name="match_dismiss"),
    path("needs/<slug:slug>/", needs.need_detail, name="need"),
    path("needs/<slug:slug>/edit/", needs.need_edit, name="need_edit"),
    path("needs/<slug:slug>/check/", needs.need_check, name="need_check"),
    path("needs/<slug:slug>/answered/", needs.need_answered, name="need_answered"),
    path("needs/<slug:slug>/renew/", needs.need_renew, name="need_renew"),
    path("needs/<slug:slug>/<slug:action>/", needs.need_move, name="need_move"),
]
organisations = [
    path("", directory.organisation_list, name="list"),
    path("export/", directory.organisation_export, name="export"),
    path(
        "confirm/<str:token>/",
        profiles.organisation_confirm_by_link,
        name="organisation_confirm_by_link",
    ),
    path("<slug:slug>/", directory.organisation_detail, name="organisation"),
    path("<slug:slug>/edit/", profiles.organisation_edit, name="organisation_edit"),
    path("<slug:slug>/logo/", profiles.organisation_logo_edit, name="organisation_logo_edit"),
    path(
        "<slug:slug>/logo/remove/",
        profiles.organisation_logo_remove,
        name="organisation_logo_remove",
    ),
    path("<slug:slug>/logo.webp", profiles.organisation_logo, name="organisation_logo"),
    path("<slug:slug>/confirm/", profiles.organisation_confirm, name="organisation_confirm"),
    path("<slug:slug>/people/", people.people_list, name="people"),
    path("<slug:slug>/people/invite/", people.person_invite, name="person_invite"),
    path("<slug:slug>/ask/", people.affiliation_request, name="affiliation_request"),
]
in_figures = [
    path("figures/", figures.figures, name="figures"),
    path("figures/cooperation/", figures.cooperation, name="cooperation"),
    path("figures/coverage/", figures.coverage, name="coverage"),
    path("figures/region/<slug:slug>/", figures.region, name="region"),
    path(
        "related/",  # one register: its list stands with the projects
        login_not_required(
            RedirectView.as_view(
                pattern_name="projects:initiatives", permanent=True, query_string=True
            )
        ),
        name="related",
    ),
]
clusters = [
    path("<slug:slug>/", directory.cluster_detail, name="cluster"),
    path("<slug:slug>/report/", yearly.yearly_report_now, name="yearly_report_now"),
    path("<slug:slug>/report/<int:year>/", yearly.yearly_report, name="yearly_report"),
    path(
        "<slug:slug>/report/<int:year>/report.xlsx", yearly.yearly_report_file,
        name="yearly_report_file",
    ),
]  # fmt: skip
contact = [
    path("confirm/<str:token>/", contacts.contact_confirm, name="contact_confirm"),
    path("<slug:kind>/<slug:slug>/", contacts.contact, name="contact"),
    path("<slug:kind>/<slug:slug>/sent/", contacts.contact_sent, name="contact_sent"),
]
urlpatterns = [
    path(
        "members/",
        include(
            [
                *joining,
                *colleagues,
                *named,
                *in_figures,
                *expert_pages,
                *tender_pages,
                *offers,
                *need_pages,
                *organisations,
            ]
        ),
    ),
    path("me/expert/", include(my_expert_pages)),
    path("clusters/", include(clusters)),
    path("contact/", include(contact)),
]

# What one needs an account for, told on the pages of signing in and up.
because(
    _("You need an account to apply for membership."),
    *("members:join", "members:application_organisation", "members:application_facts_new"),
    "members:application_person",
)
because(
    _("Sign in to follow your membership application."),
    *("members:application", "members:application_edit", "members:application_reply"),
    *("members:application_withdraw", "members:application_facts", "members:application_agree"),
    "members:values",
)
because(
    _("You need an account to accept the invitation of an organisation."),
    *("members:invitation", "members:named"),
)
because(
    _("Sign in to tell what you can do and to choose who sees it."),
    *("members:my_expert", "members:my_expert_move", "members:my_expert_delete"),
)
because(
    _("Sign in to look after your organisation."),
    *("members:organisation_edit", "members:people", "members:person_invite"),
    *("members:organisation_logo_edit", "members:organisation_logo_remove"),
    *("members:organisation_confirm", "members:export"),
    *("members:affiliation_role", "members:affiliation_step", "members:removal"),
)
because(
    _("You need an account to be confirmed as a colleague of an organisation."),
    "members:affiliation_request",
)
because(
    _("Sign in to look after the capabilities of your organisation."),
    *("members:capability_edit", "members:capability_move"),
)
because(
    _("Sign in to change the settings of your account."),
    *("account_email", "account_change_password", "account_set_password", "mfa_index"),
    "usersessions_list",
)
because(
    _("Sign in to look after the needs of your organisation."),
    *("members:need_edit", "members:need_check", "members:need_answered", "members:need_renew"),
    *("members:need_move", "members:match_dismiss"),
)
because(_("The administration is for coordinators. Sign in with your account."), "admin:")
because(
    _("Sign in to read the cluster’s yearly report."), "members:yearly_report_now",
    "members:yearly_report", "members:yearly_report_file",
)  # fmt: skip
