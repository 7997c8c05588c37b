"""The people that every test file knows: Lan learns, Bình looks after her, Châu must see nothing of either."""

from dataclasses import dataclass

from lms.people.models import Function, Level, Member, PersonClass, UnitVersion
from tests.factories import make_member, make_post, make_unit

PIN = "246810"


@dataclass(frozen=True)
class Cast:
    province: UnitVersion
    ba_tri: UnitVersion  # upper union of Lan and Bình
    may: UnitVersion  # Lan's grassroots union, below ba_tri
    truong: UnitVersion  # another grassroots union below ba_tri
    y_te: UnitVersion  # upper union of Châu and Dũng
    benh_vien: UnitVersion  # Châu's grassroots union, below y_te
    lan: Member  # a member
    binh: Member  # full-time cadre, officer of ba_tri
    chau: Member  # an outsider: member elsewhere
    dung: Member  # officer of y_te: sees nothing of ba_tri
    admin: Member  # province administrator
    trainer: Member
    editor: Member
    organiser: Member


def make_cast() -> Cast:
    province = make_unit("LĐLĐ tỉnh", level=Level.PROVINCE)
    ba_tri = make_unit("LĐLĐ huyện Ba Tri", level=Level.UPPER, parent=province)
    y_te = make_unit("CĐ ngành Y tế", level=Level.UPPER, parent=province)
    may = make_unit("CĐCS May Bến Dừa", parent=ba_tri)
    truong = make_unit("CĐCS Trường Lạc Hồng", parent=ba_tri)
    benh_vien = make_unit("CĐCS Bệnh viện Sông Tiền", parent=y_te)
    cast = Cast(
        province, ba_tri, may, truong, y_te, benh_vien,
        lan=make_member("Nguyễn Thị Lan", unit=may, phone="0912000001", password=PIN),
        binh=_staff("Trần Văn Bình", ba_tri, "0912000002"),
        chau=make_member("Lê Minh Châu", unit=benh_vien, phone="0912000003", password=PIN),
        dung=_staff("Phạm Tiến Dũng", y_te, "0912000004"),
        admin=_staff("Võ Thị Hạnh", province, "0912000005"),
        trainer=_staff("Đặng Quốc Khánh", province, "0912000006"),
        editor=_staff("Huỳnh Ngọc Mai", province, "0912000007"),
        organiser=_staff("Bùi Thanh Nam", province, "0912000008"),
    )  # fmt: skip
    make_post(cast.binh, Function.UNIT_OFFICER, ba_tri)
    make_post(cast.dung, Function.UNIT_OFFICER, y_te)
    make_post(cast.admin, Function.PROVINCE_ADMIN, province)
    make_post(cast.trainer, Function.TRAINER, province)
    make_post(cast.editor, Function.EDITOR, province)
    make_post(cast.organiser, Function.ORGANISER, province)
    return cast


def _staff(name: str, unit: UnitVersion, phone: str) -> Member:
    return make_member(
        name, unit=unit, person_class=PersonClass.FULL_TIME, phone=phone, password="mat-khau-dai-1", is_staff=True
    )
