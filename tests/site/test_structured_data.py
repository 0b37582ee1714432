"""The data for search engines, checked offline against schema.org's own vocabulary as SHACL shapes (pySHACL's copy).

The shapes say what type a value may have; which properties a type has is read from the same file.
"""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from django.test import Client
from rdflib import RDF, RDFS, SH, Graph, Namespace, URIRef
from rdflib.term import Node
from tests import factories as make


pytestmark = [
    pytest.mark.django_db,
    # rdflib's own reader of JSON-LD uses what rdflib deprecates.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
SCHEMA = Namespace("http://schema.org/")
SHAPES = Path(pyshacl.__file__).with_name("assets") / "schema.ttl"
DATE = "http://www.w3.org/2001/XMLSchema#date"
# What schema.org's own context says of the terms that are used: nothing is fetched.
CONTEXT = {
    "@vocab": str(SCHEMA),
    "url": {"@type": "@id"},
    "contentUrl": {"@type": "@id"},
    "thumbnailUrl": {"@type": "@id"},
    "datePublished": {"@type": DATE},
    "dateModified": {"@type": DATE},
    "lastReviewed": {"@type": DATE},
}


@cache
def vocabulary() -> Graph:
    return Graph().parse(SHAPES, format="turtle")


def kinds_above(kind: Node) -> set[Node]:
    return set(vocabulary().transitive_objects(kind, RDFS.subClassOf))


def properties_of(kind: Node) -> set[Node]:
    known = vocabulary()
    return {
        path
        for above in kinds_above(kind)
        for shape in known.objects(above, SH.property)
        for path in known.objects(shape, SH.path)
    }


def needed(kinds: set[Node]) -> Graph:
    """The shapes of these types: checking against all of schema.org would take half a minute."""
    shapes, known = Graph(), vocabulary()
    todo: list[Node] = [above for kind in kinds for above in kinds_above(kind)]
    for top in todo:
        shapes.add((top, RDF.type, SH.NodeShape))
        shapes.add((top, RDF.type, RDFS.Class))
    seen: set[Node] = set()
    todo += [s for top in [*todo] for s in known.objects(top, SH.property)]
    while todo:
        node = todo.pop()
        if node in seen:
            continue
        seen.add(node)
        for _, predicate, value in known.triples((node, None, None)):
            if predicate == SH.property or str(predicate).startswith((str(SH), str(RDF))):
                shapes.add((node, predicate, value))
                if not isinstance(value, URIRef):
                    todo.append(value)
        for above in known.objects(node, RDFS.subClassOf):
            shapes.add((node, RDFS.subClassOf, above))
    return shapes


def problems(data: dict[str, Any]) -> list[str]:
    """What schema.org's vocabulary has against the data; nothing when it is right."""
    graph = Graph().parse(data=json.dumps(data | {"@context": CONTEXT}), format="json-ld")
    known = vocabulary()
    found = []
    for thing in set(graph.subjects(RDF.type)):
        kinds = set(graph.objects(thing, RDF.type))
        found += [f"no type {kind}" for kind in kinds if (kind, RDF.type, RDFS.Class) not in known]
        allowed = {path for kind in kinds for path in properties_of(kind)}
        used = set(graph.predicates(thing)) - {RDF.type}
        found += [f"{sorted(map(str, kinds))} has no {path}" for path in used - allowed]
    kinds = set(graph.objects(None, RDF.type))
    ontology = Graph()
    for kind in kinds:
        for above in kinds_above(kind):
            for higher in known.objects(above, RDFS.subClassOf):
                ontology.add((above, RDFS.subClassOf, higher))
    right, _, text = pyshacl.validate(graph, shacl_graph=needed(kinds), ont_graph=ontology)
    return found if right else [*found, str(text)]


def data_of(client: Client, address: str) -> dict[str, Any]:
    html = client.get(address).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert block
    data: dict[str, Any] = json.loads(block[1])
    assert data["@context"] == "https://schema.org"
    return data


def test_what_a_page_tells_search_engines_is_right_by_schema_org(client: Client) -> None:
    shown = make.published_photo(make.specialist())

    data = data_of(client, shown.page.get_absolute_url())

    assert data["mainEntity"]["image"]
    assert problems(data) == []


def spoilt(data: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    spoilt = copy.deepcopy(data)
    at = spoilt
    *way, last = path.split("/")
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[last] = value
    return spoilt


def test_the_check_finds_what_is_wrong(client: Client) -> None:
    data = data_of(client, make.published(make.specialist()).get_absolute_url())
    wrong = {
        "@type": "QuestionPage",
        "mainEntity/upvotes": 3,
        "mainEntity/answerCount": "three",
        "datePublished": "soon",
        "mainEntity/suggestedAnswer/0/jobTitle": "dermatologist",
        "mainEntity/author": {"@type": "Answer", "text": "nobody"},
    }

    for path, value in wrong.items():
        assert problems(spoilt(data, path, value)), path
