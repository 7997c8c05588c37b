from django.urls import path

from lms.files import views

app_name = "files"
urlpatterns = [path("<path:path>", views.media, name="media")]
