"""A lesson of the package in a real browser, beside a window that speaks SCORM 1.2 as an LMS does."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.texts import manner_for, speaking
from handlers.reports.lms.lesson import taught
from tests.bot.channels.web.conftest import browser as browser
from tests.handlers.reports.test_lms import files

LMS = "http://lms.example.vn"
# An LMS's window around the lesson's frame. It keeps what it is told and remembers every call.
AROUND = """<!DOCTYPE html><title>LMS</title><iframe name="sco" src="{launch}"></iframe><script>
window.calls = [];
window.kept = {kept};
window.API = Object.fromEntries(
  ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError"].map((name) => [
    name, (...words) => {
      window.calls.push([name, ...words]);
      if (name === "LMSGetValue") return window.kept[words[0]] ?? "";
      if (name === "LMSSetValue") window.kept[words[0]] = words[1];
      return name === "LMSGetLastError" ? "0" : "true";
    }]));
</script>"""
# SCORM 1.2 Run-Time Environment, table 3.4: what may be written, and how.
WRITABLE = {
    r"cmi\.core\.lesson_status": "passed|completed|failed|incomplete|browsed",
    r"cmi\.core\.score\.(raw|min|max)": r"\d{1,2}|100",
    r"cmi\.core\.session_time": r"\d{2,4}:\d\d:\d\d(\.\d{1,2})?",
    r"cmi\.interactions\.\d+\.id": r"[!-~]{1,255}",
    r"cmi\.interactions\.\d+\.type": "choice",
    r"cmi\.interactions\.\d+\.correct_responses\.0\.pattern": "[a-z0-9]",
    r"cmi\.interactions\.\d+\.student_response": "[a-z0-9]",
    r"cmi\.interactions\.\d+\.result": "correct|wrong",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(5_000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert errors == []


def launched(page: Page, kept: dict[str, str]) -> None:
    """The LMS opens the lesson for a learner of whom it has kept this."""

    def serve(route: Route) -> None:
        name = route.request.url.removeprefix(f"{LMS}/package/")
        if name in files("vi"):
            kind = {"html": "text/html", "css": "text/css", "js": "text/javascript"}[name.rsplit(".", 1)[1]]
            route.fulfill(body=files("vi")[name], content_type=f"{kind}; charset=utf-8")
        else:
            route.fulfill(body=around, content_type="text/html; charset=utf-8")

    around = AROUND.replace("{launch}", f"{LMS}/package/lessons/wifi.html").replace("{kept}", json.dumps(kept))
    page.unroute_all()
    page.route(f"{LMS}/**", serve)
    page.goto(f"{LMS}/course")
    page.frame_locator("iframe").locator("form").wait_for()
    page.wait_for_function("window.calls.length > 0")


def calls(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("window.calls")
    return found


def kept(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate("window.kept")
    return found


def answer(page: Page, *, right: bool) -> None:
    with speaking(manner_for("vi", "")):
        asked = taught("wifi").questions
    frame = page.frame_locator("iframe")
    for number, question in enumerate(asked, 1):
        chosen = question.right if right else question.right % len(question.options) + 1
        frame.locator(f"input[name=q{number}][value='{chosen}']").check()
    frame.get_by_role("button", name="Trả lời").click()
    expect(frame.locator("#result")).to_contain_text(f"Đúng {len(asked) if right else 0}/{len(asked)} câu.")


def test_an_lms_hears_of_the_beginning_the_score_and_the_end(page: Page) -> None:
    launched(page, {"cmi.core.lesson_status": "not attempted", "cmi.core.lesson_mode": "normal"})
    assert calls(page)[0] == ["LMSInitialize", ""]
    assert kept(page)["cmi.core.lesson_status"] == "incomplete"
    answer(page, right=False)
    assert (kept(page)["cmi.core.score.raw"], kept(page)["cmi.core.lesson_status"]) == ("0", "incomplete")
    answer(page, right=True)
    assert (kept(page)["cmi.core.score.raw"], kept(page)["cmi.core.lesson_status"]) == ("100", "passed")
    answer(page, right=False)
    assert (kept(page)["cmi.core.score.raw"], kept(page)["cmi.core.lesson_status"]) == ("100", "passed")
    page.evaluate("document.querySelector('iframe').src = 'about:blank'")
    page.wait_for_function("window.calls.at(-1)[0] === 'LMSFinish'")
    heard = calls(page)
    assert [call[0] for call in heard].count("LMSFinish") == 1
    assert [call[0] for call in heard[-3:]] == ["LMSSetValue", "LMSCommit", "LMSFinish"]
    assert heard[-3][1] == "cmi.core.session_time"
    for _name, element, value in (call for call in heard if call[0] == "LMSSetValue"):
        (allowed,) = (values for names, values in WRITABLE.items() if re.fullmatch(names, element))
        assert re.fullmatch(allowed, value), (element, value)


def test_who_passed_before_stays_so_and_a_review_changes_nothing(page: Page) -> None:
    before = {"cmi.core.lesson_status": "passed", "cmi.core.score.raw": "100", "cmi.core.lesson_mode": "review"}
    launched(page, before)
    answer(page, right=False)
    assert {name: kept(page)[name] for name in before} == before
    assert not any("interactions" in call[1] for call in calls(page) if len(call) > 1)


def test_without_an_lms_the_page_works_all_the_same(page: Page) -> None:
    launched(page, {})
    page.goto(f"{LMS}/package/lessons/wifi.html")
    for number, asked in enumerate(taught("wifi").questions, 1):
        page.locator(f"input[name=q{number}][value='{asked.right}']").check()
    page.get_by_role("button", name="Trả lời").click()
    expect(page.locator("#result")).to_contain_text("Đúng hết rồi ạ!")
