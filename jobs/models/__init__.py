from .attendance import SheetReceipt, WorkedDay
from .bond import Block, Mark, Star
from .booking import Booking
from .columns import Change, CodeBit, PersonColumns
from .crew import Crew, Membership
from .data import ContactView, DataExport
from .desk import CrewNote, Pin
from .entry import Entry
from .notice import Notice, NoticeChoice
from .offer import Application, Offer
from .plan import ChainLink, ChainPlan
from .run import MarketRun, Match, MatchRun
from .search import SavedSearch, SearchHit
from .shoot import CallSheet, Role, RoleSkill, Shoot
from .template import CrewTemplate, TemplateLine
from .unit import Unit, UnitMember, UnitOffer
from .wage import Wage
from .call_line import CallLine, CallScene, moment_of
from .extras import ExtrasAddOn, ExtrasCall, ExtrasGroup, ExtrasLine
from .rest import RestOverride
from .work import Heartbeat, WorkItem

__all__ = [
    "Application",
    "Block",
    "Booking",
    "CallLine",
    "CallScene",
    "CallSheet",
    "ChainLink",
    "ChainPlan",
    "Change",
    "CodeBit",
    "ContactView",
    "Crew",
    "CrewNote",
    "CrewTemplate",
    "DataExport",
    "Entry",
    "ExtrasAddOn",
    "ExtrasCall",
    "ExtrasGroup",
    "ExtrasLine",
    "Heartbeat",
    "Mark",
    "MarketRun",
    "Match",
    "MatchRun",
    "Membership",
    "Notice",
    "NoticeChoice",
    "Offer",
    "PersonColumns",
    "Pin",
    "RestOverride",
    "Role",
    "RoleSkill",
    "SavedSearch",
    "SearchHit",
    "SheetReceipt",
    "Shoot",
    "Star",
    "TemplateLine",
    "Unit",
    "UnitMember",
    "UnitOffer",
    "Wage",
    "WorkItem",
    "WorkedDay",
    "moment_of",
]
