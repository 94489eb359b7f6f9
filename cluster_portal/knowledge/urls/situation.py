from django.urls import path
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.http.sign_in import because
from cluster_portal.knowledge.views import reviews, signals, situation

app_name = "situation"
urlpatterns = [
    path("", situation.overview, name="overview"),
    path("indicators/", situation.indicator_list, name="indicators"),
    path("indicators/feed.xml", situation.indicator_feed, name="indicator_feed"),
    path("indicators/<slug:slug>/", situation.indicator_detail, name="indicator"),
    path("indicators/<slug:slug>/measure/", situation.measure, name="measure"),
    path("indicators/<slug:slug>/survey/", situation.measure_survey, name="measure_survey"),
    path("indicators/<slug:slug>/challenge/", situation.challenge_begin, name="begin_challenge"),
    path("data/", situation.data_page, name="data"),
    path("data/measurements.csv", situation.data_csv, name="data_csv"),
    path("data/measurements.json", situation.data_json, name="data_json"),
    path("data/indicators.csv", situation.indicators_csv, name="indicators_csv"),
    path("data/indicators.json", situation.indicators_json, name="indicators_json"),
    path("impact/", situation.impact_page, name="impact"),
    path("reviews/", reviews.review_list, name="reviews"),
    path("reviews/feed.xml", reviews.review_feed, name="review_feed"),
    path("reviews/new/", reviews.review_new, name="review_new"),
    path("reviews/<slug:slug>/", reviews.review_detail, name="review"),
    path("reviews/<slug:slug>/edit/", reviews.review_edit, name="review_edit"),
    path("reviews/<slug:slug>/agree/", reviews.review_agree, name="review_agree"),
    path("reviews/<slug:slug>/letter/", reviews.review_letter, name="review_letter"),
    path("reviews/<slug:slug>/move/<slug:action>/", reviews.review_move, name="review_move"),
    path("evaluations/", reviews.evaluation_list, name="evaluations"),
    path("evaluations/feed.xml", reviews.evaluation_feed, name="evaluation_feed"),
    path("evaluations/new/", reviews.evaluation_new, name="evaluation_new"),
    path("evaluations/<slug:slug>/", reviews.evaluation_detail, name="evaluation"),
    path("evaluations/<slug:slug>/edit/", reviews.evaluation_edit, name="evaluation_edit"),
    path("signals/", signals.signal_list, name="signals"),
    path("signals/feed.xml", signals.signal_feed, name="signal_feed"),
    path("signals/propose/", signals.signal_propose, name="signal_propose"),
    path("signals/report/", signals.signal_report, name="signal_report"),
    path("signals/<slug:slug>/", signals.signal_detail, name="signal"),
    path("signals/<slug:slug>/edit/", signals.signal_edit, name="signal_edit"),
    path("signals/<slug:slug>/support/", signals.signal_support, name="signal_support"),
    path("signals/<slug:slug>/use/", signals.signal_use, name="signal_use"),
    path("signals/<slug:slug>/move/<slug:action>/", signals.signal_move, name="signal_move"),
]

because(
    _("Sign in to look after the regional situation."),
    "situation:measure", "situation:measure_survey", "situation:review_edit",
    "situation:review_new", "situation:review_move", "situation:review_letter",
    "situation:review_agree", "situation:evaluation_new", "situation:evaluation_edit",
)  # fmt: skip
because(
    _("Sign in to go on with the signal."),
    "situation:signal_edit", "situation:signal_support", "situation:signal_use",
    "situation:signal_move",
)  # fmt: skip
because(_("Sign in to tell a challenge."), "situation:begin_challenge")
