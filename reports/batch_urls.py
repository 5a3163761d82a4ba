from django.urls import path

from .views import batch

app_name = "batches"
urlpatterns = [
    path("", batch.batch_start, name="batch-start"),
    path("<uuid:batch>/", batch.batch, name="batch"),
    path("<uuid:batch>/status/", batch.batch_status, name="batch-status"),
    path("<uuid:batch>/cancel/", batch.batch_cancel, name="batch-cancel"),
]
