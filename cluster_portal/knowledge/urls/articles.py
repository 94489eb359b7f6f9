from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.knowledge.views import articles, pictures, press, writing

app_name = "knowledge"
urlpatterns = [
    path("", articles.article_list, name="list"),
    path("feed.xml", articles.article_feed, name="feed"),
    path("propose/", writing.article_propose, name="propose"),
    path("press/", press.press, name="press"),
    path("files/<uuid:public_id>/", articles.article_file, name="file"),
    path("files/<uuid:public_id>/remove/", articles.article_file_remove, name="file_remove"),
    path("pictures/<uuid:public_id>.webp", pictures.article_picture, name="picture"),
    path(
        "pictures/<uuid:public_id>/remove/", pictures.article_picture_remove,
        name="picture_remove",
    ),
    path(
        "pictures/<uuid:public_id>/cover/", pictures.article_picture_cover, name="picture_cover"
    ),
    path("<slug:slug>/", articles.article_detail, name="article"),
    path("<slug:slug>/write/<slug:step>/", writing.article_write, name="write"),
    path("<slug:slug>/letter/", articles.article_letter, name="letter"),
    path("<slug:slug>/move/<slug:action>/", articles.article_move, name="move"),
]  # fmt: skip

because(
    _("Sign in to go on with your article."),
    "knowledge:write", "knowledge:move", "knowledge:letter", "knowledge:file_remove",
    "knowledge:picture_remove", "knowledge:picture_cover",
)  # fmt: skip
