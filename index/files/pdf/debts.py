"""Amounts below zero that stand close behind another figure of a table."""

from collections.abc import Iterator

from index.files.pdf.spelt import Letter


def debts_apart(run: list[Letter], apart: float) -> Iterator[list[Letter]]:
    """A run of letters in parts, of which each but the first is an amount below zero; a dash alone may be of a range.

    Args:
        run: Letters of a line without a wide gap.
        apart: Times the letters' height, from which a gap between figures is one between columns.
    """
    start = 0
    for number, (figure, space, sign, money) in enumerate(zip(run, run[1:], run[2:], run[3:], strict=False), start=1):
        is_debt = space.text == " " and sign.text in ("-", "−") and money.text in ("$", "€", "£")
        wide = space.right - space.left > apart * (figure.bottom - figure.top)
        if is_debt and wide and figure.text[-1].isdigit():
            yield run[start:number]
            start = number + 1
    yield run[start:]
