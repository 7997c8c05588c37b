from django.urls import path
from django.views.i18n import set_language

from lms.web import views

app_name = "web"
urlpatterns = [
    path("css/<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("theme/", views.theme, name="theme"),
    path("language/", set_language, name="language"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("worker.js", views.service_worker, name="worker"),
    path("offline/", views.offline, name="offline"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
