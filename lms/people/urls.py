from django.urls import path

from lms.people.views import codes, join, profile, requests, roster

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
    path("people/requests/<int:request_id>/", requests.decide, name="decide"),
    path("people/<int:member_id>/", roster.person, name="person"),
    path("people/<int:member_id>/code/", codes.give, name="give_code"),
]
