"""Whatever writes to a case, a photo, an opinion, a credential or a consent leaves an entry: every action, by its name.

The actions are found in the code. One that is neither in ``LEAVES`` nor in ``TOUCHES_NONE`` fails, and each of
``LEAVES`` is really called, in a world that is put back after it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings
from tests import factories as make

import milium_site
from milium_site.archive import actions as archive
from milium_site.archive.copying import digest_of, fingerprints
from milium_site.archive.models import Publication
from milium_site.archive.queries import chosen_photos, standing_opinions
from milium_site.cases import actions as cases
from milium_site.cases.corrections import Corrections
from milium_site.cases.links import new_token
from milium_site.cases.models import Case
from milium_site.consents.texts import ARCHIVE_TEXT, CARE
from milium_site.moderation import actions as moderation
from milium_site.moderation import queries
from milium_site.opinions import actions as opinions
from milium_site.opinions.models import Opinion
from milium_site.opinions.review import Review
from milium_site.outcomes.actions import Told, open_due_follow_ups
from milium_site.people.actions import Found, Said, take_application
from milium_site.people.models import Application, Specialist, User
from milium_site.photos.actions import Pictures, Shows, keep_waiting
from milium_site.photos.models import Photo
from milium_site.photos.queries import new_key
from milium_site.record.models import Entry
from milium_site.threads.actions import answer_panel, ask_asker
from milium_site.threads.models import Message


pytestmark = pytest.mark.django_db

SITE = Path(milium_site.__file__).parent
LATER = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Cases in the states that actions need, with what hangs on them."""

    draft: Case
    waiting: Case
    stopped: Case
    open: Case
    photo: Photo
    drafted: Opinion
    signed: Opinion
    message: Message
    held: Message
    proposed: Publication
    public: Publication
    author: Specialist
    free: Specialist
    moderator: User
    applicant: Application


@pytest.fixture
def world(settings: Settings) -> World:
    settings.MILIUM_PANEL_SIZE = 4
    author, writer = make.specialist("Dr Author"), make.specialist("Dr Writer")
    asked = make.open_case()
    proposed = make.agreed(author)
    public = make.published(author).publication
    photo = make.photo(asked.case)
    signed, drafted = make.signed(asked.case, author), make.draft(asked.case, writer)
    message = ask_asker(case=asked.case, specialist=writer, text="Since when?")
    held = answer_panel(case=asked.case, text=make.EMERGENCY)
    free = make.specialist("Dr Free")
    settings.MILIUM_SCREENING = "moderator"
    assert public
    return World(
        draft=make.draft_case().case,
        waiting=make.sent_case().case,
        stopped=make.stopped_case().case,
        open=asked.case,
        photo=photo,
        drafted=drafted,
        signed=signed,
        message=message,
        held=held,
        proposed=Publication.objects.get(case=proposed.case),
        public=public,
        author=author,
        free=free,
        moderator=make.user("Mo", is_moderator=True),
        applicant=make.application(),
    )


Given = dict[str, Any]
REASON = {"reason": "A reason."}


def by(w: World, **more: object) -> Given:
    return {"by": w.moderator, **REASON, **more}


def reviewed(w: World) -> Publication:
    return archive.open_review(publication=w.proposed, moderator=w.moderator)


def amended(w: World) -> dict[str, Any]:
    amendment = opinions.open_amendment(opinion=w.signed)
    saved = opinions.save_amendment(
        amendment=amendment, text=make.ANSWER + " Twice a day.", because="Better.", version=0
    )
    return {"amendment": saved}


def agreement(w: World) -> Given:
    case = w.public.case
    make.signed(case, w.free, "I recommend zinc oxide.")
    prints = fingerprints(case, standing_opinions(case), chosen_photos(w.public))
    return {"publication": w.public, "seen": digest_of(prints)}


def held(w: World) -> Given:
    made = moderation.move_case(
        case=w.waiting, what="hold", by=w.moderator, seen="screening", **REASON
    )
    return {"decision": made, "by": w.moderator, "because": "A mistake."}


def forgotten(w: World) -> Given:
    moderation.mask_words(
        case=w.waiting, names=[], also="rash", seen=queries.seen_of(w.waiting), **by(w)
    )
    cases.move_case(case=w.waiting, to="withdrawn")
    return {}


def everybody_signed(w: World) -> Opinion:
    w.open.seats.exclude(specialist=w.author).delete()
    cases.mark_answered(case=w.open)
    return w.signed


def hidden(w: World) -> Given:
    opinions.hide_opinion(opinion=w.signed)
    return {"opinion": w.signed}


def told(w: World) -> Given:
    Case.objects.filter(pk=w.open.pk).update(opened_at=timezone.now() - LATER)
    Opinion.objects.filter(pk=w.signed.pk).update(signed_at=timezone.now() - LATER)
    moderated = cases.mark_answered(case=w.open)
    moderated.events.update(at=timezone.now() - LATER)
    return {"now": timezone.now()}


def outcome(w: World) -> Given:
    [first, *_] = open_due_follow_ups(**told(w))
    return {"outcome": first, "told": Told(chosen=(), helped="yes")}


def pictures(w: World) -> Pictures:
    return Pictures(
        **{name: getattr(w.photo, name) for name in ("sizes", "original", "quality")}, key=new_key()
    )


def taken(w: World) -> Application:
    return take_application(application=w.applicant, moderator=w.moderator)


SHOWS = Shows(view="far", knowable="no")
SAID = Said(
    name="Dr Late", profession="dermatologist", specialty="specialty:dermatology", country="US",
    register="us-npi", register_name="", number="1234567893", board="", conflicts="nothing",
)  # fmt: skip

LEAVES: dict[str, Callable[[World], Given]] = {
    "archive.begin_publication": lambda w: {"case": w.open},
    "archive.take_out": lambda w: {"publication": archive.begin_publication(case=w.open), "words": "rash"},
    "archive.put_back": lambda w: {"publication": archive.begin_publication(case=w.open), "words": "rash"},
    "archive.agree": agreement,
    "archive.refuse": lambda w: {"publication": w.proposed},
    "archive.open_review": lambda w: {"publication": w.proposed, "moderator": w.moderator},
    "archive.mask": lambda w: {"publication": reviewed(w), "words": "rash"},
    "archive.unmask": lambda w: {"publication": reviewed(w), "words": "rash"},
    "archive.send_back": lambda w: {"publication": reviewed(w), "moderator": w.moderator, **REASON},
    "archive.publish": lambda w: {"publication": reviewed(w), "moderator": w.moderator},
    "archive.review_again": lambda w: {"publication": w.public, "moderator": w.moderator},
    "archive.mark_stale": lambda w: {"today": timezone.localdate() + 3 * LATER},
    "archive.unpublish_case": lambda w: {"case": w.public.case, "because": "asker"},
    "archive.follow_opinion": lambda w: {"opinion": w.public.case.opinions.get(specialist=w.author)},
    "archive.pictures.choose_photos": lambda w: {"publication": archive.begin_publication(case=w.open), "keys": []},
    "archive.pictures.unpublish_photos": lambda w: {"case": w.public.case, "because": "consent"},
    "archive.pictures.judge_photo": lambda w: {"publication": reviewed(w), "photo": w.photo, "answer": "no"},
    "casebook.send_case": lambda w: {"case": w.draft, "purposes": [CARE]},
    "casebook.close_case": lambda w: {"case": w.open},
    "casebook.withdraw_consent": lambda w: {"case": w.public.case, "purpose": ARCHIVE_TEXT},
    "casebook.withdraw_case": lambda w: {"case": w.open},
    "casebook.erase_case": lambda w: {"case": w.open},
    "casebook.leave_for_good": lambda w: {"user": make.user(), "erase_cases": True},
    "cases.start_case": lambda w: {"token": new_token(), "text": make.QUESTION, "corrections": Corrections()},
    "cases.change_words": lambda w: {"case": w.draft, "text": make.EMERGENCY, "corrections": Corrections()},
    "cases.correct_case": lambda w: {"case": w.draft, "corrections": Corrections(), "about": cases.About(age=41)},
    "cases.submit_case": lambda w: {"case": w.draft},
    "cases.deal_with_emergency": lambda w: {"case": w.stopped},
    "cases.withdraw_case": lambda w: {"case": w.open},
    "cases.mark_answered": lambda w: {"case": w.open},
    "cases.open_case": lambda w: {"case": w.waiting},
    "cases.move_case": lambda w: {"case": w.waiting, "to": "held"},
    "cases.raise_urgency": lambda w: {"case": w.open, "urgency": "emergency"},
    "cases.empty_case": lambda w: {"case": w.open},
    "cases.keep_case": lambda w: {"case": w.open, "user": make.user()},
    "cases.let_go": lambda w: {"case": cases.keep_case(case=w.open, user=make.user()).case},
    "cases.note": lambda w: {"case": w.open, "what": "noted"},
    "cases.mask_words": lambda w: {"case": w.open, **{f: getattr(queries.typed_in(w.open), f) for f in ("text", "place", "corrections", "answers")}},
    "cases.seat_somebody": lambda w: {"case": w.open, "specialist_id": w.free.pk, "now": timezone.now()},
    "consents.give_consent": lambda w: {"case": w.open, "purpose": ARCHIVE_TEXT},
    "consents.withdraw_consent": lambda w: {"case": w.open, "purpose": CARE},
    "exchange.keep": lambda w: {"case": w.open, "kind": "Media", "reason": "not read", "resource": {}},
    "keeping.note_export": lambda w: {"of": "one case", "files": 0, "case": w.open.key},
    "moderation.open_case": lambda w: {"case": w.waiting, "by": w.moderator},
    "moderation.show_photos": lambda w: {"case": keep_waiting(photo=w.photo).case, "by": w.moderator, "newest": w.photo.pk},
    "moderation.move_case": lambda w: by(w, case=w.waiting, what="hold", seen="screening"),
    "moderation.mask_words": lambda w: by(w, case=w.open, names=[], also="rash", seen=queries.seen_of(w.open)),
    "moderation.mask_message": lambda w: by(w, message=w.message, names=[], also="Since", seen=queries.digest_of(w.message.text)),
    "moderation.move_message": lambda w: by(w, message=w.message, what="hold"),
    "moderation.hide": lambda w: by(w, opinion=w.signed),
    "moderation.drop_photo": lambda w: by(w, photo=w.photo),
    "moderation.ban": lambda w: by(w, specialist=w.author, case=None),
    "moderation.ban_asker": lambda w: by(w, case=w.waiting, network=False, seen="screening"),
    "moderation.undo": held,
    "moderation.looks.look_at_waiting": lambda w: {},
    "moderation.looks.forget_originals": forgotten,
    "moderation.reports.report": lambda w: {"kind": "case", "key": w.open.key, "case": w.open, "reasons": ["other"], "words": "", "source": "a"},
    "opinions.open_draft": lambda w: {"case": w.open, "specialist": w.free},
    "opinions.save_draft": lambda w: {"opinion": w.drafted, "text": "Other words.", "version": w.drafted.version},
    "opinions.save_review": lambda w: {"opinion": w.drafted, "review": Review()},
    "opinions.sign_opinion": lambda w: {"opinion": w.drafted, "review": Review(), "version": w.drafted.version},
    "opinions.open_amendment": lambda w: {"opinion": w.signed},
    "opinions.save_amendment": lambda w: {"amendment": opinions.open_amendment(opinion=w.signed), "text": "Other.", "because": "", "version": 0},
    "opinions.save_amendment_review": lambda w: {"amendment": opinions.open_amendment(opinion=w.signed), "review": Review()},
    "opinions.sign_amendment": lambda w: amended(w) | {"review": Review(), "version": 1},
    "opinions.drop_amendment": amended,
    "opinions.withdraw_opinion": lambda w: {"opinion": w.signed, "because": "Wrong."},
    "opinions.hide_opinion": lambda w: {"opinion": w.signed},
    "opinions.show_opinion": hidden,
    "opinions.reply_to_difference": lambda w: {"opinion": everybody_signed(w), "row": "test/test:patch-test", "text": "Why not."},
    "opinions.seats.take_case": lambda w: {"case": w.open, "specialist": w.free},
    "opinions.seats.pass_case_on": lambda w: {"case": w.open, "specialist": w.drafted.specialist, "because": "Away."},
    "opinions.seats.release_lapsed_seats": lambda w: {"now": timezone.now() + LATER},
    "opinions.seats.settle_waiting_cases": lambda w: {"now": timezone.now() + LATER} if w.open.seats.filter(lapses_at__isnull=False).delete() else {},
    "outcomes.open_due_follow_ups": told,
    "outcomes.tell_outcome": outcome,
    "people.register_specialist": lambda w: {"user": make.user(), "profession": "dermatologist", "credential": "", "country": "US", "checked_on": None},
    "people.check_credential": lambda w: {"specialist": w.free, "checked_on": timezone.localdate()},
    "people.withdraw_credentials": lambda w: {"specialist": w.free, "because": "In doubt."},
    "people.apply_as_specialist": lambda w: {"user": make.user(), "said": SAID, "evidence": ContentFile(make.PDF, name="a.pdf")},
    "people.withdraw_application": lambda w: {"application": w.applicant},
    "people.take_application": lambda w: {"application": w.applicant, "moderator": w.moderator},
    "people.accept_application": lambda w: {"application": taken(w), "moderator": w.moderator, "what": Found(), "expires_on": timezone.localdate() + LATER},
    "people.refuse_application": lambda w: {"application": taken(w), "moderator": w.moderator, **REASON},
    "people.change_profile": lambda w: {"specialist": w.free, "conflicts": "none", "interests": []},
    "people.expire_credentials": lambda w: {"now": timezone.now() + 2 * LATER},
    "people.suspend_specialist": lambda w: {"specialist": w.free},
    "people.reinstate_specialist": lambda w: {"specialist": w.free},
    "photos.keep_photo": lambda w: {"case": w.draft, "upload": new_key(), "pictures": pictures(w), "shows": SHOWS},
    "photos.replace_picture": lambda w: {"photo": w.photo, "upload": new_key(), "pictures": pictures(w)},
    "photos.show_to_panel": lambda w: {"photo": w.photo},
    "photos.keep_waiting": lambda w: {"photo": w.photo},
    "photos.describe_photo": lambda w: {"photo": w.photo, "shows": SHOWS},
    "photos.remove_photo": lambda w: {"photo": w.photo},
    "photos.erase_photos": lambda w: {"case": w.open},
    "threads.ask_asker": lambda w: {"case": w.open, "specialist": w.author, "text": "Where?"},
    "threads.answer_panel": lambda w: {"case": w.open, "text": "On the neck."},
    "threads.deal_with_message": lambda w: {"message": w.held},
    "threads.drop_message": lambda w: {"message": w.held},
    "threads.moderate_message": lambda w: {"message": w.message, "moderated": "held"},
    "threads.mask_message": lambda w: {"message": w.message, "text": "[masked]"},
}  # fmt: skip
# What these write is no case, photo, opinion, credential or consent, or a part of an action above that alone calls it.
TOUCHES_NONE = {
    "public copies, and which of them changed": {
        "archive.changes.note_removal", "archive.changes.note_change", "archive.pages.put_up", "archive.pages.derive",
        "archive.pages.follow_outcome", "archive.pages.import_case",
        "archive.pages.derive_anew", "archive.pages.next_review",
        "archive.pictures.publish_pictures", "archive.pictures.note_removed_picture", "archive.pictures.sweep_pictures",
    },
    "a seat's times and the count of seats, inside taking, saving, signing and withdrawing": {
        "cases.count_places", "opinions.seats.keep_place", "opinions.seats.keep_for_good",
        "opinions.seats.free_place_of_withdrawn", "opinions.seats.lock_case",
    },
    "nothing at all: they read for actions": {"cases.about_of", "opinions.credential_of"},
    "letters": {
        "cases.tell_invited", "notices.subscribe", "notices.confirm", "notices.stop", "notices.forget", "notices.forget_case",
        "notices.tell", "notices.begin_letter", "notices.hand_over", "notices.finish_letter", "notices.send_again",
        "notices.let_be", "notices.sweep", "notices.gone",
    },
    "programs: their tokens, webhooks and what was sent; a bundle goes through the actions above": {
        "exchange.make_token", "exchange.revoke_token", "exchange.note_use", "exchange.spend", "exchange.begin_once",
        "exchange.finish_once", "exchange.sweep", "exchange.fhir.take_bundle", "exchange.webhooks.register_webhook",
        "exchange.webhooks.end_webhook", "exchange.webhooks.tell_webhooks", "exchange.webhooks.note_attempt",
        "exchange.webhooks.try_again",
    },
    "keys, jobs, backups and the record itself": {
        "foundation.make_data_key", "foundation.make_first_data_key", "foundation.rewrap_data_keys", "foundation.reseal_rows",
        "foundation.reseal_file", "foundation.drop_data_keys", "jobs.enqueue", "jobs.claim_job", "jobs.finish_job", "jobs.beat",
        "jobs.leave", "jobs.start_rounds", "jobs.retry_job", "jobs.drop_job", "jobs.sweep", "keeping.empty_tables",
        "keeping.put_rows", "keeping.put_next_number", "keeping.put_file", "keeping.drop_file",
        "keeping.note_import",
        "keeping.number_on",
        "keeping.take_in_file",
        "keeping.take_in_rows", "keeping.note_backup",
        "keeping.note_restore", "record.record", "record.chain_waiting",
        "record.record_again", "record.chain_some",
    },
    "from which network a case was sent, and that a report was looked at": {
        "moderation.let_send", "moderation.reports.close_report",
    },
    "phrases of a specialist's own": {"opinions.keep_phrase", "opinions.drop_phrase"},
    "accounts": {"people.register_user", "people.change_role", "people.invite_user",
        "people.take_factors", "people.delete_user"},
    "files that no row speaks of": {"photos.sweep_photos"},
}  # fmt: skip


def actions() -> set[str]:
    found = set()
    for file in SITE.rglob("actions.py"):
        app = ".".join(file.relative_to(SITE).parent.parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = (n.name for n in tree.body if isinstance(n, ast.FunctionDef))
        found |= {f"{app}.{name}" for name in names if not name.startswith("_")}
    return found


def test_every_action_has_its_place_here() -> None:
    without = set().union(*TOUCHES_NONE.values())

    assert set(LEAVES) & without == set()
    assert actions() == set(LEAVES) | without


def test_every_action_that_writes_what_is_somebodys_leaves_an_entry(world: World) -> None:
    silent = []
    rows = {f.name: (type(row := getattr(world, f.name)), row.pk) for f in fields(world)}
    for name, given in LEAVES.items():
        app, _, function = name.rpartition(".")
        with transaction.atomic():
            # As the database has them: what the action before did to them is taken back.
            arguments = given(
                World(**{f: model.objects.get(pk=pk) for f, (model, pk) in rows.items()})
            )
            before = Entry.objects.order_by("pk").last()
            getattr(import_module(f"milium_site.{app}.actions"), function)(**arguments)
            if not Entry.objects.filter(pk__gt=before.pk if before else 0).exists():
                silent.append(name)
            transaction.set_rollback(True)

    assert silent == []
