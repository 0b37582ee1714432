"""Files in an S3-compatible store. Only an installation whose settings name one imports this."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.deconstruct import deconstructible
from storages.backends.s3 import S3Storage
from typing_extensions import override

from milium_site.foundation.files import StoreAway


# A store that does not answer is not waited for longer than a person would: seconds, and attempts in all.
PATIENCE = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"total_max_attempts": 3, "mode": "standard"},
    s3={"addressing_style": "path"},
    signature_version="s3v4",
)


@contextmanager
def answered() -> Iterator[None]:
    """What the store does not do is ``StoreAway``, with its answer's number and never its words."""
    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", "no number")
        raise StoreAway(f"the store of files answered {status}") from error
    except (BotoCoreError, Boto3Error) as error:
        raise StoreAway(f"the store of files does not answer ({type(error).__name__})") from error


@deconstructible
class ObjectFiles(S3Storage):  # type: ignore[misc] # ships no types
    """One bucket, and nothing in it that anybody could open by an address."""

    # An object is put whole under its name, over what was there, or not at all.
    puts_whole: ClassVar[bool] = True

    def __init__(self, **options: object) -> None:
        super().__init__(file_overwrite=False, default_acl=None, client_config=PATIENCE, **options)

    @override
    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        with answered(), super()._open(name, "rb") as stored:
            return File(BytesIO(stored.read()), name=name)

    @override
    def _save(self, name: str, content: File[Any]) -> str:
        with answered():
            return str(super()._save(name, content))

    @override
    def delete(self, name: str) -> None:
        with answered():
            super().delete(name)

    @override
    def exists(self, name: str) -> bool:
        with answered():
            return bool(super().exists(name))

    @override
    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with answered():
            folders, files = super().listdir(path)
            return folders, files

    @override
    def size(self, name: str) -> int:
        with answered():
            return int(super().size(name))

    @override
    def get_modified_time(self, name: str) -> datetime:
        with answered():
            when: datetime = super().get_modified_time(name)
            return when
