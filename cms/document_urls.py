"""Documents with byte ranges, under the names that Wagtail asks for."""

from django.urls import path
from wagtail.documents.views.serve import authenticate_with_password

from cms.views import documents

urlpatterns = [
    path("<int:document_id>/<path:document_filename>", documents.serve, name="wagtaildocs_serve"),
    path(
        "authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
