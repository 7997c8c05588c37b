"""The upload of a document, and words for what the importer is not sure of."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cms.importer.engine.source import Line
from cms.importer.reading import read_file
from lms.imports.documents import MAX_BYTES, unread_parts
from lms.imports.engine.encodings import UnreadableError
from lms.imports.forms import UNREADABLE

DOUBTS = {
    "gap": _("the number before it is missing"),
    "repeated": _("the number stands here a second time"),
}


class DocumentForm(forms.Form):
    file = forms.FileField(
        label=_("Official document"),
        help_text=_("A .txt or .docx file of up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.docx"}),
    )
    tag_line = forms.CharField(
        label=_("Subject codes"),
        required=False,
        max_length=120,
        help_text=_("Divided by commas, such as “CDS”. Indicators of coverage ask for them."),
    )

    lines: list[Line]
    unread: dict[str, int]

    def clean_file(self) -> Any:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        try:
            if (file.size or 0) > MAX_BYTES:
                raise UnreadableError("too_large")
            data, name = file.read(), file.name or ""
            self.lines, self.unread = read_file(data, name), unread_parts(data, name)
        except UnreadableError as error:
            raise forms.ValidationError(UNREADABLE[error.reason]) from error
        return file

    @property
    def tags(self) -> list[str]:
        return [word.strip() for word in self.cleaned_data.get("tag_line", "").split(",") if word.strip()]
