"""What readers do in a lesson, and the search."""

from django.urls import path

from cms.views import lessons, search

app_name = "reading"
urlpatterns = [
    path("search/", search.search, name="search"),
    path("lessons/<int:pk>/read/", lessons.read, name="read"),
    path("lessons/<int:pk>/position/", lessons.position, name="position"),
    path("lessons/<int:pk>/checks/<uuid:block>/", lessons.check, name="check"),
]
