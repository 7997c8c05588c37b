"""The importer's screens: choose a file, look at what was read, write the draft course."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cms.importer.actions.programme import course_of, import_programme, lines_of
from cms.importer.engine import slips
from cms.importer.engine.document import Document, read
from cms.importer.engine.report import Report
from cms.importer.forms import DOUBTS, DocumentForm
from cms.importer.preview import outline_of, slips_shown
from cms.importer.reading import from_rows, to_rows
from cms.models import CoursePage
from lms.imports.actions import mark_committed, stage
from lms.imports.forms import unread_sentence
from lms.imports.models import Batch
from lms.imports.queries import batch_for
from lms.people.models import Function
from lms.people.views.access import MemberRequest, require

KIND = "programme"
AUTHORS = (Function.TRAINER, Function.EDITOR, Function.PROVINCE_ADMIN)


@require(*AUTHORS)
@require_http_methods(["GET", "POST"])
def upload(request: MemberRequest) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        payload = {"rows": to_rows(form.lines), "tags": form.tags, "unread": form.unread}
        batch = stage(KIND, form.cleaned_data["file"].name, payload, by_id=request.user.pk, now=timezone.now())
        return redirect("importer:preview", batch.pk)
    return render(request, "cms/import_upload.html", {"form": form}, status=422 if form.errors else 200)


@require(*AUTHORS)
def preview(request: MemberRequest, batch_id: int) -> HttpResponse:
    batch = batch_for(request.user.pk, batch_id, KIND)
    if batch.committed_at:
        return _to_course(batch)
    document = _document(batch)
    context = {
        "batch": batch,
        "identity": document.identity,
        "outline": outline_of(document),
        "line_count": len(lines_of(document)),
        "slips": slips_shown(document),
        "doubts": [(doubt.line, DOUBTS[doubt.reason]) for doubt in document.doubts],
        "unread": [unread_sentence(kind, count) for kind, count in batch.payload.get("unread", {}).items()],
        "course": course_of(document.identity),
    }
    return render(request, "cms/import_preview.html", context)


@require(*AUTHORS)
@require_POST
def commit(request: MemberRequest, batch_id: int) -> HttpResponse:
    now = timezone.now()
    batch = batch_for(request.user.pk, batch_id, KIND)
    if not batch.committed_at:
        document = _document(batch)
        known = {slip.key for slip in slips.find(lines_of(document))}
        chosen = known & set(request.POST.getlist("mend"))
        report = import_programme(document, by=request.user, now=now, mended=chosen, tags=batch.payload["tags"])
        mark_committed(batch, report.counts() | {"course": report.course_id}, now=now)
        _tell(request, report)
    return _to_course(batch)


def _document(batch: Batch) -> Document:
    return read(from_rows(batch.payload["rows"]))


def _to_course(batch: Batch) -> HttpResponse:
    """Where the draft can be read on and edited; the list of pages if somebody has deleted the course since."""
    course = CoursePage.objects.filter(pk=batch.result.get("course")).first()
    return redirect("wagtailadmin_explore", course.pk) if course else redirect("wagtailadmin_home")


def _tell(request: HttpRequest, report: Report) -> None:
    sentence = _("%(lessons)d lessons: %(added)d passages new, %(renewed)d renewed, %(same)d unchanged.")
    messages.success(request, sentence % report.counts())
    for kept in report.kept:
        messages.warning(request, _("Kept, because somebody has edited it: “%(lesson)s”") % {"lesson": kept.lesson})
    if report.left_over:
        count = len(report.left_over)
        sentence = ngettext(
            "%(count)d lesson is no longer in the document and was kept.",
            "%(count)d lessons are no longer in the document and were kept.",
            count,
        )
        messages.warning(request, sentence % {"count": count})
