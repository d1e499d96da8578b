"""Programs ask, search and verify: a real server over a real index, called by real clients."""

import asyncio
import gc
import json
import re
from dataclasses import asdict

import gradio as gr
import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from app.web.api import MAX_ANSWER_CHARS, MAX_CITATIONS, MAX_QUOTE_CHARS, add_endpoints
from app.web.library import Library
from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.similarity import SimilarityReader
from rag.types import Answer
from tests.conftest import ROOT, WordEmbedder
from tests.pages import blocks
from tests.visitor import new_session

# Gradio's server leaves sockets and loops to the collector, and uses what pandas is about to retire.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

HIVE = "How many bees does a hive hold?"
BEES = "Bees\n\nA hive holds forty thousand bees. The queen lays the eggs.\n"


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    root = tmp_path_factory.mktemp("api") / "docs"
    root.mkdir()
    (root / "tea.md").write_text("# Tea\n\nGreen tea is steeped for two minutes. Black tea takes four.\n")
    return root


@pytest.fixture(autouse=True)
def bees(documents):
    """A document that tests change; it is as it was at the start of each."""
    path = documents / "bees.txt"
    path.write_text(BEES)
    return path


@pytest.fixture(scope="module")
def assistant(documents):
    (documents / "bees.txt").write_text(BEES)
    embedder = WordEmbedder()
    index = PassageIndex(documents.parent / "store", embedder)
    index.sync([documents])
    yield Assistant(index, embedder, SimilarityReader(embedder), docs=[documents], min_confidence=0.0)
    index.close()


@pytest.fixture(scope="module")
def library(assistant, documents):
    with_uploads = Library(assistant, documents.parent / "uploads")
    yield with_uploads
    with_uploads.close()


@pytest.fixture(scope="module")
def url(library):
    with gr.Blocks(analytics_enabled=False) as app:
        add_endpoints(library.assistant, at_once=4)
    _, address, _ = app.launch(prevent_thread_lock=True, quiet=True, mcp_server=True, run_history=False)
    yield address
    app.close()
    gc.collect()


@pytest.fixture(scope="module")
def client(url):
    return Client(url, verbose=False, analytics_enabled=False)


def over_mcp(url, *calls):
    """What an MCP client finds, and what its calls give."""

    async def converse():
        async with (
            streamable_http_client(f"{url}gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            return tools, [await session.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(converse())


def test_ask_gives_the_json_of_an_answer(client, assistant):
    data = client.predict(HIVE, api_name="/ask")
    answer, expected = Answer.from_dict(data), assistant.ask(HIVE)
    assert [cited.quote for cited in answer.citations] == [cited.quote for cited in expected.citations]
    assert answer.text == expected.text
    assert "forty thousand bees" in answer.citations[0].quote


def test_programs_are_told_nothing_of_the_servers_disk(client, documents, bees):
    answer = client.predict(HIVE, api_name="/ask")
    assert answer["citations"][0]["source"] == answer["citations"][0]["document_id"] == "bees.txt"
    report = client.predict(answer, api_name="/verify")
    assert report["state"] == "holds"
    hits = client.predict("hive", api_name="/search")
    assert str(documents.parent) not in json.dumps([answer, report, hits])


def test_what_is_amiss_with_the_documents_is_for_the_operator_to_know(client, documents, bees, caplog):
    documents.rename(documents.with_name("away"))
    try:
        with pytest.raises(AppError) as error:
            client.predict(HIVE, api_name="/ask")
    finally:
        documents.with_name("away").rename(documents)
    assert str(error.value) == "The server cannot do this at present; whoever runs it finds the reason in its log."
    assert f"{documents} is gone; bring it back" in caplog.text


def test_search_gives_the_hits(client, assistant):
    hits = client.predict("hive", top_k=2, api_name="/search")
    assert hits == [asdict(hit) for hit in assistant.search("hive", top_k=2)]
    assert hits[0]["passage"]["document_id"] == "bees.txt"


def test_some_documents_are_asked_and_searched_alone(client):
    answer = client.predict(HIVE, documents=["tea.md"], api_name="/ask")
    assert answer["documents"] == ["tea.md"]
    assert {hit["passage"]["document_id"] for hit in answer["hits"]} == {"tea.md"}
    hits = client.predict("hive", documents=["tea.md"], api_name="/search")
    assert {hit["passage"]["document_id"] for hit in hits} == {"tea.md"}
    for documents, message in ((["gone.md"], "None of the documents chosen"), ([], "No document is chosen")):
        with pytest.raises(AppError, match=message):
            client.predict(HIVE, documents=documents, api_name="/ask")


def test_a_follow_up_is_understood(client):
    history = [[HIVE, "A hive holds forty thousand bees. [1]"]]
    assert (
        "bees" in client.predict("And who lays it?", history=history, api_name="/ask")["citations"][0]["quote"].lower()
    )
    assert client.predict("And it?", history=history, api_name="/search")[0]["passage"]["document_id"] == "bees.txt"


@pytest.mark.parametrize(
    ("today", "state", "quote_state"),
    [
        (BEES, "holds", "holds"),
        (f"An opening.\n\n{BEES}", "holds", "moved"),
        (BEES.replace("forty", "fifty"), "changed", "changed"),
        (None, "gone", "gone"),
    ],
)
def test_verify_says_what_has_become_of_an_answer(client, bees, today, state, quote_state):
    answer = client.predict(HIVE, api_name="/ask")
    if today is None:
        bees.unlink()
    else:
        bees.write_text(today)
    report = client.predict(answer, api_name="/verify")
    assert (report["state"], report["quotes"][0]["state"]) == (state, quote_state)
    if state == "holds":
        place = slice(report["quotes"][0]["start"], report["quotes"][0]["end"])
        assert today[place] == answer["citations"][0]["quote"]


def test_verify_notices_an_altered_answer(client):
    answer = client.predict(HIVE, api_name="/ask")
    answer["text"] = answer["text"].replace("forty", "fifty")
    report = client.predict(answer, api_name="/verify")
    assert report["state"] == "inconsistent"
    assert report["problems"]


def test_verify_reads_no_file_that_the_answer_names(client, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(BEES)
    answer = client.predict(HIVE, api_name="/ask")
    for citation in answer["citations"]:
        citation["source"], citation["document_id"] = str(secret), "secret.txt"
    quote = client.predict(answer, api_name="/verify")["quotes"][0]
    assert (quote["state"], quote["elsewhere"]) == ("gone", "bees.txt")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({}, "no answer that `ask` gave: it is an answer of schema None"),
        ({"schema": 1, "question": "?"}, "its `text` is missing"),
        ({"error": "no"}, "it tells of an error"),
        ({"schema": 1, "text": "x" * MAX_ANSWER_CHARS}, "more than 500,000 characters"),
    ],
)
def test_verify_refuses_what_is_no_answer(client, answer, message):
    with pytest.raises(AppError, match=re.escape(message)):
        client.predict(answer, api_name="/verify")


def test_errors_are_told_in_a_sentence(client):
    with pytest.raises(AppError, match="The question is empty; type one"):
        client.predict(" ", api_name="/ask")
    with pytest.raises(AppError, match="give a number of passages from 1 to 100"):
        client.predict("bees", top_k=0, api_name="/search")


@pytest.mark.parametrize("endpoint", ["/ask", "/search"])
def test_more_passages_than_can_be_read_are_refused(client, endpoint):
    with pytest.raises(AppError, match="top_k is 101; give a number of passages from 1 to 100"):
        client.predict("bees", top_k=101, api_name=endpoint)


def test_an_answer_with_more_or_longer_quotes_than_answers_have_is_not_looked_into(client):
    answer = client.predict(HIVE, api_name="/ask")
    [citation], [claim] = answer["citations"], answer["claims"]
    for name, value in (
        ("citations", [citation] * (MAX_CITATIONS + 1)),
        ("citations", [citation | {"quote": "bee " * MAX_QUOTE_CHARS}]),
        ("claims", [claim] * (MAX_CITATIONS + 1)),
        ("claims", [claim | {"text": "bee " * MAX_QUOTE_CHARS}]),
    ):
        with pytest.raises(AppError, match=rf"no answer that `ask` gave: (it|one of its {name}) has more than [15]"):
            client.predict(answer | {name: value}, api_name="/verify")


def test_there_are_three_endpoints_and_three_tools_and_all_is_described(client, url):
    api = client.view_api(return_format="dict", print_info=False)
    assert list(api["named_endpoints"]) == ["/ask", "/search", "/verify"]
    assert api["unnamed_endpoints"] == {}
    tools, _ = over_mcp(url)
    assert [tool.name for tool in tools] == ["ask", "search", "verify"]
    for tool in tools:
        assert len(tool.description) > 200
        for name, schema in tool.inputSchema["properties"].items():
            assert len(schema["description"]) > 20, (tool.name, name)
    assert [tool.inputSchema["required"] for tool in tools] == [["question"], ["question"], ["answer"]]


def test_an_mcp_client_asks_searches_and_verifies(url, client):
    answer = client.predict(HIVE, api_name="/ask")
    _, results = over_mcp(
        url, ("ask", {"question": HIVE}), ("search", {"question": "hive"}), ("verify", {"answer": answer})
    )
    assert not any(result.isError for result in results)
    asked, found, verified = (result.content[0].text for result in results)
    assert "forty thousand bees" in asked and '"schema": 1' in asked.replace("'", '"')
    assert "bees.txt" in found
    assert "holds" in verified


def test_uploads_of_a_visitor_are_nothing_to_programs(client, library, tmp_path):
    (tmp_path / "roof.txt").write_text("The roof was mended in May.")
    session = new_session()
    library.add(session, [("roof.txt", tmp_path / "roof.txt")])
    answer = library.assistant(session).ask("When was the roof mended?")
    assert "roof" in answer.text
    assert all("roof" not in hit["passage"]["text"] for hit in client.predict("roof mended May", api_name="/search"))
    assert client.predict(answer.to_dict(), api_name="/verify")["state"] == "gone"


API = ROOT / "docs" / "api.md"
LOCAL = "http://127.0.0.1:7860/"


def test_the_calls_in_the_docs_work(url):
    script = next(code for code in blocks(API, "python") if "gradio_client" in code)
    names = {}
    exec(compile(script.replace(LOCAL, url), "api.md", "exec"), names)
    assert Answer.from_dict(names["answer"])
    assert names["hits"][0]["rank"] == 1
    assert names["report"]["state"] == "holds"


def test_the_curl_calls_in_the_docs_work(url):
    calls = "".join(blocks(API, "bash"))
    posted, got = re.findall(r"curl .*?(http\S+?)[\s\"]", calls)
    body = re.search(r"-d '(\{.*?\})'", calls)[1]
    event = httpx.post(posted.replace(LOCAL, url), json=json.loads(body)).json()["event_id"]
    stream = httpx.get(got.replace(LOCAL, url).replace("$event", event)).text
    assert stream.startswith("event: complete\ndata: ")
    assert Answer.from_dict(json.loads(stream.split("data: ", 1)[1])[0])


def test_the_mcp_configuration_in_the_docs_leads_to_the_tools(url):
    configuration = next(json.loads(code) for code in blocks(API, "json") if "mcp" in code)
    address = configuration["mcpServers"]["footnote"]["url"]
    assert address == f"{LOCAL}gradio_api/mcp/"
