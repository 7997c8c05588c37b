"""The question bank's screens, for trainers, editors and organisers."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.people.views.access import MemberRequest, require
from lms.web.paging import page_of
from quizzes.actions.bank import (
    CodeTaken,
    NothingToApprove,
    approve_question,
    change_question,
    content_of,
    create_question,
    retire_question,
    send_to_review,
)
from quizzes.engine.reading import Problem
from quizzes.forms.question import ApproveForm, NewQuestionForm, QuestionForm, initial_of
from quizzes.forms.sentences import sentence_of
from quizzes.models import QuestionState
from quizzes.queries.bank import APPROVERS, WRITERS, may_approve_questions, question_for, questions_for, topics

_writers = require(*WRITERS)
_approvers = require(*APPROVERS)


@_writers
@require_safe
def questions(request: MemberRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("text", "state", "topic")}
    page = page_of(questions_for(request.user, timezone.localdate(), **asked), request, 30)
    rows = [(question, question.versions.all()[0]) for question in page]
    context = {"page": page, "rows": rows, "asked": asked, "states": QuestionState.choices, "topics": topics()}
    return render(request, "quizzes/questions.html", context)


@_writers
@require_safe
def question(request: MemberRequest, question_id: int) -> HttpResponse:
    return _question_page(request, question_id)


@_writers
@require_http_methods(["GET", "HEAD", "POST"])
def question_new(request: MemberRequest) -> HttpResponse:
    form = NewQuestionForm(request.POST or None, initial={"kind": "single", "topic": request.GET.get("topic", "")})
    if request.method == "POST" and form.is_valid():
        assert form.content
        clean = form.cleaned_data
        try:
            made = create_question(
                request.user, code=clean["code"], topic=clean["topic"], content=form.content, now=timezone.now()
            )
        except CodeTaken:
            form.add_error("code", sentence_of(Problem("code", "code_taken")))
        else:
            messages.success(request, _("Saved as a draft."))
            return redirect("quizzes:question", made.pk)
    context = {"form": form, "topics": topics()}
    return render(request, "quizzes/question_form.html", context, status=422 if form.errors else 200)


@_writers
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: MemberRequest, question_id: int) -> HttpResponse:
    found = question_for(request.user, question_id, timezone.localdate())
    newest = found.versions.all()[0]
    form = QuestionForm(request.POST or None, initial=initial_of(found.topic, content_of(newest)))
    if request.method == "POST" and form.is_valid():
        assert form.content
        change_question(request.user, found, topic=form.cleaned_data["topic"], content=form.content, now=timezone.now())
        messages.success(request, _("Saved. A published version stays as it is until the new one is approved."))
        return redirect("quizzes:question", found.pk)
    context = {"form": form, "question": found, "newest": newest, "topics": topics()}
    return render(request, "quizzes/question_form.html", context, status=422 if form.errors else 200)


@_writers
@require_POST
def question_send(request: MemberRequest, question_id: int) -> HttpResponse:
    found = question_for(request.user, question_id, timezone.localdate())
    if found.state == QuestionState.DRAFT:
        send_to_review(request.user, found, now=timezone.now())
        messages.success(request, _("Sent to be approved."))
    return redirect("quizzes:question", found.pk)


@_approvers
@require_POST
def question_approve(request: MemberRequest, question_id: int) -> HttpResponse:
    found = question_for(request.user, question_id, timezone.localdate())
    form = ApproveForm(request.POST, verify=found.verify)
    if not form.is_valid():
        return _question_page(request, question_id, form)
    try:
        approve_question(request.user, found, now=timezone.now())
        messages.success(request, _("Approved. Contests can draw this question from now on."))
    except NothingToApprove:
        messages.info(request, _("This question is approved already."))
    return redirect("quizzes:question", found.pk)


@_approvers
@require_POST
def question_retire(request: MemberRequest, question_id: int) -> HttpResponse:
    found = question_for(request.user, question_id, timezone.localdate())
    retire_question(request.user, found, now=timezone.now())
    messages.success(request, _("Retired. Contests published earlier keep it."))
    return redirect("quizzes:question", found.pk)


def _question_page(request: MemberRequest, question_id: int, form: ApproveForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    found = question_for(request.user, question_id, today)
    versions = list(found.versions.all())
    if not versions:
        raise Http404("a question without versions")
    approved = found.state == QuestionState.APPROVED
    context = {
        "question": found,
        "versions": versions,
        "approver": may_approve_questions(request.user, today),
        "approvable": not (approved and versions[0].published_at),
        "form": form or ApproveForm(verify=found.verify),
    }
    return render(request, "quizzes/question.html", context, status=422 if form else 200)
