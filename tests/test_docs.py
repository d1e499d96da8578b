"""README and docs/ are true: their examples run, their links lead somewhere, and nothing goes without a mention."""

import inspect
import json
import re
import shlex
import shutil
from dataclasses import fields

import click
import pytest
from click.testing import CliRunner

import rag
import rag.llama
import rag.verify
from app.commands.cli import main
from app.commands.settings import LLM_KEY
from index.store.chroma_server import TOKEN
from index.types import Hit
from rag.evaluation.foreign import read_answers
from rag.evaluation.metrics import MEASURES
from rag.evaluation.questions import Question, read_questions
from tests.conftest import ESSAY, ROOT
from tests.llm_double import ScriptedLLM
from tests.pages import DOCS, PAGES, README, blocks, prose, section, text_of

API, EVALUATION, USAGE = (ROOT / "docs" / f"{name}.md" for name in ("api", "evaluation", "usage"))


def each(language):
    """The blocks of a language on all pages, each a parameter that its page and number name."""
    return [
        pytest.param(block, id=f"{page.name}-{number}")
        for page in PAGES
        for number, block in enumerate(blocks(page, language), start=1)
        if "gradio_client" not in block  # needs a running chat: tests/web/test_api.py has one
    ]


every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


# Examples


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with what the examples name."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ESSAY.parent, folder / "seeds")
    shutil.copytree(ESSAY.parent, folder / "my-folder")
    (folder / "report.md").write_text("# Report\n\nThe drone cost two million dollars.\n")
    return folder


@pytest.mark.parametrize("script", each("python"))
def test_the_scripts_run_and_print_what_is_shown(script, desk, monkeypatch, capsys):
    monkeypatch.chdir(desk)
    # No Ollama runs here; what is shown of the rest is what is tested.
    monkeypatch.setattr("llama_index.llms.ollama.Ollama", lambda model: ScriptedLLM(chunks=["It was a way. [S1]"]))
    exec(compile(script, "example", "exec"), {})
    printed = capsys.readouterr().out
    shown = re.findall(r"^# → (.*)$", script, re.MULTILINE)
    assert printed.splitlines() == shown if shown else printed


@pytest.mark.parametrize("session", each("console"))
def test_the_commands_print_what_is_shown(session, desk, monkeypatch):
    monkeypatch.chdir(desk)
    monkeypatch.setenv("COLUMNS", "100")  # whatever the terminal's are
    for command, shown in re.findall(r"^\$ footnote (.*)\n((?:(?!\$ ).*\n)*)", session, re.MULTILINE):
        command, _, file = command.partition(" > ")
        printed = CliRunner().invoke(main, shlex.split(command)).stdout
        if file:
            (desk / file).write_text(printed, encoding="utf-8")
            printed = ""
        assert comparable(printed.replace(f"{desk}/", "")) == comparable(shown)


def comparable(text):
    """What was printed, but for how long it took; the confidence is a figure, which the question sets hold."""
    return re.sub(r"^Confidence .* s$", "Confidence", text.strip(), flags=re.MULTILINE)


def typed_commands():
    """Every `footnote …` that is shown to be typed, with its words."""
    for page in PAGES:
        for line in "\n".join([*blocks(page, "bash"), *blocks(page, "console")]).splitlines():
            for part in re.sub(r"\s+# .*", "", line).split("&&"):
                if typed := re.match(r"(?:\$ )?(?:\.venv/bin/)?footnote\s+(.*?)(?: > .*)?$", part.strip()):
                    yield pytest.param(shlex.split(typed[1]), id=f"{page.name}: {typed[1]}")


@pytest.mark.parametrize("words", list(typed_commands()))
def test_the_commands_are_understood(words):
    command = main
    while isinstance(command, click.Group):
        name, *words = words
        command = command.commands[name]
    try:
        command.make_context(command.name, words).close()
    except click.exceptions.Exit as ended:  # --list-metrics prints them at once
        assert ended.exit_code == 0


@every_page
def test_the_programs_named_are_there(page):
    for module in re.findall(r"python -m (tests[\w.]+)", text_of(page)):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module


def test_the_answer_in_json_is_the_one_that_is_given(desk, monkeypatch):
    monkeypatch.chdir(desk)
    shown = next(data for block in blocks(API, "json") if "schema" in (data := json.loads(block)))
    given = rag.query(shown["question"]).to_dict()
    assert rag.Answer.from_dict(shown)
    assert list(shown) == list(given)
    for key in ("schema", "text", "status", "span", "claims", "engine", "usage", "rewritten", "notices"):
        assert shown[key] == given[key], key
    for ours, theirs in zip(shown["citations"], given["citations"], strict=True):
        assert ours | {"source": ""} == theirs | {"source": ""}
    assert shown["hits"][0].keys() == given["hits"][0].keys()


def test_the_lines_shown_can_be_read(tmp_path):
    set_line, answer_line = blocks(EVALUATION, "jsonl")
    (tmp_path / "set.jsonl").write_text(set_line, encoding="utf-8")
    (tmp_path / "answers.jsonl").write_text(answer_line, encoding="utf-8")
    assert read_questions(tmp_path / "set.jsonl")[0].history
    assert read_answers([tmp_path / "answers.jsonl"])[0].cites


# Links and paths


@every_page
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", prose(page)):
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


def anchors(page):
    """What GitHub makes of a page's headings."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_paths_in_the_text_are_there(page):
    for path in re.findall(r"`((?:app|docs|index|rag|seeds|tests)/[\w./-]*)`", prose(page)):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_lines_are_no_wider_than_the_code_is(page):
    for line in prose(page).splitlines():
        assert line.startswith("|") or len(line) <= 120, line


# What must be told


def commands_of(group, words=""):
    """Every command that does something, by the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands_of(command, f"{words}{name} ")
        else:
            yield f"{words}{name}", command


def options_of(command):
    return {option for one in command.params if isinstance(one, click.Option) for option in one.opts}


COMMANDS = dict(commands_of(main))
OPTIONS = {"--help", "--version"}.union(*map(options_of, COMMANDS.values()))
VARIABLES = {LLM_KEY, TOKEN} | {one.envvar for command in COMMANDS.values() for one in command.params if one.envvar}
SHARED = options_of(COMMANDS["ask"]) & options_of(COMMANDS["index"])


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_and_its_options_are_in_the_usage(words):
    name, options = words.split()[0], options_of(COMMANDS[words])
    told = section(USAGE, f"`footnote {name}`")
    assert f"`footnote {words}" in told
    if options >= SHARED:
        options -= SHARED
        assert f"`{name}`" in section(USAGE, "Shared options")
    for option in options:
        assert re.search(rf"`{option}[ `]", told), option


def test_every_shared_option_and_every_variable_is_in_the_usage():
    told = section(USAGE, "Shared options")
    assert "--store" in SHARED
    for name in SHARED | VARIABLES:
        assert re.search(rf"`{name}[ `]", told), name


@every_page
def test_no_option_or_variable_is_told_of_that_there_is_not(page):
    assert set(re.findall(r"\bFOOTNOTE_\w+", text_of(page))) <= VARIABLES
    assert set(re.findall(r"`(--[a-z-]+)", prose(page))) <= OPTIONS


def test_every_public_name_is_in_the_api():
    public = [name for name, thing in vars(rag.llama).items() if inspect.isclass(thing) and "Footnote" in name]
    for name in (*rag.__all__, *rag.verify.__all__, *public):
        assert re.search(rf"`{name}\b", text_of(API)), name


@pytest.mark.parametrize("called", [rag.query, rag.Assistant.open, rag.Assistant.ask, rag.Assistant.sync])
def test_every_parameter_is_in_the_api(called):
    for name in inspect.signature(called).parameters:
        assert name in ("self", "paths") or f"`{name}`" in text_of(API), name


@pytest.mark.parametrize(
    "kind", [rag.Answer, rag.Claim, rag.Citation, Hit, rag.verify.QuoteVerdict, rag.verify.ClaimVerdict]
)
def test_every_field_is_in_the_api(kind):
    for field in fields(kind):
        assert f"`{field.name}`" in text_of(API), field.name


def test_every_key_of_a_question_and_every_metric_is_told():
    for name in (*(field.name for field in fields(Question)), *MEASURES):
        assert f"`{name}`" in text_of(EVALUATION), name


def test_nothing_is_told_in_two_places():
    """A paragraph or row of some length stands on one page only."""
    seen = {}
    for page in PAGES:
        for part in re.split(r"\n\s*\n|\n(?=[|\-])", prose(page)):
            words = " ".join(part.split())
            if len(words) > 100 and not words.startswith("|--"):
                assert seen.setdefault(words, page) == page, words


def test_readme_is_one_of_the_pages():
    assert README in PAGES
    assert len(DOCS) >= 6
