from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.cast import Cast
from tests.house.access import Row


def _private(_cast: Cast) -> dict[str, str]:
    """Only a signed link opens it, whoever asks."""
    return {"path": default_storage.save("documents/noi-bo.pdf", ContentFile(b"%PDF-1.4"))}


ROWS: list[Row] = [
    Row("files:media", make=_private, anonymous=404, outsider=404, owner=404),
]
