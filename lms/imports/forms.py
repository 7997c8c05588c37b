"""Sentences for files that can't be read: what is wrong and how to mend it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

UNREADABLE = {
    "empty": _("The file is empty. Choose another file."),
    "binary": _("This is not a text file. Save it as .txt (UTF-8) or .docx and choose it again."),
    "windows-1258": _(
        "The file is in the old encoding Windows-1258. Open it, save it again with the encoding UTF-8, "
        "and choose the new file."
    ),
    "tcvn3": _(
        "The file is written in an old TCVN3 font (.VnTime). Change it to Unicode, save it as UTF-8, "
        "and choose the new file."
    ),
    "unknown": _("The encoding of the file is not known. Open it, save it again as UTF-8, and choose the new file."),
    "docx": _("The Word file is damaged or has a password. Open it in Word, save it as .docx again, and choose it."),
    "too_large": _("The file is too large. The limit is 10 MB; leave out pictures and choose it again."),
    "too_long": _("The document has more than 20,000 lines. Divide it, and choose one part after the other."),
    "kind": _("Only .txt and .docx files can be read. Save the document as one of them and choose it again."),
}


def unread_sentence(kind: str, count: int) -> str:
    """What was left out of a Word file, to be added by hand."""
    sentences = {
        "pictures": ngettext("%(count)d picture was not read.", "%(count)d pictures were not read.", count),
        "text_boxes": ngettext("%(count)d text box was not read.", "%(count)d text boxes were not read.", count),
        "footnotes": ngettext("%(count)d footnote was not read.", "%(count)d footnotes were not read.", count),
    }
    return sentences[kind] % {"count": count}
