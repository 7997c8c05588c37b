from lms.people.models.code import OneTimeCode
from lms.people.models.cohort import Cohort, CohortUnit
from lms.people.models.member import Member
from lms.people.models.membership import Membership, PersonClass
from lms.people.models.post import Function, Post
from lms.people.models.request import JoinRequest, RequestState
from lms.people.models.tries import Tries
from lms.people.models.unit import Level, Unit, UnitVersion

__all__ = [
    "Cohort",
    "CohortUnit",
    "Function",
    "JoinRequest",
    "Level",
    "Member",
    "Membership",
    "OneTimeCode",
    "PersonClass",
    "Post",
    "RequestState",
    "Tries",
    "Unit",
    "UnitVersion",
]
