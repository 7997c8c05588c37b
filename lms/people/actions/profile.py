"""What a person's row says about reaching her."""

from lms.people.models import Member


def set_phone(member: Member, phone: str, *, verified: bool) -> None:
    member.phone, member.phone_verified = phone, verified
    member.save(update_fields=["phone", "phone_verified"])
