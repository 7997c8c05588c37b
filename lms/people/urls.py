from django.urls import path

from lms.people.views import codes, join, posts, profile, requests, roster

app_name = "people"
urlpatterns = [
    path("join/", join.join, name="join"),
    path("join/ask/", join.ask_to_join, name="ask"),
    path("join/pin/", join.choose, name="choose_secret"),
    path("code/", codes.use, name="use_code"),
    path("me/", profile.profile, name="profile"),
    path("me/data/", profile.own_data, name="own_data"),
    path("people/", roster.roster, name="roster"),
    path("people/requests/", requests.listing, name="requests"),
    path("people/requests/refuse/", requests.refuse_unknown, name="refuse_unknown"),
    path("people/requests/<int:request_id>/", requests.decide, name="decide"),
    path("people/<int:member_id>/", roster.person, name="person"),
    path("people/<int:member_id>/code/", codes.give, name="give_code"),
    path("people/<int:member_id>/erase/", roster.forget, name="erase"),
    path("people/<int:member_id>/appoint/", posts.give, name="appoint"),
    path("people/<int:member_id>/posts/<int:post_id>/", posts.change, name="change_post"),
]
