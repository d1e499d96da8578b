"""README is true: its examples run, and no command goes without a mention."""

import re
import shutil

import pytest
from click.testing import CliRunner

from app.commands.cli import main
from tests.conftest import ESSAY, ROOT
from tests.llm_double import ScriptedLLM

README = (ROOT / "README.md").read_text(encoding="utf-8")
SCRIPTS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def test_every_command_is_mentioned():
    for name in main.commands:
        assert f"footnote {name}" in README, name


def test_every_module_is_in_the_file_tree():
    tree = README[README.index("seeds/        the example") :]
    for package in ("index", "rag", "app"):
        for module in (ROOT / package).glob("[!_]*.py"):
            assert module.name in tree, module


def test_the_answer_shown_is_the_answer_given(monkeypatch):
    monkeypatch.chdir(ROOT)
    command, shown = re.search(r"```console\n\$ footnote (.*?)\n(.*?)```", README, re.DOTALL).groups()
    result = CliRunner().invoke(main, ["ask", re.search('"(.*)"', command).group(1)])

    def comparable(text):
        return re.sub(r"Confidence .* s$", "", text.replace(f"{ROOT}/", "").strip())

    assert comparable(result.stdout) == comparable(shown)


@pytest.mark.parametrize("script", [script for script in SCRIPTS if "gradio_client" not in script])
def test_the_scripts_run(script, tmp_path, monkeypatch, capsys):
    shutil.copytree(ESSAY.parent, tmp_path / "seeds")
    shutil.copytree(ESSAY.parent, tmp_path / "my-folder")
    (tmp_path / "report.md").write_text("# Report\n\nThe drone cost two million dollars.\n")
    monkeypatch.chdir(tmp_path)
    # No Ollama runs here; what is shown of the rest is what is tested.
    monkeypatch.setattr("llama_index.llms.ollama.Ollama", lambda model: ScriptedLLM(chunks=["It was a way. [S1]"]))
    exec(compile(script, "README.md", "exec"), {})
    assert capsys.readouterr().out
