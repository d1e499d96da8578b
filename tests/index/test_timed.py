"""Transcripts of meetings, subtitles and calendars, as programs save them."""

import pytest

from index.errors import DocumentError
from index.files.transcripts import MOST, UNPUNCTUATED
from rag import Assistant

TEAMS = """\
WEBVTT

1
00:00:03.000 --> 00:00:05.500
<v Jane Orrin>Welcome to the <b>roof</b> meeting.</v>

2
00:00:05.500 --> 00:00:09.000
<v Jane Orrin>We begin with the budget,</v>

3
00:00:09.500 --> 00:01:12.000
<v Jane Orrin>which is 4,000 pounds &amp; some change.</v>

4
01:02:13.000 --> 01:02:15.000
<v Bob Tarn>Bats live up there. They stay.</v>
"""
ZOOM = """\
WEBVTT

1
00:00:03.000 --> 00:00:05.500
Jane Orrin: We begin with

2
00:00:05.500 --> 00:00:09.000
Jane Orrin: one question: the roof.

3
00:00:09.500 --> 00:00:12.000
Bob Tarn: Bats live up there.

4
00:00:12.500 --> 00:00:14.000
Bob Tarn: Note: they stay.
"""
ROLLING = """\
1
00:00:01,000 --> 00:00:03,000
the bats come

2
00:00:03,000 --> 00:00:05,000
the bats come
in May

3
00:00:05,000 --> 00:00:07,000
in May
and leave in autumn
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Tarn choir
X-WR-TIMEZONE:Europe/London
BEGIN:VEVENT
UID:1
SUMMARY:Rehearsal
DTSTART:20250701T183000Z
DTEND:20250701T203000Z
RRULE:FREQ=WEEKLY;UNTIL=20250901T183000Z
LOCATION:St Mary's Hall\\, Back Lane
DESCRIPTION:Bring a pencil.\\nDoors at 7.
ORGANIZER;CN=Ann Lee:mailto:ann@tarn.example
ATTENDEE;CN=Ben Roe:mailto:ben@tarn.example
ATTENDEE:mailto:cy@tarn.example
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Tour
DTSTART;VALUE=DATE:20250712
DTEND;VALUE=DATE:20250715
END:VEVENT
BEGIN:VTODO
UID:3
SUMMARY:Pay the hall
DUE;TZID=Europe/Paris:20250630T120000
END:VTODO
END:VCALENDAR
"""


def times(document):
    return [part.name for part in document.parts]


def test_a_transcript_is_told_by_speaker_and_known_by_its_time(read_text):
    meeting = read_text("meeting.vtt", TEAMS)
    assert meeting.text.split("\n\n") == [
        "Jane Orrin: Welcome to the roof meeting. We begin with the budget, which is 4,000 pounds & some change.",
        "Bob Tarn: Bats live up there. They stay.\n",
    ]
    assert times(meeting) == ["0:03", "1:02:13"]


def test_a_name_before_several_cues_is_a_speaker_s(read_text):
    meeting = read_text("meeting.vtt", ZOOM)
    assert meeting.text.split("\n\n") == [
        "Jane Orrin: We begin with one question: the roof.",
        "Bob Tarn: Bats live up there. Note: they stay.\n",
    ]


def test_lines_that_roll_up_are_told_once(read_text):
    assert read_text("talk.srt", ROLLING).text == "the bats come in May and leave in autumn\n"


def test_a_word_before_a_colon_that_stands_once_is_no_speaker(read_text):
    talk = read_text("talk.srt", cues(["The roof is next.", "Reminder: bring lamps."]))
    assert talk.text == "The roof is next. Reminder: bring lamps.\n"


def cues(texts, pause=0):
    starts = [number * (2 + pause) for number in range(len(texts))]
    stamp = "{:02}:{:02}:{:02},000".format
    whole = [(one // 3600, one // 60 % 60, one % 60) for start in starts for one in (start, start + 2)]
    pairs = zip(texts, whole[::2], whole[1::2], strict=True)
    return "\n".join(f"{n}\n{stamp(*a)} --> {stamp(*b)}\n{text}\n" for n, (text, a, b) in enumerate(pairs, 1))


@pytest.mark.parametrize(
    ("texts", "pause", "longest"),
    [
        (["The bats of this attic are of many kinds."] * 100, 0, MOST),
        (["the bats of this attic are of many kinds"] * 100, 0, UNPUNCTUATED + 50),
        (["The bats come."] * 20, 9, 20),
    ],
)
def test_paragraphs_end_with_sentences_and_pauses_and_at_last(read_text, texts, pause, longest):
    texts = [f"{number} {text}" for number, text in enumerate(texts)]  # no line is that of the cue before
    talk = read_text("talk.srt", cues(texts, pause))
    paragraphs = talk.text.split("\n\n")
    assert max(map(len, paragraphs)) <= longest
    assert len(paragraphs) == len(times(talk)) > 4
    assert " ".join(paragraphs).split() == " ".join(texts).split()


def test_entries_of_a_calendar_are_rows_in_the_order_of_their_time(read_text):
    choir = read_text("choir.ics", CALENDAR)
    assert choir.title == "Tarn choir"
    assert choir.text.splitlines()[2:] == [
        "Task: Pay the hall | Due: 2025-06-30 12:00",
        "Event: Rehearsal | Start: 2025-07-01 19:30 | End: 2025-07-01 21:30 | Repeats: weekly until 2025-09-01 19:30 | "
        "Place: St Mary's Hall, Back Lane | Organizer: Ann Lee | Attendees: Ben Roe, cy@tarn.example | "
        "Description: Bring a pencil. Doors at 7.",
        "Event: Tour | Start: 2025-07-12 | End: 2025-07-14",
    ]
    assert times(choir) == ["entry 1", "entry 2", "entry 3"]


def test_how_long_an_event_lasts_tells_its_end(read_text):
    lasting = CALENDAR.replace("DTEND:20250701T203000Z", "DURATION:PT90M")
    assert "Start: 2025-07-01 19:30 | End: 2025-07-01 21:00" in read_text("a.ics", lasting).text


@pytest.mark.parametrize("zone", ["", "Nowhere", "Europe", "../etc"])
def test_times_of_a_calendar_without_a_zone_are_said_to_be_universal(read_text, zone):
    assert (
        "Start: 2025-07-01 18:30 UTC"
        in read_text("a.ics", CALENDAR.replace("TIMEZONE:Europe/London", f"TIMEZONE:{zone}")).text
    )


@pytest.mark.parametrize(("whole", "damaged"), [("20250701T183000Z", "2025"), ("FREQ=WEEKLY", "FREQ=")])
def test_what_is_damaged_in_an_entry_is_left_out(read_text, whole, damaged):
    assert "Event: Rehearsal | " in read_text("a.ics", CALENDAR.replace(whole, damaged)).text


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.ics"])
@pytest.mark.parametrize(
    "text", ["Bats live in the attic.", "1\n00:00 --> x\nBats", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nx"]
)
def test_what_is_none_is_refused(read_text, name, text):
    with pytest.raises(DocumentError, match=r"a\.(vtt|srt|ics) is no (transcript|calendar)"):
        read_text(name, text)


def test_answers_name_the_minute_and_the_entry(tmp_path):
    (tmp_path / "meeting.vtt").write_text(TEAMS, encoding="utf-8")
    (tmp_path / "choir.ics").write_text(CALENDAR, encoding="utf-8")
    with Assistant.open(tmp_path, tmp_path / "store") as assistant:
        bats, hall = assistant.ask("Who said that bats live up there?"), assistant.ask("Where is the rehearsal?")
    assert bats.citations[0].quote.startswith("Bob Tarn: Bats live up there.")
    assert bats.citations[0].part == "1:02:13"
    assert (hall.span, hall.citations[0].part) == ("St Mary's Hall, Back Lane", "entry 2")
