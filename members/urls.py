from django.urls import include, path

from members.views import applications, contacts, directory, people

app_name = "members"

joining = [
    path("join/", applications.join, name="join"),
    path("join/organisation/", applications.organisation_find, name="application_organisation"),
    path("join/organisation/new/", applications.organisation_new, name="application_facts_new"),
    path("join/person/", applications.application_person, name="application_person"),
    path("applications/<uuid:public_id>/", applications.application_detail, name="application"),
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
organisations = [
    path("", directory.organisation_list, name="list"),
    path("<slug:slug>/", directory.organisation_detail, name="organisation"),
    path("<slug:slug>/edit/", people.organisation_edit, name="organisation_edit"),
    path("<slug:slug>/people/", people.people_list, name="people"),
    path("<slug:slug>/people/invite/", people.person_invite, name="person_invite"),
    path("<slug:slug>/ask/", people.affiliation_request, name="affiliation_request"),
]
clusters = [path("<slug:slug>/", directory.cluster_detail, name="cluster")]
contact = [
    path("confirm/<str:token>/", contacts.contact_confirm, name="contact_confirm"),
    path("<slug:kind>/<slug:slug>/", contacts.contact, name="contact"),
    path("<slug:kind>/<slug:slug>/sent/", contacts.contact_sent, name="contact_sent"),
]
urlpatterns = [
    path("members/", include([*joining, *colleagues, *organisations])),
    path("clusters/", include(clusters)),
    path("contact/", include(contact)),
]
