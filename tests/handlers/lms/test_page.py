"""A lesson of the package in a real browser, beside a window that speaks SCORM 1.2 as an LMS does."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Route, WebError, expect

from bot.texts import manner_for, speaking
from handlers.lms.lesson import Taught, taught
from tests.bot.channels.web.conftest import browser as browser
from tests.handlers.lms.test_lms import files

LMS = "http://lms.example.vn"
API = (Path(__file__).parent / "scorm.js").read_text(encoding="utf-8")
# An LMS's window around the lesson's frame, with what it has kept of this learner.
AROUND = """<!DOCTYPE html><title>LMS</title><script>{api}</script>
<script>window.kept = {kept};</script><iframe name="sco" src="{launch}"></iframe>"""
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(reduced_motion="reduce") as context:
        context.set_default_timeout(5_000)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A new tab: the pages keep nothing that another could find."""
    errors: list[str] = []

    def see(error: WebError) -> None:
        errors.append(str(error.error))

    context.on("weberror", see)
    yield (page := context.new_page())
    page.close()
    context.set_offline(False)
    context.remove_listener("weberror", see)
    assert errors == []


def wifi() -> Taught:
    with speaking(manner_for("vi", "")):
        return taught("wifi")


def launched(page: Page, kept: dict[str, str], around: str = AROUND) -> None:
    """The LMS opens the lesson for a learner of whom it has kept this."""

    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(f"{LMS}/package/")
        kind = KINDS.get(Path(name).suffix, "text/html") + "; charset=utf-8"
        route.fulfill(body=files("vi").get(name, course), content_type=kind)

    launch = f"{LMS}/package/lessons/wifi.html"
    course = around.replace("{api}", API).replace("{kept}", json.dumps(kept)).replace("{launch}", launch)
    page.unroute_all()
    page.route(f"{LMS}/**", serve)
    page.goto(f"{LMS}/course")


def ready(page: Page) -> FrameLocator:
    page.wait_for_function("window.calls.some(([name]) => name === 'LMSCommit')")
    return page.frame_locator("iframe")


def calls(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("window.calls")
    return found


def kept(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("window.kept")
    return found


def answer(frame: FrameLocator | Page, *, right: int) -> None:
    """Answer so many questions rightly, the others not."""
    asked = wifi().questions
    for number, question in enumerate(asked, 1):
        chosen = question.right if number <= right else question.right % len(question.options) + 1
        frame.locator(f"input[name=q{number}][value='{chosen}']").check()
    frame.get_by_role("button", name="Trả lời").click()
    expect(frame.locator("#result")).to_contain_text(f"Đúng {right}/{len(asked)} câu.")


def score(page: Page) -> tuple[str, str]:
    told = kept(page)
    return told["cmi.core.score.raw"], told["cmi.core.lesson_status"]


def test_an_lms_hears_of_the_beginning_the_score_and_the_end(page: Page) -> None:
    launched(page, {"cmi.core.lesson_status": "not attempted", "cmi.core.lesson_mode": "normal"})
    frame = ready(page)
    assert calls(page)[0] == ["LMSInitialize", ""]
    assert kept(page)["cmi.core.lesson_status"] == "incomplete"
    answer(frame, right=0)
    assert score(page) == ("0", "incomplete")
    answer(frame, right=2)
    assert score(page) == ("67", "incomplete")
    answer(frame, right=1)
    assert score(page) == ("67", "incomplete")  # the best try counts
    answer(frame, right=3)
    assert score(page) == ("100", "passed")
    answer(frame, right=0)
    assert score(page) == ("100", "passed")
    page.evaluate("document.querySelector('iframe').src = 'about:blank'")
    page.wait_for_function("window.calls.at(-1)[0] === 'LMSFinish'")
    heard = calls(page)
    assert [call[0] for call in heard].count("LMSFinish") == 1
    assert [call[:2] for call in heard[-3:]] == [
        ["LMSSetValue", "cmi.core.session_time"],
        ["LMSCommit", ""],
        ["LMSFinish", ""],
    ]
    assert page.evaluate("window.failures") == []


def test_every_answer_is_told_with_what_was_right(page: Page) -> None:
    launched(page, {"cmi.core.lesson_status": "not attempted"})
    frame = ready(page)
    answer(frame, right=1)
    answer(frame, right=3)
    told = kept(page)
    results = [told[f"cmi.interactions.{place}.result"] for place in range(6)]
    assert results == ["correct", "wrong", "wrong", "correct", "correct", "correct"]
    for place in (0, 3, 4, 5):
        said, wanted = (
            told[f"cmi.interactions.{place}.{part}"] for part in ("student_response", "correct_responses.0.pattern")
        )
        assert said == wanted == str(wifi().questions[place % 3].right)
    assert page.evaluate("window.failures") == []


def test_who_passed_before_stays_so_and_a_review_changes_nothing(page: Page) -> None:
    before = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "100", "cmi.core.lesson_mode": "review"}
    launched(page, before)
    answer(ready(page), right=0)
    assert {name: kept(page)[name] for name in before} == before
    assert not any("interactions" in call[1] for call in calls(page) if len(call) > 1)


def test_the_api_of_a_window_further_out_is_found(page: Page) -> None:
    player = AROUND.replace('<iframe name="sco" src="{launch}">', f'<iframe src="{LMS}/package/player">')
    inner = f'<!DOCTYPE html><title>Player</title><iframe src="{LMS}/package/lessons/wifi.html"></iframe>'
    launched(page, {}, player)
    page.route(f"{LMS}/package/player", lambda route: route.fulfill(body=inner, content_type="text/html"))
    page.reload()
    answer(ready(page).frame_locator("iframe"), right=3)
    assert score(page) == ("100", "passed")


def test_an_lms_that_does_not_open_is_told_nothing(page: Page) -> None:
    launched(page, {}, AROUND.replace("</iframe>", "</iframe><script>API.LMSInitialize('')</script>"))
    frame = page.frame_locator("iframe")
    answer(frame, right=3)
    assert [call[0] for call in calls(page)] == ["LMSInitialize", "LMSInitialize"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(("language", "score"), [("vi", "Đúng 3/3 câu."), ("en", "3 of 3 right.")], ids=["vi", "en"])
def test_without_lms_and_without_network_the_pages_work_and_fit(
    page: Page, tmp_path: Path, language: str, score: str, width: int
) -> None:
    for name, text in files(language).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    asked: list[str] = []
    page.context.set_offline(True)
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(f"{tmp_path.as_uri()}/index.html")
    assert misfits(page) == []
    page.get_by_role("link", name="Wi-Fi").first.click()
    for number, question in enumerate(wifi().questions, 1):
        page.locator(f"input[name=q{number}][value='{question.right}']").check()
    page.get_by_role("button").click()
    expect(page.locator("#result")).to_contain_text(score)
    assert misfits(page) == []
    assert {url.partition(":")[0] for url in asked} == {"file"}


def misfits(page: Page) -> list[str]:
    """What is wider than its place, in letters below 16 pixels, or tapped and below 44 pixels high."""
    found: list[str] = page.evaluate(
        """() => [
          ...[...document.querySelectorAll("html, h1, h2, li, p, legend, label")].filter((one) =>
            one.scrollWidth > one.clientWidth + 1 || parseFloat(getComputedStyle(one).fontSize) < 16),
          ...[...document.querySelectorAll("label, button, main > section a")].filter((one) =>
            one.getBoundingClientRect().height < 44),
        ].map((one) => `${one.localName}: ${one.textContent}`)"""
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(page: Page, scheme: str) -> None:
    """WCAG 2.2, 1.4.6: seven to one, by its formula for relative luminance."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    launched(page, {})
    answer(ready(page), right=1)
    worst = page.frames[1].evaluate(
        """() => {
          const parts = (color) => color.match(/[\\d.]+/g).map(Number);
          const light = (color) => parts(color).slice(0, 3).map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
          const behind = (one) => {
            const color = getComputedStyle(one).backgroundColor;
            return (parts(color)[3] ?? 1) > 0 ? color : behind(one.parentElement);
          };
          const contrast = (one) => {
            const [low, high] = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => a - b);
            return (high + 0.05) / (low + 0.05);
          };
          return Math.min(...[...document.querySelectorAll("h1, h2, li, a, p, legend, label, button")].map(contrast));
        }"""
    )
    assert worst >= 7
