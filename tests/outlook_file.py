"""Writes messages as Outlook saves them (.msg): properties as streams in the folders of a compound file."""

import struct

SECTOR, SHORT = 512, 64
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
STORAGE, STREAM, ROOT = 1, 2, 5
TEXT = 0x001F
#: Numbers of properties, as Outlook counts them.
SUBJECT, BODY, SENDER, SENDER_ADDRESS = 0x0037, 0x1000, 0x0C1A, 0x0C1F
NAME, ADDRESS, FILE_NAME = 0x3001, 0x3003, 0x3707  # of a recipient, and of what is attached


def message(properties, *, recipients=(), attached=()):
    """A message with these texts by the numbers of their properties, its recipients and names of attachments."""
    parts = {f"__recip_version1.0_#{n:08X}": _folder(one, 8) for n, one in enumerate(recipients)}
    parts |= {f"__attach_version1.0_#{n:08X}": _folder({FILE_NAME: name}, 8) for n, name in enumerate(attached)}
    return compound({**_folder(properties, 32), **parts})


def _folder(properties, head):
    entries = b"".join(struct.pack("<HHIII", TEXT, n, 6, 2 * len(text) + 2, 0) for n, text in properties.items())
    texts = {f"__substg1.0_{n:04X}{TEXT:04X}": text.encode("utf-16-le") for n, text in properties.items()}
    return {"__properties_version1.0": bytes(head) + entries, **texts}


def compound(tree):
    """A compound file of short streams, `tree` by name: bytes, or a folder of the same."""
    entries, streams, chain = [], [], []

    def add(name, content):
        """Add an entry; gives its number."""
        number = len(entries)
        entries.append(None)
        if isinstance(content, dict):
            children = [add(*one) for one in sorted(content.items())]
            for one, after in zip(children, [*children[1:], FREE], strict=True):
                entries[one][3] = after
            entries[number] = [name, ROOT if number == 0 else STORAGE, FREE, FREE, children[0], 0, 0]
        else:
            start, count = len(chain), -(-len(content) // SHORT)
            chain.extend([*range(start + 1, start + count), END])
            streams.append(content.ljust(count * SHORT, b"\0"))
            entries[number] = [name, STREAM, FREE, FREE, FREE, start, len(content)]
        return number

    add("Root Entry", tree)
    short = b"".join(streams)
    parts = [b"".join(struct.pack("<I", one) for one in chain), short]
    sizes = [-(-len(entries) * 128 // SECTOR), *(-(-len(part) // SECTOR) for part in parts)]
    starts = [1, 1 + sizes[0], 1 + sizes[0] + sizes[1]]
    entries[0][5:] = starts[2], len(short)
    folder = b"".join(map(_entry, entries))
    table = [FAT]
    for start, size in zip(starts, sizes, strict=True):
        table += [*range(start + 1, start + size), END]
    assert len(table) <= SECTOR // 4, "too long for one sector of the table"
    table += [FREE] * (SECTOR // 4 - len(table))
    head = struct.pack("<8s16xHHHHH6x", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIIII", 0, 1, starts[0], 0, 4096, starts[1], sizes[1], END, 0, 0)
    head = head.ljust(SECTOR, b"\xff")
    body = struct.pack("<128I", *table), folder, parts[0].ljust(sizes[1] * SECTOR, b"\xff"), short
    return b"".join((head, *(part.ljust(-(-len(part) // SECTOR) * SECTOR, b"\0") for part in body)))


def _entry(entry):
    name, kind, left, right, child, start, size = entry
    letters = name.encode("utf-16-le")
    told = struct.pack("<64sHBBIII", letters, len(letters) + 2, kind, 1, left, right, child)
    return told + struct.pack("<16x4x16xIQ", start, size)
