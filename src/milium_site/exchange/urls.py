from __future__ import annotations

from django.urls import path

from milium_site.exchange.api import api
from milium_site.exchange.views import fhir, tokens, webhooks


urlpatterns = [
    path("profile/tokens/", tokens.tokens, name="tokens"),
    path("operator/webhooks/", webhooks.webhooks, name="operator-webhooks"),
    path("c/<str:link>/fhir.json", fhir.own_bundle, name="own-fhir"),
    path("api/v1/", api.urls),
    path("fhir/", fhir.receive, name="fhir"),
    path("fhir/metadata", fhir.metadata, name="fhir-metadata"),
    path("fhir/<str:kind>", fhir.search, name="fhir-search"),
    path("fhir/<str:kind>/<str:id_>", fhir.read, name="fhir-read"),
    path("fhir/<str:kind>/<str:id_>/$everything", fhir.everything, name="fhir-everything"),
]
