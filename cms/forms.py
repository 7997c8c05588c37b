"""Wagtail's own upload forms, with our checks of the content."""

from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from lms.files.uploads import check_file, checked_picture, measured


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.check_image_pixel_size = partial(measured, field.check_image_pixel_size)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        return checked_picture(upload) if isinstance(upload, UploadedFile) else upload


class FileForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            check_file(upload)
        return upload
