"""Reads who went where, when and whether it is so; and joins what many articles say of one journey."""

from dashboard.journeys.judge import drawn_from
from dashboard.journeys.merge import Decisions, Journey, Report, merge_journeys
from dashboard.journeys.models import Actor, ActorType, Leg, LegKind, LegParse, LegPlace, LegStatus
from dashboard.journeys.parser import JourneyParser

__all__ = [
    "Actor",
    "ActorType",
    "Decisions",
    "Journey",
    "JourneyParser",
    "Leg",
    "LegKind",
    "LegParse",
    "LegPlace",
    "LegStatus",
    "Report",
    "drawn_from",
    "merge_journeys",
]
