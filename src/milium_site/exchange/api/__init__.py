"""The JSON API, version 1, with its OpenAPI 3.1 document."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from typing_extensions import override

from milium_site.cases.policies import NotNow
from milium_site.exchange.api import (
    answering,
    asking,
    moderating,
    operating,
    reading,
    talking,
    understanding,
)
from milium_site.exchange.api.parsing import Strict
from milium_site.exchange.problems import PROBLEM, Problem, answer
from milium_site.foundation.workflow import IllegalMove
from milium_site.moderation.policies import Overtaken, Unreasoned
from milium_site.opinions.policies import Refused


DESCRIPTION = """What the site does, for programs. Send `Authorization: Bearer` with a token of your account
(made on your profile's page of tokens), or with the secret link of a case to act as its asker. Errors are
`application/problem+json` (RFC 9457). A write may carry an `Idempotency-Key`: sent again within 24 hours it is done
once and answered alike. Opinions are sealed: nobody on a panel sees anything of the others' before they have signed."""
# What may be answered to any call beside what it is for.
ANY = (400, 401, 403, 404, 409, 413, 422, 429)


class Api(NinjaAPI):
    """Ninja's, whose document also says how errors look."""

    @override
    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**kwargs)
        document["components"]["schemas"]["Problem"] = PROBLEM_SCHEMA
        for operations in document["paths"].values():
            for operation in operations.values():
                for status in ANY:
                    operation["responses"][str(status)] = {
                        "description": "Problem",
                        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                    }
        return document


PROBLEM_SCHEMA = {
    "title": "Problem",
    "description": "RFC 9457.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
api = Api(
    title="Milium",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api-1",
    parser=Strict(),
)
for router in (understanding, asking, answering, talking, reading, moderating, operating):
    api.add_router("", router.router)


@api.exception_handler(Problem)
def problem(request: HttpRequest, error: Problem) -> HttpResponse:
    """What one of ours says."""
    return answer(request, error.status, error.detail, error.headers)


@api.exception_handler(NotNow)
@api.exception_handler(Refused)
@api.exception_handler(Overtaken)
def not_now(request: HttpRequest, error: Exception) -> HttpResponse:
    """The message of a refusal is made for the person who asks."""
    return answer(request, 409, str(error))


@api.exception_handler(Unreasoned)
def unreasoned(request: HttpRequest, error: Exception) -> HttpResponse:
    """A decision without a reason."""
    return answer(request, 422, str(error))


@api.exception_handler(IllegalMove)
def illegal(request: HttpRequest, error: Exception) -> HttpResponse:
    """The table of moves has no such move."""
    return answer(request, 409, "It cannot go there from where it is.")


@api.exception_handler(AuthenticationError)
def no_token(request: HttpRequest, error: Exception) -> HttpResponse:
    """No token at all."""
    return answer(request, 401, headers={"WWW-Authenticate": 'Bearer realm="milium"'})


@api.exception_handler(Http404)
def nothing(request: HttpRequest, error: Exception) -> HttpResponse:
    """It is not there, or not for this token: which of the two is not said."""
    return answer(request, 404)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own: a body that is no JSON."""
    return answer(request, error.status_code)


@api.exception_handler(ValidationError)
def unusable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Names the places and what is wrong with each, never what stood there."""
    told = [
        f"{'.'.join(str(p) for p in e['loc'][1:])[:80]}: {e['msg'][:120]}" for e in error.errors
    ]
    return answer(request, 422, "; ".join(told[:5]))
