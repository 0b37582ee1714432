from __future__ import annotations

from django.urls import path

from milium_site.opinions.views import after, coordinating, phrases, queue, writing


urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/phrases/", phrases.phrases, name="phrases"),
    path("queue/<str:key>/", writing.answer, name="answer"),
    path("queue/<str:key>/review/", writing.review, name="review"),
    path("queue/<str:key>/ask/", writing.ask, name="ask-asker"),
    path("queue/<str:key>/take/", queue.take, name="take"),
    path("queue/<str:key>/pass/", queue.pass_on, name="pass-on"),
    path("queue/<str:key>/amend/", after.amend, name="amend"),
    path("queue/<str:key>/amend/review/", after.amend_review, name="amend-review"),
    path("queue/<str:key>/withdraw/", after.withdraw, name="withdraw"),
    path("queue/<str:key>/reply/", after.reply, name="reply"),
    path("moderate/panel/", coordinating.panel, name="panel"),
]
