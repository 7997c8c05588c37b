from django.urls import path

from lms.coverage.views import dashboard, people

app_name = "coverage"
urlpatterns = [
    path("coverage/", dashboard.start, name="start"),
    path("coverage/<int:unit_id>/", dashboard.unit, name="unit"),
    path("coverage/<int:unit_id>/people/", people.names, name="names"),
]
