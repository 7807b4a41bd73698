"""What a store that speaks S3 answers when it refuses, in words that help (pure)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from kinopress.publish.target import HostError

_CODE = re.compile(r"<Code>\s*(\w+)\s*</Code>")
_STATUS = re.compile(r"status code: (\d{3})")
_REQUEST_TIME = re.compile(r"<RequestTime>\s*([^<]+?)\s*</RequestTime>")
_SERVER_TIME = re.compile(r"<ServerTime>\s*([^<]+?)\s*</ServerTime>")
_MINUTE_S = 60

_SAID = {
    **dict.fromkeys(
        ("InvalidAccessKeyId", "InvalidAccessKey", "Unauthorized"),
        (
            "the store does not know this access key",
            "copy the key again from the store's pages: it may have been deleted there",
        ),
    ),
    "SignatureDoesNotMatch": (
        "the secret key does not belong to this access key",
        "copy both again from the store's pages, without a space before or after",
    ),
    **dict.fromkeys(
        ("AccessDenied", "AllAccessDisabled", "Forbidden"),
        (
            "this access key may not write here",
            "allow it to read, write, list and delete in this bucket, on the store's pages",
        ),
    ),
    "NoSuchBucket": (
        "there is no such bucket",
        "create it on the store's pages, or correct its name in mkdocs.yml",
    ),
    **dict.fromkeys(
        ("PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"),
        ("the bucket is in another region", "correct region in mkdocs.yml"),
    ),
    **dict.fromkeys(
        (
            "QuotaExceeded",
            "InsufficientStorage",
            "XMinioStorageFull",
            "ServiceQuotaExceededException",
        ),
        ("the store has no space left for this", "free some space there, or choose a larger plan"),
    ),
    "EntityTooLarge": (
        "a file is larger than the store takes",
        "make the film shorter, or choose another store",
    ),
    **dict.fromkeys(
        ("SlowDown", "TooManyRequests", "ServiceUnavailable"),
        ("the store is overloaded at this moment", "run this again in a few minutes"),
    ),
}


def in_words(answer: str, bucket: str, endpoint: str) -> HostError:
    """What the library reports, as a coach can use it.

    Args:
        answer: The library's words, with the store's answer in them. They hold no secret, but addresses and
            the inside of the library, so they are not shown.
        bucket: The bucket's name.
        endpoint: The store's address.
    """
    where = f"the bucket {bucket}"
    code = match[1] if (match := _CODE.search(answer)) else ""
    if code in {"RequestTimeTooSkewed", "RequestExpired"}:
        return HostError(
            f"{_skew(answer)}, so the store refuses it",
            "let the clock set itself, in the system's settings for date and time",
            where=where,
        )
    if code in _SAID:
        return HostError(*_SAID[code], where=where)
    if "HTTP error" in answer or "error sending request" in answer:
        place = endpoint or "Amazon's store"
        if "dns error" in answer or "failed to lookup" in answer:
            return HostError(
                f"there is no store at {place}",
                "correct endpoint in mkdocs.yml, or check that this computer is online",
                where=where,
            )
        return HostError(
            f"{place} does not answer",
            "check that this computer is online; what was sent is not sent again",
            where=where,
        )
    status = match[1] if (match := _STATUS.search(answer)) else ""
    if status == "507":
        return HostError(*_SAID["QuotaExceeded"], where=where)
    if status == "403":
        return HostError(*_SAID["AccessDenied"], where=where)
    said = " ".join(part for part in (status, code) if part)
    return HostError(
        f"the store refuses ({said})" if said else "the store's answer makes no sense",
        "run this again; if it happens every time, ask whoever runs the store",
        where=where,
    )


def _skew(answer: str) -> str:
    request, server = _REQUEST_TIME.search(answer), _SERVER_TIME.search(answer)
    here, there = _moment(request[1]) if request else None, _moment(server[1]) if server else None
    if here is None or there is None:
        return "this computer's clock is wrong"
    minutes = round(abs((here - there).total_seconds()) / _MINUTE_S)
    way = "fast" if here > there else "slow"
    return f"this computer's clock is {minutes} minute{'s' if minutes != 1 else ''} {way}"


def _moment(text: str) -> datetime | None:
    for form in ("%Y%m%dT%H%M%SZ", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None
