from .attendance import HoursObjection, SheetReceipt, WorkedDay
from .bond import Block, Mark, Star
from .booking import Booking
from .call_line import CallLine, CallScene, moment_of
from .columns import Change, CodeBit, PersonColumns
from .crew import Crew, CrewInvitation, Membership
from .data import ContactView, DataExport
from .desk import CrewNote, Pin
from .entry import Entry
from .extras import ExtrasAddOn, ExtrasCall, ExtrasGroup, ExtrasLine, WalkIn
from .fair import FairSeat
from .likeness import Likeness, LikenessEvent
from .market_room import HubFact, MarketFact, MarketSum
from .moderation import Case, Hold
from .notice import Notice, NoticeChoice
from .offer import Application, Offer
from .passport import FilingRule, RoleImport
from .piece import HourFloor
from .plan import ChainLink, ChainPlan
from .promise import Appeal, AppealProof, Cancellation, Confirmation
from .refill import Leeway, Vacancy
from .rest import RestOverride
from .role import Role, RoleSkill, is_listed, on_the_list
from .run import MarketRun, Match, MatchRun
from .search import SavedSearch, SearchHit
from .set_booking import BaseDay, SetBooking
from .shoot import CallSheet, DepartmentBudget, Shoot
from .template import CrewTemplate, TemplateLine
from .terms import CancelTerms, Step, house_terms
from .unit import Unit, UnitMember, UnitOffer
from .village import WordForHer
from .wage import Wage, WageReply
from .work import Heartbeat, WorkItem

__all__ = [
    "Appeal",
    "AppealProof",
    "Application",
    "BaseDay",
    "Block",
    "Booking",
    "CallLine",
    "CallScene",
    "CallSheet",
    "CancelTerms",
    "Cancellation",
    "Case",
    "ChainLink",
    "ChainPlan",
    "Change",
    "CodeBit",
    "Confirmation",
    "ContactView",
    "Crew",
    "CrewInvitation",
    "CrewNote",
    "CrewTemplate",
    "DataExport",
    "DepartmentBudget",
    "Entry",
    "ExtrasAddOn",
    "ExtrasCall",
    "ExtrasGroup",
    "ExtrasLine",
    "FairSeat",
    "FilingRule",
    "Heartbeat",
    "Hold",
    "HourFloor",
    "HoursObjection",
    "HubFact",
    "Leeway",
    "Likeness",
    "LikenessEvent",
    "Mark",
    "MarketFact",
    "MarketRun",
    "MarketSum",
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
    "RoleImport",
    "RoleSkill",
    "SavedSearch",
    "SearchHit",
    "SetBooking",
    "SheetReceipt",
    "Shoot",
    "Star",
    "Step",
    "TemplateLine",
    "Unit",
    "UnitMember",
    "UnitOffer",
    "Vacancy",
    "Wage",
    "WageReply",
    "WalkIn",
    "WordForHer",
    "WorkItem",
    "WorkedDay",
    "house_terms",
    "is_listed",
    "moment_of",
    "on_the_list",
]
