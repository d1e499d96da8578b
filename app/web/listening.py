"""Where the chat listens, found out before anything that takes time."""

import ipaddress
import socket

from index.errors import SettingsError


def check_listening(host: str, port: int | None = None) -> None:
    """Raises SettingsError if nothing can listen at this address and port; any port will do if there is none."""
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port or 0), family=family).close()
    except OSError:
        raise cannot_listen(host, port) from None


def cannot_listen(host: str, port: int | None) -> SettingsError:
    """What is said where nothing can listen."""
    return SettingsError(
        f"The chat cannot listen at {host}, port {port or 'any'}: it is in use, or not this machine's; "
        "choose others with --host and --port."
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach what listens at this name or address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"
