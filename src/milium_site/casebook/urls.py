from __future__ import annotations

from django.urls import path

from milium_site.casebook.views import keeping, leaving, page, pushing, sending, summary, talking


urlpatterns = [
    path("my-cases/", keeping.my_cases, name="my-cases"),
    path("account/delete/", keeping.delete_account, name="delete-account"),
    path("c/<str:link>/account/", keeping.case_account, name="case-account"),
    path("c/<str:link>/", page.case_page, name="case"),
    path("c/<str:link>/summary/", summary.summary_page, name="summary"),
    path("c/<str:link>/summary.pdf", summary.summary_pdf, name="summary-pdf"),
    path("c/<str:link>/record/", page.who_opened, name="case-record"),
    path("c/<str:link>/download/", page.download, name="download"),
    path("c/<str:link>/send/", sending.send, name="send"),
    path("c/<str:link>/sharing/", sending.sharing, name="sharing"),
    path("c/<str:link>/sharing/<str:purpose>/", sending.stop_sharing, name="stop-sharing"),
    path("c/<str:link>/answer/", talking.answer, name="answer-panel"),
    path("c/<str:link>/answer/help/", talking.message_help, name="message-help"),
    path("c/<str:link>/follow-up/<int:weeks>/", talking.follow_up, name="follow-up"),
    path("c/<str:link>/tell-me/", talking.tell_me, name="tell-me"),
    path("c/<str:link>/push-me/", pushing.push_me, name="push-me"),
    path("c/<str:link>/close/", leaving.close, name="close"),
    path("c/<str:link>/leave/", leaving.leave, name="leave"),
]
