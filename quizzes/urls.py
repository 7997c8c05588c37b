"""Addresses of contests. Fixed words stand before `<slug>`; `quizzes.actions.contests.free_slug` keeps them free."""

from django.urls import path

from quizzes.views import attempts as taking
from quizzes.views import bank, boards, contests, organising, outages, results, wizard

app_name = "quizzes"
urlpatterns = [
    path("contests/", contests.contest_list, name="contests"),
    path("contests/mine/", organising.organised, name="organised"),
    path("contests/new/", wizard.new, name="contest_new"),
    path("contests/preview/", wizard.rules_preview, name="rules_preview"),
    path("contests/<slug:slug>/", contests.contest, name="contest"),
    path("contests/<slug:slug>/edit/", wizard.edit, name="contest_edit"),
    path("contests/<slug:slug>/organise/", organising.organise, name="organise"),
    path("contests/<slug:slug>/publish/", organising.publish, name="publish"),
    path("contests/<slug:slug>/official/", organising.official, name="official"),
    path("contests/<slug:slug>/rounds/<int:number>/", organising.extend, name="extend"),
    path("contests/<slug:slug>/rounds/<int:number>/outage/", outages.outage, name="outage"),
    path("contests/<slug:slug>/rules/", contests.rules, name="rules"),
    path("contests/<slug:slug>/board/", boards.board, name="board"),
    path("contests/<slug:slug>/board.json", boards.board_feed, name="board_feed"),
    path("contests/<slug:slug>/own.json", boards.board_own, name="board_own"),
    path("contests/<slug:slug>/start/", taking.start, name="start"),
    path("attempts/<int:attempt_id>/", taking.attempt, name="attempt"),
    path("attempts/<int:attempt_id>/submit/", taking.submit, name="submit"),
    path("attempts/<int:attempt_id>/incident/", taking.incident, name="incident"),
    path("questions/", bank.questions, name="questions"),
    path("questions/new/", bank.question_new, name="question_new"),
    path("questions/<int:question_id>/", bank.question, name="question"),
    path("questions/<int:question_id>/edit/", bank.question_edit, name="question_edit"),
    path("questions/<int:question_id>/send/", bank.question_send, name="question_send"),
    path("questions/<int:question_id>/approve/", bank.question_approve, name="question_approve"),
    path("questions/<int:question_id>/retire/", bank.question_retire, name="question_retire"),
    path("attempts/", results.attempts, name="attempts"),
    path("attempts/<int:attempt_id>/result/", results.result, name="result"),
    path("attempts/<int:attempt_id>/review/", results.review, name="review"),
]
