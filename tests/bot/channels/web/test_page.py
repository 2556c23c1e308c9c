"""The web page in a real browser: what people see, hear and press when the network is good and when it is not."""

import base64
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    FilePayload,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
)

from tests.bot.channels.web.page_server import STATIC, Fault, PageServer, reply

MOST_BYTES = 60_000
PHONE = ViewportSize(width=390, height=780)
SMALL_PHONE = ViewportSize(width=320, height=568)
Scheme = Literal["light", "dark"]
VIETNAMESE_VOICE = """
    speechSynthesis.getVoices = () => [{lang: "vi_VN", name: "An"}];
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    speechSynthesis.speak = (utterance) => { window.spoken = utterance.text; };
"""


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        yield server


def new_context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(5_000)
    return context


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for most tests, since opening one takes longer than a test."""
    context = new_context(browser)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(tab: Page, server: PageServer) -> Iterator[Page]:
    """The tab as new: each server has its own port, so nothing is remembered but cookies."""
    tab.context.clear_cookies()
    tab.set_viewport_size(PHONE)
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    with watched(tab, server):
        yield tab
        tab.goto("about:blank")


@pytest.fixture
def own_page(browser: Browser, server: PageServer) -> Iterator[Page]:
    """A page of its own, for tests that change its clock, its voices or its network."""
    with new_context(browser) as context:
        page = context.new_page()
        with watched(page, server):
            yield page


@contextmanager
def watched(page: Page, server: PageServer) -> Iterator[None]:
    """The page talks to its own server only and makes not one error in the console."""
    wrong: list[str] = []

    def see_error(error: Error) -> None:
        wrong.append(str(error))

    def see_line(line: ConsoleMessage) -> None:
        # A request that failed is the network's doing, not the page's.
        if line.type in ("error", "warning") and not re.search("Failed to load resource|net::ERR", line.text):
            wrong.append(line.text)

    def see_request(asked: Request) -> None:
        if not asked.url.startswith((server.url, "about:")):
            wrong.append(asked.url)

    page.on("pageerror", see_error)
    page.on("console", see_line)
    page.on("request", see_request)
    yield
    page.remove_listener("pageerror", see_error)
    page.remove_listener("console", see_line)
    page.remove_listener("request", see_request)
    assert wrong == []


def opened(page: Page, server: PageServer, query: str = "") -> Page:
    page.goto(server.url + "/" + query)
    expect(page.locator("#door")).to_be_hidden()
    return page


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")


def last(page: Page) -> Locator:
    return page.locator(".message").last


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def eventually(page: Page, is_so: Callable[[], bool]) -> None:
    for _ in range(200):
        if is_so():
            return
        page.wait_for_timeout(25)
    raise AssertionError("It did not come about within 5 seconds.")


# Opening


def test_the_page_is_light_enough_for_a_slow_line() -> None:
    assert sum(file.stat().st_size for file in STATIC.iterdir()) < MOST_BYTES


def test_the_page_greets_and_offers_choices(page: Page, server: PageServer) -> None:
    opened(page, server)
    expect(last(page)).to_contain_text("Chào bạn! Mình là Học Vụ Số.")
    expect(page.locator(".choices button")).to_have_text(["Học một bài", "Ghi một buổi giúp"])
    expect(page).to_have_title("Học Vụ Số")


def test_an_invitation_is_used_once_and_leaves_the_address_bar(page: Page, server: PageServer) -> None:
    opened(page, server, "?join=LOP7A")
    assert page.url == server.url + "/"
    page.reload()
    expect(last(page)).to_contain_text("Chào bạn!")
    assert [asked.body for asked in server.started()] == [{"join": "LOP7A"}]


def test_an_invitation_survives_a_bad_line(page: Page, server: PageServer) -> None:
    server.faults["start"].append(Fault("cut before"))
    opened(page, server, "?join=LOP7A")
    assert [asked.body for asked in server.started()] == [{"join": "LOP7A"}] * 2


def test_a_refused_start_says_why_and_can_be_tried_again(page: Page, server: PageServer) -> None:
    server.faults["start"].append(Fault("error", 404, "Mã mời này không có."))
    page.goto(server.url + "/?join=SAI")
    expect(page.locator("#door")).to_contain_text("Mã mời này không có.")
    expect(button(page, "Thử lại")).to_be_focused()
    button(page, "Thử lại").click()
    expect(last(page)).to_contain_text("Chào bạn!")
    assert server.started()[-1].body == {}


def test_without_javascript_a_sentence_says_so(browser: Browser, server: PageServer) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(server.url)
        expect(page.locator("noscript p")).to_contain_text("Trang này cần JavaScript.")
        expect(page.locator("noscript p")).to_be_visible()


# Answering


def test_a_pressed_choice_becomes_ones_own_words_and_the_buttons_go(page: Page, server: PageServer) -> None:
    opened(page, server)
    button(page, "Học một bài").click()
    expect(page.locator(".me .words")).to_have_text("Bạn: Học một bài")
    expect(last(page)).to_contain_text("Đã nghe: v:Học một bài")
    expect(page.locator(".choices")).to_have_count(0)
    assert [asked.body for asked in server.said()] == [{"choice": "v:Học một bài"}]


def test_writing_instead_of_pressing_also_takes_old_buttons_away(page: Page, server: PageServer) -> None:
    server.answers.append([reply("Bài nào ạ?", "Chữ to hơn")])
    opened(page, server)
    write(page, "1")
    expect(page.locator(".choices button")).to_have_text(["Chữ to hơn"])


def test_a_letter_in_between_leaves_the_open_question_its_buttons(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.send_later(reply("Cô đã xem rồi nhé."))
    expect(last(page)).to_contain_text("Cô đã xem rồi nhé.")
    expect(page.locator(".choices button")).to_have_count(2)


def test_messages_go_one_at_a_time_and_in_order(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.faults["say"].append(Fault("slow", seconds=0.6))
    for text in ("một", "hai", "ba"):
        write(page, text)
    expect(page.get_by_text("Đang gửi…").first).to_be_visible()
    expect(last(page)).to_contain_text("Đã nghe: ba")
    assert server.taken == ["một", "hai", "ba"]
    assert server.most_at_once == 1
    expect(page.locator(".state")).to_have_count(0)


def test_a_written_line_break_stays_and_enter_sends(page: Page, server: PageServer) -> None:
    opened(page, server)
    page.locator("#text").press_sequentially("hàng một")
    page.locator("#text").press("Shift+Enter")
    page.locator("#text").press_sequentially("hàng hai")
    page.locator("#text").press("Enter")
    expect(last(page)).to_contain_text("Đã nghe")
    assert server.taken == ["hàng một\nhàng hai"]
    assert page.locator(".me .words").inner_text().endswith("hàng một\nhàng hai")


def test_nothing_written_sends_nothing(page: Page, server: PageServer) -> None:
    opened(page, server)
    write(page, "   ")
    button(page, "Gửi").click()
    expect(page.locator("#text")).to_be_focused()
    assert server.said() == []


# A bad line


def test_a_lost_answer_is_asked_again_with_the_same_key_and_counts_once(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.faults["say"].append(Fault("cut after"))
    write(page, "chỉ bà gọi video")
    expect(page.get_by_text("Mạng chậm, đang gửi lại…")).to_be_visible()
    expect(last(page)).to_contain_text("Đã nghe: chỉ bà gọi video")
    first, second = server.said()
    assert first.key == second.key
    assert server.taken == ["chỉ bà gọi video"]
    expect(page.locator(".bot")).to_have_count(2)


def test_trouble_at_the_server_is_waited_out(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.faults["say"].append(Fault("error", 503))
    write(page, "xin chào")
    expect(last(page)).to_contain_text("Đã nghe: xin chào")
    assert len({asked.key for asked in server.said()}) == 1


def test_two_messages_have_two_keys(page: Page, server: PageServer) -> None:
    opened(page, server)
    write(page, "có")
    write(page, "có")
    eventually(page, lambda: server.taken == ["có", "có"])
    assert len({asked.key for asked in server.said()}) == 2


def test_too_many_messages_wait_as_long_as_the_server_asks(own_page: Page, server: PageServer) -> None:
    own_page.clock.install()
    page = opened(own_page, server)
    server.faults["say"].append(Fault("error", 429, "Nhanh quá ạ.", {"Retry-After": "40"}))
    write(page, "xin chào")
    expect(page.get_by_text("Chờ một chút rồi gửi tiếp…")).to_be_visible()
    page.clock.run_for(35_000)
    assert len(server.said()) == 1
    page.clock.run_for(5_000)
    expect(last(page)).to_contain_text("Đã nghe: xin chào")


def test_what_cannot_be_sent_is_kept_and_sent_again_by_a_button(own_page: Page, server: PageServer) -> None:
    own_page.clock.install()
    page = opened(own_page, server)
    server.faults["say"].extend([Fault("cut before")] * 4 + [Fault("cut after")])
    write(page, "bố cài VNeID")
    for _ in range(100):
        page.clock.run_for(5_000)
        if page.get_by_text("Chưa gửi được").is_visible():
            break
    expect(page.locator(".me")).to_contain_text("bố cài VNeID")
    expect(page.locator("#text")).to_have_value("")
    page.reload()
    button(page, "Gửi lại").click()
    expect(last(page)).to_contain_text("Đã nghe: bố cài VNeID")
    assert len({asked.key for asked in server.said()}) == 1
    assert server.taken == ["bố cài VNeID"]
    expect(page.locator(".me")).to_have_count(1)


def test_a_message_on_its_way_survives_a_reload(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.faults["say"].append(Fault("slow", seconds=0.5))
    write(page, "xin chào")
    eventually(page, lambda: len(server.said()) == 1)
    page.reload()
    expect(last(page)).to_contain_text("Đã nghe: xin chào")
    assert len({asked.key for asked in server.said()}) == 1
    assert server.taken == ["xin chào"]


def test_offline_is_told_and_the_message_goes_when_the_network_is_back(own_page: Page, server: PageServer) -> None:
    page = opened(own_page, server)
    page.context.set_offline(True)
    expect(page.get_by_role("status").filter(has_text="Đang mất mạng.")).to_be_visible()
    write(page, "xin chào")
    expect(page.get_by_text("Chờ có mạng để gửi…")).to_be_visible()
    assert server.taken == []
    page.context.set_offline(False)
    expect(last(page)).to_contain_text("Đã nghe: xin chào")
    expect(page.get_by_text("Đang mất mạng.")).to_have_count(0)
    assert server.taken == ["xin chào"]


# Kind refusals


def test_an_old_button_gets_a_kind_notice_and_no_second_try(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.faults["say"].append(Fault("error", 409, "Nút này cũ rồi."))
    button(page, "Học một bài").click()
    expect(page.locator(".notice")).to_contain_text("Nút này cũ rồi.")
    expect(page.locator(".choices, .state")).to_have_count(0)
    assert len(server.said()) == 1


def test_a_message_too_long_comes_back_to_be_shortened(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.faults["say"].append(Fault("error", 413, "Tin dài quá ạ."))
    write(page, "dài ơi là dài")
    expect(page.locator(".notice")).to_contain_text("Tin dài quá ạ.")
    expect(page.locator("#text")).to_have_value("dài ơi là dài")
    expect(page.get_by_text("Chưa nhận được")).to_be_visible()
    expect(page.locator(".choices button")).to_have_count(2)


def test_a_forgotten_person_starts_again_and_keeps_their_words(page: Page, server: PageServer) -> None:
    opened(page, server)
    write(page, "chuyện riêng")
    expect(last(page)).to_contain_text("Đã nghe")
    server.forget_people()
    write(page, "còn đó không?")
    expect(last(page)).to_contain_text("Chào bạn!")
    expect(page.locator(".notice")).to_contain_text("Mình chưa nhận ra bạn")
    expect(page.get_by_text("chuyện riêng")).to_have_count(0)
    expect(page.locator("#text")).to_have_value("còn đó không?")


# Letters


def test_a_letter_is_shown_once_however_often_it_comes(page: Page, server: PageServer) -> None:
    opened(page, server)
    eventually(page, lambda: len(server.listened) == 1)
    number = server.send_later(reply("Đến giờ ôn bài rồi ạ."))
    server.send_later(reply("Đến giờ ôn bài rồi ạ."), number)
    server.send_later(reply("Tin sau cùng."))
    expect(last(page)).to_contain_text("Tin sau cùng.")
    expect(page.get_by_text("Đến giờ ôn bài rồi ạ.")).to_have_count(1)


def test_after_a_cut_the_page_goes_on_from_the_last_letter(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.send_later(reply("Thư một."))
    expect(last(page)).to_contain_text("Thư một.")
    server.cut_streams()
    server.send_later(reply("Thư hai."))
    expect(last(page)).to_contain_text("Thư hai.")
    assert server.listened == ["", "1"]


def test_a_stream_closed_for_good_is_opened_anew(own_page: Page, server: PageServer) -> None:
    own_page.clock.install()
    page = opened(own_page, server)
    server.send_later(reply("Thư một."))
    expect(last(page)).to_contain_text("Thư một.")
    server.faults["events"].extend([Fault("error", 500)] * 2)
    server.cut_streams()
    for _ in range(20):
        page.clock.run_for(1_000)
        page.wait_for_timeout(10)
    server.send_later(reply("Thư hai."))
    expect(last(page)).to_contain_text("Thư hai.")
    assert server.listened == ["", "1", "1", "1"]


def test_a_reload_keeps_the_talk_and_fetches_only_what_is_new(page: Page, server: PageServer) -> None:
    opened(page, server)
    write(page, "xin chào")
    server.send_later(reply("Thư một."))
    expect(page.get_by_text("Thư một.")).to_be_visible()
    before = page.locator(".words").all_inner_texts()
    page.goto("about:blank")
    server.send_later(reply("Thư hai.", "Mở"))
    page.goto(server.url)
    expect(last(page)).to_contain_text("Thư hai.")
    assert page.locator(".words").all_inner_texts()[:-1] == before
    assert server.listened[-1] == "1"
    assert len(server.started()) == 1
    expect(page.locator(".choices button")).to_have_text(["Mở"])


def test_somebody_reading_further_up_is_told_but_not_pulled_away(page: Page, server: PageServer) -> None:
    server.greeting = [reply("Dòng.\n" * 80)]
    opened(page, server)
    page.evaluate("scrollTo(0, 100)")
    server.send_later(reply("Tin mới đây."))
    expect(last(page)).to_contain_text("Tin mới đây.")
    assert page.evaluate("scrollY") == 100
    button(page, "Xem tiếp").click()
    expect(last(page)).to_be_in_viewport()
    expect(button(page, "Xem tiếp")).to_be_hidden()


def test_a_long_answer_is_shown_from_its_beginning(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.answers.append([reply("Câu đầu.\n" + "Dòng.\n" * 60), reply("Hết.", "Xong")])
    write(page, "kể đi")
    expect(page.get_by_text("Câu đầu.")).to_be_in_viewport()
    expect(button(page, "Xong")).not_to_be_in_viewport()
    expect(button(page, "Xem tiếp")).to_be_visible()


def test_a_button_stays_under_the_finger_when_the_end_is_reached(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.answers.append([reply("Dòng.\n" * 60, "Xong")])
    write(page, "kể đi")
    expect(button(page, "Xem tiếp")).to_be_visible()
    where = "button => button.getBoundingClientRect().top"
    before = button(page, "Xong").evaluate("button => { scrollTo(0, 1e6); return button.getBoundingClientRect().top; }")
    expect(button(page, "Xem tiếp")).to_be_hidden()
    assert button(page, "Xong").evaluate(where) == before
    button(page, "Xong").click()
    expect(last(page)).to_contain_text("Đã nghe")


# A shared phone


def test_leaving_asks_first_and_then_leaves_nothing_behind(page: Page, server: PageServer) -> None:
    opened(page, server)
    write(page, "chuyện riêng")
    expect(last(page)).to_contain_text("Đã nghe")
    button(page, "Thoát").click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text("chuyện riêng")).to_have_count(2)
    button(page, "Thoát").click()
    page.get_by_role("dialog").get_by_role("button", name="Thoát").click()
    expect(page.get_by_text("Đã thoát trên máy này.")).to_be_visible()
    expect(page.locator(".message")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
    assert page.context.cookies() == []
    button(page, "Bắt đầu").press("Enter")
    expect(page.locator(".message")).to_be_focused()
    assert len(server.started()) == 2


def test_leaving_without_a_line_keeps_everything_and_says_so(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.faults["leave"].extend([Fault("cut before")] * 2)
    button(page, "Thoát").click()
    page.get_by_role("dialog").get_by_role("button", name="Thoát").click()
    expect(page.get_by_role("alert")).to_have_text(re.compile("Chưa thoát được"))
    button(page, "Ở lại").click()
    expect(last(page)).to_contain_text("Chào bạn!")


def test_the_other_tabs_leave_too(own_page: Page, server: PageServer) -> None:
    page = opened(own_page, server)
    other = opened(page.context.new_page(), server)
    page.bring_to_front()
    button(page, "Thoát").click()
    page.get_by_role("dialog").get_by_role("button", name="Thoát").click()
    expect(other.get_by_text("Đã thoát trên máy này.")).to_be_visible()
    expect(other.locator(".message")).to_have_count(0)


def test_the_tab_remembers_about_a_hundred_messages(page: Page, server: PageServer) -> None:
    server.greeting = [reply(f"Tin {number}.") for number in range(120)]
    opened(page, server)
    expect(page.locator(".message")).to_have_count(100)
    page.reload()
    expect(page.locator(".message")).to_have_count(100)
    expect(last(page)).to_contain_text("Tin 119.")


# Text, links, media, voice


def test_html_in_words_is_only_words(page: Page, server: PageServer) -> None:
    evil = '<img src=x onerror="document.title=1"><b>đậm</b>'
    server.greeting = [reply(evil, evil)]
    opened(page, server)
    write(page, evil)
    expect(last(page)).to_contain_text("Đã nghe: " + evil)
    expect(page.locator("main img, main b")).to_have_count(0)
    expect(page).to_have_title("Học Vụ Số")


def test_addresses_become_safe_links_without_their_full_stop(page: Page, server: PageServer) -> None:
    server.greeting = [reply('Xem (https://vneid.gov.vn/a?b=1&c=2). Hay http://x.vn/p"onclick=1 javascript:alert(1)')]
    opened(page, server)
    links = page.locator(".words a")
    assert [link.get_attribute("href") for link in links.all()] == ["https://vneid.gov.vn/a?b=1&c=2", "http://x.vn/p"]
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer"}
    assert page.locator(".words").inner_text().endswith(server.greeting[0]["text"])


def test_pictures_voices_and_documents_have_their_words(page: Page, server: PageServer) -> None:
    media = (
        {"kind": "picture", "url": "/media/picture.svg", "alt": "Hình bánh răng"},
        {"kind": "voice", "url": "/media/loi.ogg", "alt": "Bà bấm hình bánh răng."},
        {"kind": "document", "url": "/media/to.pdf", "alt": "Tờ hướng dẫn"},
        {"kind": "document", "url": "javascript:alert(1)", "alt": "Tờ xấu"},
    )
    server.greeting = [reply("Đây ạ.", media=media)]
    opened(page, server)
    picture = page.get_by_role("img", name="Hình bánh răng")
    expect(picture).to_have_attribute("loading", "lazy")
    expect(page.locator("audio[controls]")).to_have_attribute("aria-label", "Bà bấm hình bánh răng.")
    expect(page.get_by_text("Bà bấm hình bánh răng.")).to_be_visible()
    expect(page.get_by_role("link", name="Tờ hướng dẫn")).to_have_attribute("href", server.url + "/media/to.pdf")
    expect(page.get_by_role("link", name="Tờ xấu")).to_have_count(0)


def test_a_card_with_the_words_above_it_stays_small_and_is_not_read_out_twice(page: Page, server: PageServer) -> None:
    card = {"kind": "picture", "url": "/media/picture.svg", "alt": "Bước 2/4. Bấm Gửi."}
    server.greeting = [reply("Bước 2/4. Bấm Gửi.\n(Tên mục có thể khác theo máy.)", media=(card,))]
    opened(page, server)
    card_link = page.get_by_role("link", name="Mở thẻ chữ to", exact=True)
    expect(card_link).to_have_attribute("href", server.url + "/media/picture.svg")
    expect(card_link.locator("img")).to_have_attribute("alt", "")
    box = card_link.bounding_box()
    assert box is not None
    assert 44 <= box["height"] <= 90


STEP = "Bước 1/4. Mở Cài đặt."


def step_with(page: Page, server: PageServer, *, human: bool) -> Page:
    voice = {"kind": "voice", "url": "/media/b.mp3", "alt": "Nghe bước 1"} | ({"human": True} if human else {})
    server.greeting = [reply(STEP, "Tiếp", media=(voice,))]
    return opened(page, server)


def test_the_devices_own_voice_reads_and_the_built_one_where_it_has_none(own_page: Page, server: PageServer) -> None:
    page = step_with(own_page, server, human=False)
    expect(page.locator("audio")).to_be_visible()
    expect(button(page, "Nghe")).to_have_count(0)
    page.add_init_script(VIETNAMESE_VOICE)
    page.reload()
    expect(button(page, "Nghe")).to_be_visible()
    expect(page.locator("audio")).to_be_hidden()
    button(page, "Nghe").click()
    assert page.evaluate("window.spoken") == STEP


def test_a_persons_voice_is_better_than_the_devices(own_page: Page, server: PageServer) -> None:
    own_page.add_init_script(VIETNAMESE_VOICE)
    page = step_with(own_page, server, human=True)
    expect(page.locator("audio[controls]")).to_have_attribute("aria-label", "Nghe bước 1")
    expect(page.locator("audio")).to_be_visible()
    expect(button(page, "Nghe")).to_have_count(0)


def test_a_voice_stops_when_the_person_goes_on(page: Page, server: PageServer) -> None:
    step_with(page, server, human=True)
    page.evaluate("HTMLMediaElement.prototype.pause = function () { window.paused = this.src; }")
    button(page, "Tiếp").click()
    assert page.evaluate("window.paused") == server.url + "/media/b.mp3"


def test_reading_aloud_is_offered_only_where_there_is_a_vietnamese_voice(own_page: Page, server: PageServer) -> None:
    page = opened(own_page, server)
    expect(button(page, "Nghe")).to_have_count(0)
    page.add_init_script(VIETNAMESE_VOICE)
    page.reload()
    button(page, "Nghe").click()
    assert page.evaluate("window.spoken") == "Chào bạn! Mình là Học Vụ Số."
    button(page, "Dừng").click()
    expect(button(page, "Nghe")).to_be_visible()


# Sizes and languages


def test_the_text_size_is_chosen_kept_and_grows_everything(page: Page, server: PageServer) -> None:
    opened(page, server)
    sizes = []
    for name in ("A, chữ vừa", "A+, chữ to", "A++, chữ rất to"):
        button(page, name).click()
        expect(button(page, name)).to_have_attribute("aria-pressed", "true")
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.words')).fontSize)"))
    assert sizes == sorted(sizes)
    assert sizes[0] >= 18
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-size", "huge")
    expect(page.locator(".sizes [aria-pressed=true]")).to_have_count(1)


def test_the_page_follows_the_persons_size_only_when_it_changes(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.you["text_size"] = "large"
    write(page, "chữ to")
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    button(page, "A, chữ vừa").click()
    write(page, "chào")
    expect(last(page)).to_contain_text("Đã nghe: chào")
    expect(page.locator("html")).to_have_attribute("data-size", "normal")


def test_the_page_speaks_english_with_those_who_do(page: Page, server: PageServer) -> None:
    opened(page, server)
    server.you["locale"] = "en"
    write(page, "english")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(button(page, "Send")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your message")).to_have_attribute("placeholder", "Write here")
    expect(page.locator(".me .words")).to_have_text("You: english")
    page.reload()
    expect(button(page, "Log out")).to_be_visible()


def test_both_languages_have_the_same_words(page: Page, server: PageServer) -> None:
    text = (STATIC / "words.js").read_text(encoding="utf-8")
    vietnamese, english = text.split("  en: {")
    keys = re.compile(r"(\w+): \"")
    assert keys.findall(vietnamese) == keys.findall(english)
    used = set(re.findall(r'data-(?:word|label|hint)="(\w+)"', (STATIC / "index.html").read_text(encoding="utf-8")))
    assert used <= set(keys.findall(vietnamese))


# Every screen, every hand


TOO_WIDE = """[...document.querySelectorAll("body *")]
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1).map((node) => node.outerHTML)"""


@pytest.mark.parametrize("size", ["normal", "large", "huge"])
def test_nothing_runs_off_a_small_screen(page: Page, server: PageServer, size: str) -> None:
    media = ({"kind": "picture", "url": "/media/picture.svg", "alt": "Hình"},)
    server.greeting = [
        reply("https://dichvucong.gov.vn/" + "p" * 90 + "\n" + "nghiêng" * 30, media=media),
        reply("Chọn nhé", *["Bà chưa hiểu câu hỏi, con nói lại chậm hơn giúp bà nhé" + "ê" * 40] * 5),
    ]
    server.you["text_size"] = size
    page.set_viewport_size(SMALL_PHONE)
    opened(page, server)
    server.faults["say"].append(Fault("error", 429, "Chờ nhé", {"Retry-After": "3600"}))
    write(page, "a" * 200)
    expect(page.locator(".state button")).to_be_visible()
    button(page, "Thoát").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(TOO_WIDE) == []
    expect(page.locator("#text")).to_be_in_viewport()


def test_choices_are_large_and_fill_a_small_screen(page: Page, server: PageServer) -> None:
    page.set_viewport_size(SMALL_PHONE)
    opened(page, server)
    for one in page.locator(".choices button, #say button, #text").all():
        box = one.bounding_box()
        assert box
        assert box["height"] >= 48
    box = page.locator(".choices button").first.bounding_box()
    assert box
    assert box["width"] > 280


def test_on_a_wide_screen_the_talk_is_a_centred_column(page: Page, server: PageServer) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    opened(page, server)
    box = page.locator("main").bounding_box()
    assert box
    assert box["width"] <= 42 * 18
    assert box["x"] * 2 + box["width"] == pytest.approx(1280, abs=1)


def test_the_keyboard_alone_is_enough(page: Page, server: PageServer) -> None:
    server.answers.append([reply("Bài nào ạ?", "Chữ to hơn", "Gọi video")])
    opened(page, server)
    page.locator("#text").focus()
    page.keyboard.type("học")
    page.keyboard.press("Enter")
    expect(last(page)).to_contain_text("Bài nào ạ?")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(button(page, "Chữ to hơn")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".me").last).to_be_focused()
    server.send_later(reply("Còn đây ạ?", "Còn"))
    expect(button(page, "Còn")).to_be_visible()
    page.keyboard.press("Tab")
    expect(button(page, "Còn")).to_be_focused()
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 3


def test_tab_reaches_every_control_in_reading_order(page: Page, server: PageServer) -> None:
    opened(page, server)
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
    assert reached == ["A", "A+", "A++", "Thoát", "Học một bài", "Ghi một buổi giúp", "text", "Gửi"]


def test_every_control_has_a_name_and_the_page_has_its_landmarks(own_page: Page, server: PageServer) -> None:
    own_page.add_init_script(VIETNAMESE_VOICE)
    server.greeting[0]["media"].append({"kind": "picture", "url": "/media/picture.svg", "alt": "Hình bánh răng"})
    page = opened(own_page, server)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in tree if not node["ignored"]]
    roles = {role for role, _ in named}
    assert {"banner", "main", "contentinfo", "form", "log", "heading", "list", "status", "image"} <= roles
    controls = {"button", "link", "textbox", "image", "group", "form", "log"}
    assert [role for role, name in named if role in controls and not name.strip()] == []


def test_new_messages_are_read_out_and_old_ones_are_not(page: Page, server: PageServer) -> None:
    opened(page, server)
    log = page.get_by_role("log", name="Cuộc trò chuyện")
    expect(log).to_have_attribute("aria-live", "polite")
    page.reload()
    page.wait_for_selector(".message")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(page.locator("#log .choices")).to_have_attribute("aria-label", "Chọn một câu trả lời")


CONTRASTS = """() => {
  const channels = (css) => css.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => rgb.slice(0, 3).map((c) => c / 255)
    .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    const own = channels(getComputedStyle(node).backgroundColor);
    const alpha = own.length === 4 ? own[3] : 1;
    if (alpha === 1) return own;
    const under = node.parentElement ? behind(node.parentElement) : [255, 255, 255];
    return own.slice(0, 3).map((c, at) => c * alpha + under[at] * (1 - alpha));
  };
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const rows = [];
  for (const node of document.querySelectorAll("body *")) {
    const words = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
    if (!words || !node.offsetParent) continue;
    rows.push([node.className || node.tagName, ratio(channels(getComputedStyle(node).color), behind(node))]);
  }
  const field = document.getElementById("text");
  rows.push(["placeholder", ratio(channels(getComputedStyle(field, "::placeholder").color), behind(field))]);
  const edge = ratio(channels(getComputedStyle(field).borderTopColor), behind(field.parentElement));
  return [rows, edge];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_what_is_behind_them(own_page: Page, server: PageServer, scheme: Scheme) -> None:
    own_page.emulate_media(color_scheme=scheme)
    own_page.add_init_script(VIETNAMESE_VOICE)
    server.greeting = [reply("Xem https://vneid.gov.vn", "Học", "Ghi")]
    page = opened(own_page, server)
    server.faults["say"].append(Fault("error", 413, "Tin dài quá ạ."))
    write(page, "xin chào")
    expect(page.locator(".notice")).to_be_visible()
    server.faults["say"].append(Fault("error", 429, "Chờ nhé", {"Retry-After": "3600"}))
    write(page, "xin chào")
    expect(button(page, "Gửi lại")).to_be_visible()
    rows, edge = page.evaluate(CONTRASTS)
    assert len(rows) > 15
    assert [row for row in rows if row[1] < 7] == []
    assert edge >= 3


def test_nothing_moves_for_those_who_ask_for_stillness(page: Page, server: PageServer) -> None:
    opened(page, server)
    moves = "getComputedStyle(document.querySelector('.message')).animationName"
    assert page.evaluate(moves) == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moves) == "arrive"


def test_no_script_or_style_is_written_into_the_page() -> None:
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|https?://", html) == []
    scripts = "".join(file.read_text(encoding="utf-8") for file in STATIC.glob("*.js"))
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", scripts) == []


# -- a class list as a file --------------------------------------------------------------------


def test_only_who_hands_in_lists_sees_the_paper_clip(page: Page, server: PageServer) -> None:
    opened(page, server)
    expect(page.locator("#attach")).to_be_hidden()
    server.you["takes_files"] = True
    write(page, "tôi là cô giáo")
    expect(page.locator("#attach")).to_be_visible()


def test_a_chosen_file_is_sent_once_though_the_line_breaks(own_page: Page, server: PageServer) -> None:
    server.you["takes_files"] = True
    opened(own_page, server)
    write(own_page, "chào")
    server.faults["file"].append(Fault("cut after"))
    list_7a = FilePayload(name="lớp 7A.csv", mimeType="text/csv", buffer="STT;Biệt danh".encode())
    own_page.locator("#attach input").set_input_files(list_7a)
    expect(own_page.locator(".me .words").last).to_contain_text("lớp 7A.csv")
    expect(own_page.locator(".bot .words").last).to_contain_text("Đã nghe: lớp 7A.csv=")
    assert server.taken[1:] == ["lớp 7A.csv=" + base64.b64encode("STT;Biệt danh".encode()).decode()]
    kept = own_page.evaluate("JSON.parse(sessionStorage['hocvuso.log']).filter(item => item.file)[0].file")
    assert kept == {"name": "lớp 7A.csv"}, "what is in a file is not kept"


def test_a_file_may_be_dropped_anywhere_and_a_huge_one_never_leaves(own_page: Page, server: PageServer) -> None:
    server.you["takes_files"] = True
    opened(own_page, server)
    write(own_page, "chào")
    drop = """size => {
      const carried = new DataTransfer();
      carried.items.add(new File(["x".repeat(size)], "7A.csv"));
      document.querySelector("main").dispatchEvent(
        new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
    }"""
    own_page.evaluate(drop, 3)
    expect(own_page.locator(".bot .words").last).to_contain_text("Đã nghe: 7A.csv=eHh4")
    own_page.evaluate(drop, 1_000_001)
    expect(own_page.locator(".bot .words").last).to_contain_text("nhiều nhất 1 MB")
    assert len(server.taken) == 2
