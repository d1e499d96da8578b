"""How the process of a command ends."""

import subprocess
import sys
from pathlib import Path

import pytest

LAST_THINGS = """
import atexit, sys, threading, time
import app.commands.cli as cli
sys.argv = ["footnote", *{arguments}]
atexit.register(print, "at the end")
threading.Thread(target=lambda: (time.sleep(0.3), print("a thread"))).start()
cli.run()
"""


@pytest.mark.parametrize(("arguments", "status"), [(["--version"], 0), (["nonsense"], 2), (["ask", ""], 1)])
def test_a_command_ends_with_its_status_when_all_that_is_under_way_is_done(arguments, status):
    script = LAST_THINGS.format(arguments=arguments)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == status
    assert ran.stdout.splitlines()[-2:] == ["a thread", "at the end"]


def test_a_command_whose_output_is_closed_ends_quietly():
    script = (
        "import sys; sys.stdout = None; import app.commands.cli as cli; sys.argv = ['footnote', 'nonsense']; cli.run()"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 2 and "Traceback" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_what_cannot_be_written_at_the_end_is_said():
    script = "import sys; from app.commands.starting import leave; print('said'); leave(0)"
    with open("/dev/full", "w") as full:
        ran = subprocess.run(
            [sys.executable, "-c", script], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode != 0 and "No space left" in ran.stderr
