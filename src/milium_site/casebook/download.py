"""Everything of a case as one ZIP, the same bytes for the same case: nothing sealed, nothing of other people's cases."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import partial
from io import RawIOBase
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from typing_extensions import override

from milium_site.casebook.presenters import said
from milium_site.casebook.queries import events_of, looks_at
from milium_site.cases.models import Case
from milium_site.cases.presenters import headline
from milium_site.consents.queries import consents_of
from milium_site.consents.texts import agreed
from milium_site.opinions.models import Opinion
from milium_site.opinions.queries import asked, comparison_of, opinions_seen_by
from milium_site.opinions.visibility import TheAsker
from milium_site.outcomes.queries import outcomes_of
from milium_site.photos.dicom import as_dicom
from milium_site.photos.limits import LARGEST
from milium_site.photos.models import Photo
from milium_site.photos.queries import photos_of, picture
from milium_site.threads.presenters import thread_for_asker


TOLD = (
    "text", "question", "who_for", "age", "sex", "place", "country", "problem", "answers",
    "history_read", "history", "corrections", "flags", "dealt_with",
)  # fmt: skip
Entry = tuple[str, Callable[[], bytes]]
# ZIP needs a time for each entry; the first it can say, so that the same case packs to the same bytes.
NO_TIME = (1980, 1, 1, 0, 0, 0)
README = """This is everything that Milium held of your case when you downloaded it.

case.json        the case with its answers, as the milium command reads it: milium compare case.json
told.json        what you told, as you wrote it and as it was understood, with your answers to our questions
comparison.json  the answers side by side; each entry has the words it was read from
opinions/        each signed answer as text
messages.json    what specialists asked and what you answered
consents.json    what you agreed to, word by word, from when to when
outcomes.json    what you told later about how it went
photos/          your photos as we kept them, without any hidden data
dicom/           the same photos in the form that a clinic's image archive takes
timeline.json    what happened to your case, and when
record.json      who opened your case, and when

All times are in UTC. An answer that a specialist has not signed is not here: it is not yet an answer.
"""


def everything(case: Case) -> list[Entry]:
    """What goes into the ZIP, by name."""
    opinions = opinions_seen_by(TheAsker(), case)
    files: list[Entry] = [
        ("README.txt", README.encode),
        ("case.json", _json(_case(case, opinions))),
        ("told.json", _json(_told(case))),
        ("messages.json", _json([asdict(line) for line in thread_for_asker(case)])),
        ("consents.json", _json(_consents(case))),
        ("outcomes.json", _json(_outcomes(case))),
        ("timeline.json", _json([{"at": e.at, "what": e.what} for e in events_of(case)])),
        ("record.json", _json(_record(case))),
        *_texts(opinions),
        *_photos(case),
    ]
    if opinions:
        files.append(("comparison.json", _json(asdict(comparison_of(case, opinions)))))
    return sorted(files, key=lambda file: file[0])


def packed(files: Iterable[Entry]) -> Iterator[bytes]:
    """The ZIP piece by piece, so that no more than one file of it is in memory."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, date_time=NO_TIME)
            info.compress_type = (
                zipfile.ZIP_STORED
                if name.startswith(("photos/", "dicom/"))
                else zipfile.ZIP_DEFLATED
            )
            archive.writestr(info, content())
            yield pipe.taken()
    yield pipe.taken()


class _Pipe(RawIOBase):
    """Takes what is written until somebody takes it away."""

    def __init__(self) -> None:
        self.held = bytearray()

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, data: Any) -> int:
        self.held += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece, self.held = bytes(self.held), bytearray()
        return piece


def _json(value: object) -> Callable[[], bytes]:
    text = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode


def _case(case: Case, opinions: list[Opinion]) -> dict[str, object]:
    of = asked(case, opinions)
    return {
        "id": of.id,
        "title": headline(case),
        "question": of.question,
        "asker": {"sex": of.asker.sex, "age": of.asker.age, "place": of.asker.place},
        "opinions": [
            {"id": o.id, "specialist": o.specialist, "specialty": o.specialty, "text": o.text}
            for o in of.opinions
        ],
    }


def _told(case: Case) -> dict[str, object]:
    return {name: getattr(case, name) for name in TOLD} | {
        "started_at": case.started_at,
        "submitted_at": case.submitted_at,
        "opened_at": case.opened_at,
    }


def _consents(case: Case) -> list[dict[str, object]]:
    return [
        {
            "purpose": c.purpose,
            "wording": asdict(agreed(c.purpose, c.version)),
            "given_at": c.given_at,
            "ended_at": c.ended_at,
        }
        for c in consents_of(case)
    ]


def _outcomes(case: Case) -> list[dict[str, object]]:
    names = ("weeks", "chosen", "helped", "side_effects", "words", "told_at", "changed_at")
    return [{name: getattr(o, name) for name in names} for o in outcomes_of(case)]


def _record(case: Case) -> list[dict[str, object]]:
    return [{"at": look.at, "who": look.who, "did": said(look)} for look in looks_at(case)]


def _texts(opinions: list[Opinion]) -> Iterator[Entry]:
    for number, opinion in enumerate(opinions, start=1):
        head = f"{opinion.credential['name']}, {opinion.credential['profession']}\nSigned {opinion.signed_at:%Y-%m-%d %H:%M} UTC\n\n"
        text = head + opinion.text + "\n"
        yield f"opinions/{number}.txt", text.encode


def _photos(case: Case) -> Iterator[Entry]:
    for number, photo in enumerate(photos_of(case), start=1):
        yield f"photos/{number}-{photo.view}.webp", partial(_largest, photo)
        yield f"dicom/{number}-{photo.view}.dcm", partial(as_dicom, photo, number=number)


def _largest(photo: Photo) -> bytes:
    return picture(photo, LARGEST)
