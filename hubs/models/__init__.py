from .curation import CurationEntry, Reviewed, ReviewedQuerySet
from .figure import Figure, Statement
from .ladder import Step
from .photo import PlacePhoto
from .place import Base, Hub, Service, Set
from .trade import Department, Language, RoleType, Skill
from .training import Institution, JobFair, Programme

__all__ = [
    "Base",
    "CurationEntry",
    "Department",
    "Figure",
    "Hub",
    "Institution",
    "JobFair",
    "Language",
    "PlacePhoto",
    "Programme",
    "Reviewed",
    "ReviewedQuerySet",
    "RoleType",
    "Service",
    "Set",
    "Skill",
    "Statement",
    "Step",
]
