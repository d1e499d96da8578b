import click


@click.group(name="questions")
def questions_group() -> None:
    """Draft and check question sets."""
