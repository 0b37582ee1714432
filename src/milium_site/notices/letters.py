"""What a letter says: the same words for everybody, whatever it is about. Pure but for the addresses of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from milium_site.notices.kinds import SUBJECT, kind
from milium_site.notices.links import confirm_page, page, stop_page
from milium_site.notices.models import Letter, Notice, Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A letter before it is put into an envelope. ``tag`` is the same each time the same letter is sent."""

    tag: str
    subject: str
    lines: tuple[str, ...]
    address: str
    stop: str

    @property
    def text(self) -> str:
        """The body of an e-mail."""
        said = "\n".join(self.lines)
        return (
            f"{said}\n\n{self.address}\n\n--\n"
            f"You get this because you asked for it. To get no more: {self.stop}\n"
        )


def words_of(letter: Letter) -> Words:
    """What the letter says of everything it holds; a thing that happened three times is said once."""
    subscriber, notices = letter.subscriber, list(letter.notices.all())
    kinds = [kind(name) for name in dict.fromkeys(notice.kind for notice in notices)]
    subjects = {k.subject for k in kinds}
    return Words(
        tag=letter.key,
        subject=subjects.pop() if len(subjects) == 1 else SUBJECT,
        lines=tuple(k.says for k in kinds),
        address=_address(subscriber, notices),
        stop=stop_page(subscriber.key),
    )


def _address(subscriber: Subscriber, notices: Sequence[Notice]) -> str:
    if any(notice.kind == "confirm" for notice in notices):
        return confirm_page(subscriber.key)
    paths = {notice.path for notice in notices}
    # Several pages are all reached from the one above them.
    return page(subscriber.link, paths.pop() if len(paths) == 1 else "")
