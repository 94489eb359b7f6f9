"""Addresses of an organiser’s pages."""

from django.urls import path

from events.views import materials, organiser, talks

organiser_patterns = [
    path("<slug:slug>/organiser/", organiser.organiser, name="organiser"),
    path("<slug:slug>/organiser/add/", organiser.organiser_add, name="organiser_add"),
    path("<slug:slug>/organiser/letters/", organiser.organiser_letters, name="organiser_letters"),
    path(
        "<slug:slug>/organiser/participation/",
        organiser.organiser_participation,
        name="organiser_participation",
    ),
    path("<slug:slug>/organiser/talks/", talks.organiser_talks, name="organiser_talks"),
    path(
        "<slug:slug>/organiser/talks/<uuid:public_id>/",
        talks.organiser_talk,
        name="organiser_talk",
    ),
    path(
        "<slug:slug>/organiser/talks/<uuid:public_id>/<slug:action>/",
        talks.talk_step,
        name="organiser_talk_step",
    ),
    path("<slug:slug>/organiser/file/", organiser.organiser_file, name="organiser_file"),
    path("<slug:slug>/organiser/signing/", organiser.organiser_signing, name="organiser_signing"),
    path(
        "<slug:slug>/organiser/programme/",
        materials.organiser_programme,
        name="organiser_programme",
    ),
    path(
        "<slug:slug>/organiser/programme/<int:pk>/",
        materials.programme_item,
        name="programme_item",
    ),
    path(
        "<slug:slug>/organiser/programme/<int:pk>/remove/",
        materials.programme_remove,
        name="programme_remove",
    ),
    path(
        "<slug:slug>/organiser/materials/",
        materials.organiser_materials,
        name="organiser_materials",
    ),
    path(
        "<slug:slug>/organiser/materials/<uuid:public_id>/remove/",
        materials.material_remove,
        name="material_remove",
    ),
    path(
        "<slug:slug>/organiser/<uuid:public_id>/",
        organiser.organiser_participant,
        name="organiser_participant",
    ),
    path(
        "<slug:slug>/organiser/<uuid:public_id>/<slug:action>/",
        organiser.organiser_step,
        name="organiser_step",
    ),
]
