"""Twenty people who ask at once are all served, and none sees another's conversation or uploads."""

import gc

import pytest

from app.web.library import Library
from app.web.server import launch
from tests.crowd import visit_at_once

PEOPLE = 20

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]


@pytest.fixture
def url(essay_assistant, tmp_path):
    """The chat with the real engine over the essay."""
    essay_assistant.warm_up()
    library = Library(essay_assistant, tmp_path / "uploads")
    app, address = launch(library)
    yield address
    app.close()
    library.close()
    gc.collect()


@pytest.mark.slow
@pytest.mark.timeout(1800)  # forty answers: half a minute on two free cores
def test_twenty_people_at_once_are_all_served_and_see_only_their_own(url):
    visits = visit_at_once(url, PEOPLE)
    for visit in visits:
        assert f"garden gate is {visit.secret}" in visit.conversation
        assert visit.conversation.count("<h2 ") == 2  # one's own two questions
        assert "fn-error" not in visit.conversation
        assert visit.documents.count(">gate</span>") == 1
        assert visit.seen_of_others(visits) == []
