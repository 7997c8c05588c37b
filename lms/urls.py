"""Every address of the site. Wagtail's pages come last: they answer for whatever nobody else does."""

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("account/", include("lms.notify.urls")),
    path("", include("lms.web.urls")),
    path("", include("lms.people.urls")),
    path("", include("lms.learning.urls")),
    path("", include("lms.coverage.urls")),
    path("", include("quizzes.urls")),
    path("cms/", include("lms.notify.editor_urls")),
    path("cms/import/", include("cms.importer.urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include("cms.document_urls")),
    path(settings.MEDIA_URL.lstrip("/"), include("lms.files.urls")),
    path("", include("cms.urls")),
    path("", include("cms.page_urls")),
]

handler500 = "lms.web.views.server_error"
