"""What the archive does when rows that it hangs on are deleted: erasing a case erases its page everywhere."""

from __future__ import annotations

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from milium_site.archive.actions import follow_opinion
from milium_site.archive.changes.actions import note_removal
from milium_site.archive.models import PublishedCase, PublishedPhoto
from milium_site.archive.pages.actions import follow_outcome
from milium_site.archive.pictures.actions import note_removed_picture
from milium_site.opinions.models import Opinion
from milium_site.outcomes.models import Outcome


@receiver(pre_delete, sender=PublishedCase)
def page_is_deleted(sender: type[PublishedCase], instance: PublishedCase, **_: object) -> None:
    """Django deletes the rows of an erased case without asking us: this is where we hear of it."""
    note_removal(page=instance)


@receiver(pre_delete, sender=PublishedPhoto)
def picture_is_deleted(sender: type[PublishedPhoto], instance: PublishedPhoto, **_: object) -> None:
    """With its page, with the photo it is a copy of, or alone."""
    note_removed_picture(shown=instance)


@receiver(post_save, sender=Opinion)
def opinion_is_changed(sender: type[Opinion], instance: Opinion, **_: object) -> None:
    """An author changes or withdraws what is published: the app of opinions knows nothing of the archive."""
    follow_opinion(opinion=instance)


@receiver(post_save, sender=Outcome)
def outcome_is_told(sender: type[Outcome], instance: Outcome, **_: object) -> None:
    """An asker reports what came of it after their case was published."""
    follow_outcome(outcome=instance)
