from django.urls import path

from cms.importer import views

app_name = "importer"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("<int:batch_id>/", views.preview, name="preview"),
    path("<int:batch_id>/commit/", views.commit, name="commit"),
]
