"""Twenty invented accident reports as PDF forms of one template, and what to ask of each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

PLACES = (
    "Orrin Sands", "Tarn Moor", "Castle Brae", "Lower Wick", "Hessle Point", "Marrow Down", "Quill Hill", "Penn Marsh",
    "Skerry Bay", "Thorn Edge", "Ullscarth", "Vennel Green", "West Arrow", "Yarrow Field", "Aldermoor", "Brackwater",
    "Corran Loch", "Dunmere", "Esk Bridge", "Fallow Heath",
)  # fmt: skip
TYPES = ("Merlin 15", "Sparrow 2B", "Heron Mk 4", "Petrel 220", "Lapwing C")
CAUSES = (
    ("landed short of the runway", "the headwind was much stronger than had been forecast", "headwind"),
    ("ran off the side of the runway", "a brake hose had chafed through and the left brake failed", "brake hose"),
    ("struck a fence on take-off", "the grass was wet and longer than the manual allows", "grass"),
    ("lost its canopy in flight", "the catch had been closed on the strap of a camera bag", "strap"),
    ("stopped its engine on approach", "the carburettor had iced up in the moist air", "iced|icing"),
    ("hit a hangar door while taxiing", "the pilot was looking down at a tablet", "tablet"),
    ("came down in a field of barley", "the fuel selector had been left on the empty tank", "selector"),
    ("collapsed its nose wheel", "a bolt of the nose leg was cracked by fatigue", "bolt"),
    ("tipped on to its nose", "a gust lifted the tail while the pilot braked", "gust"),
    ("lost a wheel on landing", "a split pin had not been fitted after maintenance", "split pin"),
)  # fmt: skip
DAMAGE = (
    "Propeller and engine cowling", "Left wing tip and aileron", "Nose leg and firewall", "Undercarriage and fuselage",
    "Canopy and tailplane",
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What one report says."""

    name: str
    place: str
    registration: str
    aircraft: str
    date: str
    age: int
    hours: int
    damage: str
    weight: int
    runway: int
    event: str
    cause: str
    told: str  #: a pattern that an answer to why it happened matches


def make_reports() -> list[Report]:
    """The same twenty each time."""
    rng = random.Random(20)
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
    ages, hours = rng.sample(range(24, 79), len(PLACES)), rng.sample(range(120, 9800), len(PLACES))
    weights, runways = rng.sample(range(430, 1160), len(PLACES)), rng.sample(range(380, 990), len(PLACES))
    reports = []
    for number, place in enumerate(PLACES):
        event, cause, told = CAUSES[number % len(CAUSES)]
        letters = "".join(rng.sample("ABCDEFGHJKLMNPRSTUVWXYZ", 4))
        reports.append(
            Report(
                name=f"report-{number + 1:02}",
                place=place,
                registration=f"K-{letters}",
                aircraft=TYPES[number % len(TYPES)],
                date=f"{number + 3} {months[number % len(months)]} {2009 + number % 7}",
                age=ages[number],
                hours=hours[number],
                damage=DAMAGE[number * 3 % len(DAMAGE)],
                weight=weights[number],
                runway=runways[number],
                event=event,
                cause=cause,
                told=told,
            )
        )
    return reports


def questions_on(report: Report) -> Iterator[tuple[str, str]]:
    """Questions that name the report, each with the pattern that a right quotation matches."""
    number = int(report.name[-2:])
    yield f"How old was the pilot in the accident at {report.place}?", rf"\b{report.age}\b"
    if number % 2:
        yield f"What was the maximum take-off weight of {report.registration}?", rf"\b{report.weight} kg"
        yield f"Why did the aircraft at {report.place} come to grief?", report.told
    else:
        yield f"How long was the runway at {report.place}?", rf"\b{report.runway} m\b"
        yield f"How many hours had the pilot of {report.registration} flown?", rf"\b{report.hours:,} hours"


def write_report(report: Report, folder: Path) -> None:
    """The report as a PDF of two pages: a form, a narrative and a table."""
    styles = getSampleStyleSheet()
    form = [
        ["Aircraft type:", report.aircraft, "Registration:", report.registration],
        ["Date:", report.date, "Place:", report.place],
        ["Type of flight:", "Private", "Persons on board:", "Crew 1, passengers 1"],
        ["Pilot's age:", f"{report.age} years", "Pilot's experience:", f"{report.hours:,} hours"],
        ["Damage:", report.damage, "Injuries:", "None"],
    ]
    fields = [
        ["Item", "Limit", "At the time"],
        ["Take-off weight", f"{report.weight} kg", f"{report.weight - 35} kg"],
        ["Crosswind", "15 kt", "8 kt"],
        ["Runway length", "-", f"{report.runway} m"],
    ]
    paragraphs = (
        f"The pilot had hired the {report.aircraft} for a flight along the coast with a friend. The inspection before "
        "the flight found nothing amiss, and the take-off was normal. The weather was fair, with scattered cloud.",
        f"On its return to {report.place}, {report.registration} {report.event}. Both on board got out unaided. "
        f"The pilot considers that it happened because {report.cause}. The airfield's fire crew attended.",
        "The maintenance records show that the last annual inspection had been done in time. The club has since talked "
        "to its members about the lessons, and this report is closed.",
    )
    story: list[Flowable] = [
        Paragraph("Accident Report", styles["Title"]),
        Table(form, colWidths=[90, 150, 100, 120]),
        Spacer(1, 20),
        Paragraph("History of the flight", styles["Heading2"]),
        *(Paragraph(text, styles["BodyText"]) for text in paragraphs),
        PageBreak(),
        Paragraph("Limits and conditions", styles["Heading2"]),
        Table(fields, colWidths=[130, 100, 100], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]),
    ]
    SimpleDocTemplate(str(folder / f"{report.name}.pdf"), pagesize=A4).build(story)
