"""The page is for this machine alone unless another address is named, and by its own names alone."""

import gc
import socket

import httpx
import pytest
from click.testing import CliRunner

from app.commands.cli import main
from app.web.library import Library
from app.web.listening import is_loopback
from app.web.server import launch
from tests.chat_double import EssayAssistant


def has_ipv6() -> bool:
    """Whether this machine can listen at `::1`."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.0.1", "localhost", "Localhost", "::1", "[::1]", "0:0:0:0:0:0:0:1"]
)
def test_what_only_this_machine_reaches(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "localhost.example", "127.0.0.1.example", ""]
)
def test_what_others_reach(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "host", ["127.0.0.2", pytest.param("::1", marks=pytest.mark.skipif(not has_ipv6(), reason="no IPv6"))]
)
def test_at_every_loopback_address_a_name_of_another_host_is_refused(host: str, tmp_path) -> None:
    library = Library(EssayAssistant(), tmp_path)
    app, url = launch(library, host=host)
    try:
        port = httpx.URL(url).port
        assert httpx.get(url).status_code == 200
        for name, status in (
            ("localhost", 200),
            ("[::1]", 200),
            ("127.0.0.1", 200),
            ("evil.example", 400),
            ("[::2]", 400),
        ):
            assert httpx.get(url, headers={"Host": f"{name}:{port}"}).status_code == status, name
    finally:
        app.close()
        library.close()
        gc.collect()


def test_a_port_in_use_is_noticed_before_anything_is_indexed(tmp_path) -> None:
    (tmp_path / "note.txt").write_text("The roof was mended in May.\n")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        options = ["--docs", str(tmp_path / "note.txt"), "--store", str(tmp_path / "store"), "--port", port]
        result = CliRunner().invoke(main, ["chat", *options])
    assert result.exit_code == 1
    assert f"cannot listen at 127.0.0.1, port {port}: it is in use" in result.output
    assert not (tmp_path / "store").exists()
