"""The service worker in a real browser: what a push shows while the page is closed."""

import json

from playwright.sync_api import Browser, CDPSession, Page

from tests.bot.channels.web.test_journeys import Program
from tests.bot.channels.web.test_journeys import program as program


def registered(page: Page, session: CDPSession) -> str:
    """Register the worker; the browser's own number of it."""
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.evaluate("navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready).then(() => 1)")
    for _ in range(100):
        if found:
            break
        page.wait_for_timeout(20)
    return found[-1]


def test_a_push_shows_the_first_line_and_the_same_push_again_replaces_it(browser: Browser, program: Program) -> None:
    with browser.new_context() as context:
        context.grant_permissions(["notifications"], origin=program.address)
        page = context.new_page()
        page.goto(program.address)
        session = context.new_cdp_session(page)
        number = registered(page, session)
        said = {"title": "Học Vụ Số", "body": "An ơi, tuần này em giúp ai chưa?", "tag": "practice:1"}
        push = {
            "origin": program.address,
            "registrationId": number,
            "data": json.dumps(said, ensure_ascii=False),
        }
        session.send("ServiceWorker.deliverPushMessage", push)
        session.send("ServiceWorker.deliverPushMessage", push)
        shown = page.evaluate(
            """async () => {
                const worker = await navigator.serviceWorker.ready;
                for (let tries = 0; tries < 100; tries += 1) {
                    const shown = await worker.getNotifications();
                    if (shown.length) return shown.map((one) => [one.title, one.body, one.tag]);
                    await new Promise((resolve) => setTimeout(resolve, 50));
                }
                return [];
            }"""
        )
        assert shown == [list(said.values())]
