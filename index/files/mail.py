"""E-mail: each message with its head and its text."""

import email
import mailbox
import os
import re
import tempfile
from collections.abc import Iterable
from email import policy
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from index.files.extract import Extract, FormatError
from index.files.markup.pages import page_text
from index.files.structure import read_blocks
from index.files.text import decode, read_text
from index.files.writing import Writer

MOST_MESSAGES = 20_000  #: of a mailbox that is read
_ADDRESS = re.compile(r"https?://[^\s()<>\[\]]+")
_FOLLOWER = re.compile(r"(?<=[?&])(?:utm_\w+|mc_[ce]id|source=email)[=-][^&]*&?")
#: A code for who was sent the mail: capitals and digits, as the name of a page has not, longer than that of a meeting.
_FOLLOWED = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{100,}.*")
_HEAD = ("From", "To", "Cc", "Date")


def read_message(data: bytes) -> Extract:
    """A message; what has no head is read as the text that it is. Raises FormatError if it is none."""
    message = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    if not any(message.get(name) for name in ("From", "Date", "Subject")):
        return read_text(data)
    return _told(message)


def read_mailbox(data: bytes) -> Extract:
    """The messages of a mailbox (mbox). Raises FormatError if it holds none, or too many."""
    if not data.lstrip().startswith(b"From "):
        raise FormatError("is no mailbox, whatever its name says; export it as mbox")
    writer = Writer()
    descriptor, path = tempfile.mkstemp()
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        box = mailbox.mbox(path)
        for number, key in enumerate(box.iterkeys(), start=1):
            if number > MOST_MESSAGES:
                raise FormatError(f"has more than {MOST_MESSAGES:,} messages; split it")
            message = email.message_from_bytes(box.get_bytes(key), policy=policy.default)
            assert isinstance(message, EmailMessage)
            writer.part(f"message {number}")
            _write(writer, message)
        box.close()
    finally:
        os.unlink(path)
    return writer.extract()


def read_outlook(data: bytes) -> Extract:
    """A message as Outlook saves it. Raises FormatError if it is damaged, or none."""
    from oxmsg import Message

    try:
        message = _as_mail(Message.load(data))
    except Exception as error:  # of many kinds, whatever a damaged file may lead to
        raise FormatError(f"is damaged, or no message of Outlook’s ({error}); save it as .eml") from None
    return _told(message)


def _told(message: EmailMessage) -> Extract:
    writer = Writer()
    _write(writer, message)
    return writer.extract(_head(message, "Subject"), _facts(message))


def _as_mail(saved: Any) -> EmailMessage:
    """A message of oxmsg's as an e-mail, so that both are written alike; what is attached by its names only."""
    heads = {name.title(): value for name, value in saved.message_headers.items()}
    to = [f"{one.name} <{one.email_address}>" for one in saved.recipients if one.name or one.email_address]
    known = {
        "From": saved.sender,
        "To": heads.get("To") or ", ".join(to),
        "Cc": heads.get("Cc"),
        "Date": heads.get("Date") or (format_datetime(saved.sent_date) if saved.sent_date else None),
        "Subject": saved.subject,
    }
    lines = (f"{name}: {' '.join(str(value).split())}\n" for name, value in known.items() if value)
    message = email.message_from_string("".join(lines), policy=policy.default)
    assert isinstance(message, EmailMessage)
    if saved.body:
        message.set_content(saved.body)
    elif saved.html_body:
        message.set_content(saved.html_body, subtype="html")
    for one in saved.attachments:
        if one.file_name:
            message.add_attachment(b"", maintype="application", subtype="octet-stream", filename=one.file_name)
    return message


def _head(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, TypeError, AttributeError):  # what heads of no form lead the library to
        return ""


def _facts(message: EmailMessage) -> Iterable[tuple[str, str]]:
    yield "title", _head(message, "Subject")
    yield "author", _head(message, "From")
    try:
        yield "date", parsedate_to_datetime(_head(message, "Date")).date().isoformat()
    except ValueError:
        return


def _without_follower(address: re.Match[str]) -> str:
    """The address of a page without what tells who follows it from which mail, which may be longer than the mail."""
    short = _FOLLOWER.sub("", address[0])
    return _FOLLOWED.sub("…", address[0] if short == address[0] else short.rstrip("?&"))


def _text_of(body: MIMEPart) -> str:
    """The text of a message's part, also where the encoding that it names is none."""
    try:
        return str(body.get_content())
    except (LookupError, ValueError, AttributeError):
        data = body.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        return decode(data)[0]
    except FormatError:
        return data.decode("utf-8", "replace")


def _write(writer: Writer, message: EmailMessage) -> None:
    subject = _head(message, "Subject")
    writer.heading(subject or "No subject")
    for number, name in enumerate(name for name in _HEAD if _head(message, name)):
        writer.line(f"{name}: {_head(message, name)}", first=number == 0)
    try:
        body = message.get_body(("plain", "html"))
    except (LookupError, ValueError, AttributeError):
        return
    text = _text_of(body) if body else ""
    if body is not None and body.get_content_subtype() == "html":
        writer.add(*page_text(text))
    elif text.strip():
        text = _ADDRESS.sub(_without_follower, text.strip().replace("\r\n", "\n"))
        writer.add(text, read_blocks(text, markdown=False))
    attached = [str(part.get_filename()) for part in message.iter_attachments() if part.get_filename()]
    if attached:
        writer.line(f"Attached: {', '.join(attached)}", first=True)
