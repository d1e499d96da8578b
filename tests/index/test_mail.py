"""Messages, saved one by one or in a mailbox."""

import mailbox

import pytest

from tests import outlook_file
from tests.index.pages import load, sentences
from tests.index.samples import message
from tests.outlook_file import ADDRESS, BODY, NAME, SENDER, SENDER_ADDRESS, SUBJECT


def test_a_message_has_its_head_and_its_text(tmp_path):
    mail = message()
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="plan.pdf")
    (tmp_path / "pier.eml").write_bytes(bytes(mail))
    document = load(tmp_path / "pier.eml")
    assert document.title == "The pier"
    assert sentences(document)[0] == "From: Tilda Marrow <tilda@orrin.example>"
    assert {"The pier opens in June.", "Attached: plan.pdf"} <= set(sentences(document))
    assert ("date", "2021-05-04") in document.facts


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        ("x-unknown", "Über den Pier.".encode(), "Über den Pier."),
        ("x-unknown", b"The caf\xe9.", "The caf\ufffd."),  # too short for its encoding to be told
        ("iso-8859-1", b"The caf\xe9.", "The café."),
    ],
)
def test_a_message_whose_encoding_is_none_keeps_its_text_and_what_is_attached(tmp_path, encoding, body, text):
    mail = message()
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="plan.pdf")
    part = mail.get_body()
    part.set_payload(body)
    part.replace_header("Content-Transfer-Encoding", "8bit")
    part.set_param("charset", encoding)
    (tmp_path / "pier.eml").write_bytes(bytes(mail))
    assert {text, "Attached: plan.pdf"} <= set(sentences(load(tmp_path / "pier.eml")))


def test_addresses_in_a_message_tell_the_page_and_not_who_follows_them(tmp_path):
    text = "Six new piers (https://a.example/piers?source=email-7dcb1e94813b-digest&page=2)\n"
    text += "Really? https://b.example/job?id=4&utm_source=news&utm_id=a-b. "
    text += f"Sign up (https://c.example/f?usp=link) by May.\n[https://mail.d.example/c/{'eJx8k8-T' * 20}/1]\nWrite!\n"
    text += f"Meet: https://e.example/l/19%3ameeting_{'Yj' * 24}%40thread.v2/0?context=%7b%22id\n"
    text += f"Read: https://f.example/{'all-about-piers-' * 8}\n"
    (tmp_path / "pier.eml").write_bytes(bytes(message(text=text)))
    told = load(tmp_path / "pier.eml").text
    assert "Six new piers (https://a.example/piers?page=2)\nReally? https://b.example/job?id=4 Sign up" in told
    assert "Sign up (https://c.example/f?usp=link) by May.\n[https://mail.d.example/c/…]\nWrite!" in told
    assert "YjYj%40thread.v2/0?context=%7b%22id" in told
    assert told.endswith("all-about-piers-\n")


def test_a_message_that_is_a_page_is_read_as_one(tmp_path):
    mail = message()
    mail.set_content("<p>The pier <b>opens</b> in June.</p>", subtype="html")
    (tmp_path / "pier.eml").write_bytes(bytes(mail))
    assert "The pier opens in June." in sentences(load(tmp_path / "pier.eml"))


def test_a_message_saved_by_outlook_is_read_like_one(tmp_path):
    texts = {SUBJECT: "The pier", BODY: "The pier opens in June.\r\n"}
    sender = {SENDER: "Tilda Marrow", SENDER_ADDRESS: "tilda@orrin.example"}
    to = [{NAME: "Ines Varga", ADDRESS: "ines@tarn.example"}]
    (tmp_path / "pier.msg").write_bytes(outlook_file.message(texts | sender, recipients=to, attached=["plan.pdf"]))
    document = load(tmp_path / "pier.msg")
    assert document.title == "The pier"
    assert sentences(document) == [
        "From: Tilda Marrow <tilda@orrin.example>",
        "To: Ines Varga <ines@tarn.example>",
        "The pier opens in June.",
        "Attached: plan.pdf",
    ]


def test_each_message_of_a_mailbox_is_a_part(tmp_path):
    box = mailbox.mbox(tmp_path / "town.mbox")
    for number in (1, 2):
        box.add(message(f"Letter {number}", f"Letter number {number} says hello.\n"))
    box.close()
    document = load(tmp_path / "town.mbox")
    assert document.part(document.text.index("Letter number 2")) == "message 2"
