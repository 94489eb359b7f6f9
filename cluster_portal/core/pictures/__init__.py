"""Inline SVG drawn on the server: plain functions, no dependency, no script, no colour.

Every word that they are given is escaped; shapes carry classes that CSS colours.
"""

from cluster_portal.core.pictures.calendars import Months, Period, calendar_strip, months_from
from cluster_portal.core.pictures.charts import (
    Bar,
    Calendar,
    Limits,
    Pair,
    Part,
    Risk,
    Span,
    balance,
    bars,
    both_ways,
    columns,
    ladder,
    programme,
    risk_matrix,
    sparkline,
    sparks,
    strip,
)
from cluster_portal.core.pictures.circles import circles, readiness
from cluster_portal.core.pictures.consortium import Seat, consortium
from cluster_portal.core.pictures.covers import cover
from cluster_portal.core.pictures.drawing import Caption
from cluster_portal.core.pictures.emblems import emblem, outline, portrait
from cluster_portal.core.pictures.links import Node, network, ring
from cluster_portal.core.pictures.profiles import (
    Answers,
    Level,
    answer_bars,
    change,
    level_profile,
    part_depth,
)
from cluster_portal.core.pictures.regions import depth, finland, neighbours
from cluster_portal.core.pictures.scenes import SCENES, scene
from cluster_portal.core.pictures.situation import (
    Place,
    Series,
    Spot,
    Threshold,
    places_on_line,
    register,
    trend,
)
from cluster_portal.core.pictures.threads import Knot, poster
from cluster_portal.core.pictures.works import Frame, Work, gantt

__all__ = [
    "SCENES",
    "Answers",
    "Bar",
    "Calendar",
    "Caption",
    "Frame",
    "Knot",
    "Level",
    "Limits",
    "Months",
    "Node",
    "Pair",
    "Part",
    "Period",
    "Place",
    "Risk",
    "Seat",
    "Series",
    "Span",
    "Spot",
    "Threshold",
    "Work",
    "answer_bars",
    "balance",
    "bars",
    "both_ways",
    "calendar_strip",
    "change",
    "circles",
    "columns",
    "consortium",
    "cover",
    "depth",
    "emblem",
    "finland",
    "gantt",
    "ladder",
    "level_profile",
    "months_from",
    "neighbours",
    "network",
    "outline",
    "part_depth",
    "places_on_line",
    "portrait",
    "poster",
    "programme",
    "readiness",
    "register",
    "ring",
    "risk_matrix",
    "scene",
    "sparkline",
    "sparks",
    "strip",
    "trend",
]
