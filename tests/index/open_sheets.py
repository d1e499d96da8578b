"""OpenDocument sheets made for tests."""

import zipfile

from tests.index.pages import load

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"


def text(said):
    return f"<table:table-cell office:value-type='string'><text:p>{said}</text:p></table:table-cell>"


def cell(kind, value, shown=None, repeated=1):
    """A cell of this kind, its value, and what is shown of it."""
    name = f"{kind}-value" if kind in ("date", "time") else "value"
    told = f"office:value-type='{kind}' office:{name}='{value}' table:number-columns-repeated='{repeated}'"
    return f"<table:table-cell {told}><text:p>{value if shown is None else shown}</text:p></table:table-cell>"


def open_sheet(path, rows):
    """A workbook of one sheet, `Stock`."""
    spaces = " ".join(f'xmlns:{name}="{_SPACE.format(name)}"' for name in ("office", "text", "table"))
    lines = "".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
    table = f"<table:table table:name='Stock'>{lines}</table:table>"
    with zipfile.ZipFile(path / "stock.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return load(path / "stock.ods")
