from .figure import Figure, Statement
from .ladder import Step
from .place import Base, Hub, Service, Set
from .trade import Department, Language, RoleType, Skill
from .training import Institution, JobFair, Programme

__all__ = [
    "Base",
    "Department",
    "Figure",
    "Hub",
    "Institution",
    "JobFair",
    "Language",
    "Programme",
    "RoleType",
    "Service",
    "Set",
    "Skill",
    "Statement",
    "Step",
]
