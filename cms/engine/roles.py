"""Who may do what with pages: names of the groups in Wagtail and what each is given."""

TRAINERS = "Giảng viên"
EDITORS = "Biên tập viên"
WORKFLOW = "Giảng viên nộp, Biên tập viên duyệt"
TASK = "Biên tập viên duyệt"

PAGE_RIGHTS = {
    TRAINERS: ("add", "change"),
    EDITORS: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
COLLECTION_RIGHTS = {
    TRAINERS: ("add_image", "choose_image", "add_document", "choose_document"),
    EDITORS: (
        "add_image",
        "change_image",
        "delete_image",
        "choose_image",
        "add_document",
        "change_document",
        "delete_document",
        "choose_document",
    ),
}
OF_FUNCTION = {"trainer": TRAINERS, "editor": EDITORS, "province_admin": EDITORS}
