"""The planner that looks things up, against a MediaWiki of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.testing import ActivityEnvironment

from activities.plan import PlanWriter
from domain.facts import Known
from domain.plot import PlanFinding, Plot, PlotRequest
from domain.run import Mode, Providers, RunSpec
from providers.base import Uncounted
from providers.errors import DoneWithout
from providers.llm.rules.planner import write_plot
from providers.llm.wikipedia import client
from providers.llm.wikipedia.planner import WikipediaPlanner
from providers.llm.wikipedia.settings import WikipediaSettings, edition_of, is_set, variant_of
from providers.registry import ProviderRegistry
from providers.service import Tools, no_uploads, read_settings
from storage.storage import Storage
from tests.simulators.mediawiki import MediaWikiSimulator
from tests.simulators.mediawiki_pages import edition
from tests.simulators.server import Fault
from workflows.activities import PlotWritten, WritePlot

CONTACT = "shorts@example.org"


@pytest.fixture
def wiki(monkeypatch: pytest.MonkeyPatch) -> Iterator[MediaWikiSimulator]:
    monkeypatch.setattr(client, "GAP_SECONDS", 0.0)
    monkeypatch.setattr(client, "FIRST_PAUSE_SECONDS", 0.01)
    with MediaWikiSimulator() as simulator:
        simulator.retry_after = 0
        yield simulator


@pytest.fixture
async def planner(wiki: MediaWikiSimulator) -> Iterator[WikipediaPlanner]:  # type: ignore[misc]
    made = planner_at(wiki)
    yield made
    await made.aclose()


def planner_at(wiki: MediaWikiSimulator, **settings: str) -> WikipediaPlanner:
    own = WikipediaSettings(
        online=True,
        wikipedia_url=f"{wiki.url}/{{language}}/w/api.php",
        wikipedia_contact=CONTACT,
        **settings,  # type: ignore[arg-type]
    )
    return WikipediaPlanner(own, tools=Tools(no_uploads))


def request(prompt: str, language: str = "en", **more: object) -> PlotRequest:
    fields = {"art_style": "ink", "music_genre": "ambient", "seed": 1, **more}
    return PlotRequest.model_validate({"prompt": prompt, "language": language, **fields})


async def written(
    planner: WikipediaPlanner, prompt: str, language: str = "en", **more: object
) -> Plot:
    return await planner.write(request(prompt, language, **more), call=Uncounted())


def lines(plot: Plot) -> list[str]:
    return [row.text for row in plot.rows]


@pytest.mark.parametrize(
    ("language", "prompt", "article", "said"),
    [
        ("en", "why the sea is salty", "Seawater", "the salt stays behind because it does not"),
        ("en", "why is mercury liquid", "Mercury (element)", "held tightly"),
        ("en", "how do bees make honey", "Honey bee", "from mouth to mouth"),
        ("en", "who was Marie Curie", "Marie Curie", "research on radioactivity"),
        ("en", "octopodes", "Octopus", "octopus"),
        ("ko", "바다는 왜 짤까", "바다", "옮겨 왔기 때문이다"),
        ("ko", "김치는 어떻게 만들까", "김치", "배추를 소금물에"),
        ("ko", "세종대왕", "세종", "훈민정음"),
        ("ja", "海はなぜ塩辛いのか", "海", "運び続けたためである"),
        ("ja", "富士山", "富士山", "標高3776.12メートル"),
        ("ja", "猫はなぜ喉を鳴らすのか", "猫", "落ち着かせたりするため"),
        ("es", "¿Por qué el mar es salado?", "Agua de mar", "porque contiene sales"),
        ("es", "Kahlo", "Frida Kahlo", "Frida Kahlo"),
        ("es", "café", "Café", "café"),
        ("ar", "لماذا البحر مالح؟", "مياه البحر", "لأن الأنهار تحمل"),
        ("ar", "الإبل", "جمل", "الجمل"),
        ("ar", "من هو ابن سينا؟", "ابن سينا", "عالم وطبيب"),
    ],
)
async def test_a_topic_is_told_by_its_article(
    planner: WikipediaPlanner,
    wiki: MediaWikiSimulator,
    language: str,
    prompt: str,
    article: str,
    said: str,
) -> None:
    plot = await written(planner, prompt, language)
    (source,) = plot.sources
    assert (plot.source, plot.language, source.title) == ("sourced", language, article)
    assert said in " ".join(lines(plot))
    page, _ = edition(language).resolved(article)  # type: ignore[union-attr]
    assert page is not None
    assert source.revision == page.revision
    assert source.url.endswith(f"?oldid={page.revision}")
    assert source.licence == "CC BY-SA 4.0"
    assert article in plot.credit
    known = Known((page.text, prompt))
    assert [known.lacks(line) for line in lines(plot)] == [()] * len(plot.rows)
    assert wiki.warned == []
    assert len(wiki.queries) <= 6
    assert plot == await written(planner, prompt, language)


async def test_what_asks_says_who_it_is(
    planner: WikipediaPlanner, wiki: MediaWikiSimulator
) -> None:
    await written(planner, "coffee")
    agents = {seen.headers["user-agent"] for seen in wiki.seen}
    (agent,) = agents
    assert agent.startswith("AutoShorts/")
    assert f"({CONTACT}) httpx/" in agent
    assert {query["maxlag"] for query in wiki.queries} == {"5"}


@pytest.mark.parametrize("cuts", [1, 2, 3, 5, 8, 10])
async def test_as_many_scenes_as_asked(planner: WikipediaPlanner, cuts: int) -> None:
    plot = await written(planner, "octopus", num_cuts=cuts)
    assert len(plot.visuals) == cuts
    assert len(set(lines(plot))) == len(plot.rows)


@pytest.mark.parametrize(
    ("language", "prompt", "hook"),
    [
        ("en", "5 facts about honey bees", "5 facts about honey bees."),
        ("es", "5 curiosidades sobre el chocolate", "5 curiosidades sobre el chocolate."),
        ("ja", "寿司に関する5つの事実", "寿司に関する5つの事実。"),
        ("ar", "5 حقائق عن الجمل", "5 حقائق عن الجمل."),
    ],
)
async def test_n_facts_are_n_numbered_lines(
    planner: WikipediaPlanner, language: str, prompt: str, hook: str
) -> None:
    plot = await written(planner, prompt, language)
    first, *facts = lines(plot)
    assert first == hook
    assert [fact.split(" ")[0] for fact in facts] == ["1.", "2.", "3.", "4.", "5."]


async def test_a_disambiguation_page_leads_to_one_of_its_articles(
    planner: WikipediaPlanner,
) -> None:
    plot = await written(planner, "Banco", "es")
    assert plot.sources[0].title in ("Banco (finanzas)", "Banco (asiento)")
    assert plot.note
    assert "several things" in plot.note
    plot = await written(planner, "はし", "ja", num_cuts=3)
    assert plot.sources[0].title == "橋"


async def test_nothing_of_a_vandal_is_told(planner: WikipediaPlanner) -> None:
    plot = await written(planner, "octopus", num_cuts=10)
    told = " ".join(lines(plot)).lower()
    for word in ("lol", "haha", "rule the world", "moon", "trust me", "<b>", "[1]", "octopoda ("):
        assert word not in told


@pytest.mark.parametrize(
    ("prompt", "why"),
    [
        ("lighthouse", "too little|no article"),
        ("zxqv blorptang", "has no article"),
        ("Mercury (mythology)", "too little"),
    ],
)
async def test_without_an_answer_it_says_so(
    planner: WikipediaPlanner, prompt: str, why: str
) -> None:
    with pytest.raises(DoneWithout, match=why):
        await written(planner, prompt)


@pytest.mark.parametrize(
    ("prompt", "mode"),
    [
        ("The sea is wide. The sky is high. We sail on.", Mode.GENERAL),
        ("a story about an octopus", Mode.GENERAL),
        ("octopus", Mode.STORY),
        ("octopus", Mode.AD),
    ],
)
async def test_scripts_stories_and_ads_send_nothing(
    planner: WikipediaPlanner, wiki: MediaWikiSimulator, prompt: str, mode: Mode
) -> None:
    asked = request(prompt, mode=mode)
    assert await planner.write(asked, call=Uncounted()) == write_plot(asked)
    assert wiki.queries == []


@pytest.mark.parametrize(
    "fault",
    [Fault.RATE_LIMIT, Fault.SERVER_ERROR, Fault.OVERLOADED, Fault.RESET, Fault.HALF_BODY,
     Fault.HTML, Fault.WRONG_TYPE, Fault.SLOW],
)  # fmt: skip
async def test_a_passing_fault_is_got_over(
    planner: WikipediaPlanner, wiki: MediaWikiSimulator, fault: Fault
) -> None:
    wiki.fail(fault, times=2)
    assert (await written(planner, "coffee")).sources


async def test_a_lagging_database_is_waited_for(
    planner: WikipediaPlanner, wiki: MediaWikiSimulator
) -> None:
    wiki.lags = 1
    assert (await written(planner, "coffee")).sources
    assert len(wiki.queries) == 3


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault.RATE_LIMIT, "too many requests"),
        (Fault.SERVER_ERROR, "answered 500"),
        (Fault.RESET, "broke off"),
        (Fault.FORBIDDEN, "AUTOSHORTS_WIKIPEDIA_CONTACT"),
    ],
)
async def test_a_lasting_fault_is_done_without(
    planner: WikipediaPlanner, wiki: MediaWikiSimulator, fault: Fault, why: str
) -> None:
    wiki.fail(fault, times=9)
    with pytest.raises(DoneWithout, match=why):
        await written(planner, "coffee")
    assert len(wiki.seen) <= client.TRIES


async def test_who_is_asked_to_wait_long_asks_no_more(
    planner: WikipediaPlanner, wiki: MediaWikiSimulator
) -> None:
    wiki.retry_after = 600
    wiki.fail(Fault.RATE_LIMIT)
    for _ in range(2):
        with pytest.raises(DoneWithout):
            await written(planner, "coffee")
    assert len(wiki.seen) == 1


async def test_a_line_that_qa_doubts_is_not_told_again(planner: WikipediaPlanner) -> None:
    before = await written(planner, "octopus")
    doubted = before.rows[1]
    finding = PlanFinding(scene_id=doubted.scene_id, message="says '9', which its source does not")
    after = await written(planner, "octopus", previous=before, findings=(finding,), revision=1)
    assert doubted.text not in lines(after)
    assert after.sources == before.sources


async def test_the_source_can_be_said_aloud(wiki: MediaWikiSimulator) -> None:
    aloud = planner_at(wiki, wikipedia_credit="line")
    plot = await written(aloud, "coffee", num_cuts=4)
    assert plot.rows[-1].text == plot.credit == "Source: Wikipedia, “Coffee”."
    assert len(plot.visuals) == 4
    await aloud.aclose()


async def test_a_check_names_what_is_sent_where(planner: WikipediaPlanner) -> None:
    checked = await planner.check()
    assert checked.ok
    assert "words of a topic are sent there" in checked.said


async def test_a_check_that_fails_keeps_nobody_from_beginning(
    planner: WikipediaPlanner, wiki: MediaWikiSimulator
) -> None:
    wiki.fail(Fault.SERVER_ERROR, times=9)
    checked = await planner.check()
    assert (checked.ok, checked.needed) == (False, False)
    assert "told by rules" in checked.said


async def test_two_speak_in_turn(planner: WikipediaPlanner) -> None:
    plot = await written(planner, "octopus", num_characters=2, num_cuts=4)
    assert [row.char_id for row in plot.rows] == ["char_1", "char_2"] * 2


@pytest.mark.parametrize(
    ("tag", "edition_name", "variant"),
    [("en-GB", "en", None), ("zh-TW", "zh", "zh-tw"), ("zh", "zh", "zh-cn"), ("nb", "no", None)],
)
def test_which_edition_has_a_language(tag: str, edition_name: str, variant: str | None) -> None:
    assert (edition_of(tag), variant_of(tag)) == (edition_name, variant)


def test_auto_asks_only_where_the_net_may_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUTOSHORTS_ONLINE")
    assert not is_set()
    assert ProviderRegistry(Providers()).planner.resolve("auto") == "rules"
    monkeypatch.setenv("AUTOSHORTS_ONLINE", "1")
    assert is_set()
    offer = ProviderRegistry(Providers()).choose(Providers()).planner
    assert (offer.name, offer.service) == ("wikipedia", "wikipedia")
    assert offer.sends
    assert "wikipedia.org" in offer.sends
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    assert ProviderRegistry(Providers()).planner.resolve("auto") == "openai"
    monkeypatch.setenv("AUTOSHORTS_WIKIPEDIA_CONTACT", "me (at) home")
    with pytest.raises(Exception, match="AUTOSHORTS_WIKIPEDIA_CONTACT"):
        read_settings(WikipediaSettings)


@pytest.mark.parametrize(
    ("prompt", "provider", "source"),
    [("octopus", "wikipedia", "sourced"), ("zxqv blorptang", "rules", "outline")],
)
async def test_the_activity_goes_on_by_rules_and_says_why(
    wiki: MediaWikiSimulator,
    storage: Storage,
    monkeypatch: pytest.MonkeyPatch,
    prompt: str,
    provider: str,
    source: str,
) -> None:
    monkeypatch.setenv("AUTOSHORTS_ONLINE", "1")
    monkeypatch.setenv("AUTOSHORTS_WIKIPEDIA_URL", f"{wiki.url}/{{language}}/w/api.php")
    registry = ProviderRegistry(Providers())
    writer = PlanWriter(registry.planner, storage)
    spec = RunSpec(prompt=prompt, language="en").model_dump_json().encode()
    ref = storage.blobs.put(spec, "application/json")
    plot: PlotWritten = await ActivityEnvironment().run(
        writer.write_plot, WritePlot(spec=ref, seed=1, provider="wikipedia")
    )
    await registry.aclose()
    assert (plot.provider, plot.source) == (provider, source)
    assert bool(plot.degraded) == (provider == "rules")
    (made,) = storage.assets.made(ActivityEnvironment.default_info().workflow_id or "")
    provenance = made.asset.provenance
    if provider == "wikipedia":
        assert provenance.licence == "CC BY-SA 4.0"
        assert [s.text for s in provenance.sources] == [""]
        assert provenance.sources[0].revision > 0
    else:
        assert plot.degraded == provenance.degraded
        assert "no article" in str(plot.degraded)


def test_every_simulated_edition_has_what_the_tests_need() -> None:
    folder = Path(__file__).parents[1] / "simulators" / "wikipedia"
    for file in folder.glob("*.txt"):
        found = edition(file.stem)
        assert found is not None
        assert sum(not page.is_disambiguation for page in found.pages) >= 4
        assert any(page.is_disambiguation for page in found.pages)
        assert any(page.redirects for page in found.pages)
