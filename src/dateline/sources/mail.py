"""Newsletters: a message of electronic mail is a report; its day is that of its Date line."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from dateline.errors import InputError
from dateline.report import Report
from dateline.sources.days import as_day
from dateline.sources.files import has_suffix, opened, read_bytes
from dateline.sources.ids import content_id
from dateline.sources.kinds import Found, Options
from dateline.sources.markup import decode_markup, text_of

#: The longest message, in bytes: pictures and attachments are many times its text.
MAX_MESSAGE = 64 * 2**20


class Mail:
    """Files of messages (`.eml`, packed or not)."""

    suffixes: tuple[str, ...] = (".eml",)

    def claims(self, where: str) -> bool:
        """By suffix."""
        return has_suffix(where, self.suffixes)

    def read(self, where: str, options: Options) -> Iterator[Found | InputError]:
        """The one report that the message is: its plain text, else its HTML as text."""
        with opened(where) as stream:
            data = read_bytes(stream, where, MAX_MESSAGE)
        yield _report(data, where)


def _report(data: bytes, where: str) -> Found:
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
        if not message.keys():
            raise InputError(where, 1, "has no head of a mail", "save the message as .eml (with From, Date, Subject)")
        text = _text(message)
        sender = message.get("From")
        names = [a.display_name or a.addr_spec for a in sender.addresses] if sender is not None else []
        subject, own, said = (str(message.get(name, "")).strip() for name in ("Subject", "Message-ID", "Date"))
    except (MessageError, AttributeError, LookupError, TypeError, ValueError) as error:
        # the standard library's parser answers some broken heads with errors of its own
        raise InputError(where, None, f"is no sound mail ({error})", "save the message again") from None
    if not text.strip():
        raise InputError(where, None, "the message has no text", "leave it out")
    try:
        published = as_day(said) if said else None
    except ValueError:
        wrong = f"the Date line {said!r} is no day"
        raise InputError(where, None, wrong, "mend it (Thu, 17 Apr 2025 08:00:00 +0000)") from None
    report = Report(
        id=own.strip("<>") or content_id(text, published),
        text=text,
        published=published,
        published_from="field" if published else None,
        source=names[0] if names else None,
        title=subject or None,
    )
    return Found(report=report, where=where, named=bool(own))


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    if body.get_content_subtype() == "html":
        raw = body.get_payload(decode=True)
        return text_of(decode_markup(raw, body.get_content_charset())) if isinstance(raw, bytes) else ""
    return str(body.get_content())
