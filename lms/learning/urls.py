from django.urls import path

from lms.learning.views.record import record

app_name = "learning"
urlpatterns = [path("learning/", record, name="record")]
