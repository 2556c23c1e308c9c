"""The shell, as a person types it."""

import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import chdir
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

import content
from bot.__main__ import shell
from db.database import Database
from tests.lists import workbook
from tests.talk import School

ROOT = Path(__file__).parents[2]
COMMANDS = (
    *("run", "migrate", "demo", "add-class", "erase-class", "import-roster", "keep-names"),
    *("join-cards", "add-unit", "invite"),
    *("check-content", "summary", "report", "report-template", "reporting", "target"),
    *("export-mooc", "export-lms", "parse", "corrections", "media", "console", "outbox"),
)


def bot(folder: Path, *words: str, said: str = "", **settings: str) -> Result:
    """What `python -m bot …` does, in this process, in a folder and with a database of its own."""
    environment = {"DATABASE_URL": f"sqlite:///{folder}/school.sqlite3", **settings}
    with chdir(folder):
        done = CliRunner().invoke(shell, list(words), input=said, env=environment)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def folder(migrated: Path, tmp_path: Path) -> Path:
    """A folder with an empty database, whose migrations take longer than most commands."""
    shutil.copy(migrated, tmp_path / "school.sqlite3")
    return tmp_path


@pytest.fixture(scope="module")
def loaded(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demo school, loaded once."""
    path = tmp_path_factory.mktemp("demo") / "school.sqlite3"
    shutil.copy(migrated, path)
    bot(path.parent, "demo")
    return path


@pytest.fixture
def demo(loaded: Path, tmp_path: Path) -> Path:
    """A folder with the demo school."""
    shutil.copy(loaded, tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    done = CliRunner().invoke(shell, [command, "--help"])
    assert done.exit_code == 0
    assert command in done.output


def test_parse_prints_one_object_a_line(tmp_path: Path) -> None:
    said = "e giúp bà ngoại gọi video zalo 20p, bà tự gọi được rồi\nchào bot\n\nmã OTP của bà em là 482913 đúng ko\n"
    done = bot(tmp_path, "parse", "--at", "2026-11-25T19:30:00+07:00", said=said)
    first, hello, empty, secret = (json.loads(line) for line in done.stdout.splitlines())
    assert first == {
        "is_log": True,
        "relatives": ["BA_NGOAI"],
        "skills": ["ZALO_VIDEO"],
        "minutes": 20,
        "date_offset_days": 0,
        "outcome": "TU_LAM",
        "masked_text": "e giúp bà ngoại gọi video zalo 20p, bà tự gọi được rồi",
    }
    assert (hello["is_log"], hello["relatives"], hello["outcome"]) == (False, [], None)
    assert not empty["is_log"]
    assert "482913" not in json.dumps(secret)


def test_corrections_are_printed_as_test_lines(folder: Path) -> None:
    said = json.dumps({"relatives": ["BA"], "skills": ["CK"]})
    saved = json.dumps({"relatives": ["ME"], "skills": ["CK"]})
    with sqlite3.connect(folder / "school.sqlite3") as database:
        database.execute(
            'INSERT INTO person (id, nickname, address, locale, text_size, "group", doing, memory, menu, quiet, zone,'
            " created_at) VALUES (1, 'An', 'em', 'vi', 'normal', '', '', '', '', 0, '', 0)"
        )
        database.execute("INSERT INTO correction VALUES (1, 1, 'chỉ bà ck', ?, ?, 0)", (said, saved))
    database.close()
    (line,) = bot(folder, "corrections").stdout.splitlines()
    assert json.loads(line) == {
        "text": "chỉ bà ck",
        "is_log": True,
        "relatives": ["ME"],
        "skills": ["CK"],
        "understood": {"relatives": ["BA"], "skills": ["CK"]},
    }


def test_parse_says_so_when_the_moment_is_none(tmp_path: Path) -> None:
    done = bot(tmp_path, "parse", "--at", "hôm qua")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert "2026-11-25T19:30:00+07:00" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PORT", "eight"),
        ("CHANNELS", "zalo_bot"),
        ("ZALO_BOT_MONTHLY", "0"),
        ("CHANNELS", "fax"),
        ("TIMEZONE", "Mars"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "sqlite:////no/such/folder/school.sqlite3"),
        ("CHANNELS", "telegram"),
        ("LOCALE", "fr"),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(shell, ["migrate"], env={setting: value})
    assert done.exit_code == 2
    assert done.stderr.startswith("Thiết lập ")
    assert done.stderr.count("\n") == 1


def test_the_shell_speaks_english_too(tmp_path: Path) -> None:
    assert bot(tmp_path, "migrate", LOCALE="en").stdout == "The database is ready.\n"


def test_migrate_goes_up_and_down_and_knows_no_other_version(tmp_path: Path) -> None:
    assert bot(tmp_path, "migrate").exit_code == 0
    assert bot(tmp_path, "migrate", "--to", "base").exit_code == 0
    wrong = bot(tmp_path, "migrate", "--to", "9999")
    assert (wrong.exit_code, "9999" in wrong.stderr, "Traceback" in wrong.stderr) == (2, True, False)


def test_the_demo_prints_a_link_for_each_role_once_and_its_week_can_be_read(tmp_path: Path) -> None:
    first = bot(tmp_path, "demo")
    assert [line.split(":")[0] for line in first.stdout.splitlines()] == [
        "Thử làm học sinh",
        "Thử làm bà",
        "Thử làm cô giáo",
        "Thử làm cán bộ phường",
    ]
    assert bot(tmp_path, "demo").exit_code == 2
    week = time.strftime("%G-W%V")
    done = bot(tmp_path, "summary", "--class", "7a-hoamai", "--week", week)
    joining = first.stdout.splitlines()[0].split("join=")[1]
    assert bot(tmp_path, "summary", "--class", joining, "--week", week).stdout == done.stdout
    assert done.stdout.startswith("Lớp 7A, tuần ")
    assert "đã giúp ít nhất 1 người thân" in done.stdout


def test_the_shell_says_the_week_in_the_words_of_the_chat(database: Database, tmp_path: Path) -> None:
    school = School(database, datetime(2025, 3, 5, 19, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
    an = school.pupil("An")
    for minutes in (20, 300):
        an.say(f"giúp bà ngoại gọi video zalo {minutes}p, bà tự làm được")
        an.tap("Đúng, ghi lại")
    school.wait(days=7)
    teacher = school.teacher()
    teacher.say("/lop 1")
    url = database.engine.url.render_as_string()
    shell_says = bot(tmp_path, "summary", "--class", "7A-HOAMAI", "--week", "2025-W10", DATABASE_URL=url).stdout
    assert shell_says == teacher.replies[0].text + "\n"
    assert "• An: ghi hai lần trong một ngày" in shell_says


def test_the_outbox_is_told_in_counts_and_causes_and_a_row_is_sent_again_or_dropped(
    database: Database, tmp_path: Path
) -> None:
    school = School(database, datetime(2026, 11, 25, 19, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
    pupils = [school.pupil(name) for name in ("An", "Bình", "Chi")]
    with database.transaction() as store:
        for number, pupil in enumerate(pupils, 1):
            row = {"key": f"row-{number}", "person_id": pupil.person(store).id, "kind": "nudge", "about": "never:cô"}
            store.write_outbox([{**row, "urgency": 1, "free_at": school.now, "written_at": school.now}])
        for sending in store.claim(school.now, 2, timedelta(minutes=2)):
            store.settle(sending, "failed", school.now, "the text is too strange")
    url = database.engine.url.render_as_string()
    said = bot(tmp_path, "outbox", DATABASE_URL=url).stdout
    assert said.splitlines() == [
        "đang chờ: 1 · đã gửi: 0 · không cần gửi nữa: 0 · người nhận đã chặn: 0 · lỗi: 2",
        "  web: 1 tin chờ, lâu nhất từ 25/11/2026 19:30",
        "Lỗi, mới nhất trước:",
        "  #2 nudge, web, 25/11/2026 19:30, 1 lần thử: the text is too strange",
        "  #1 nudge, web, 25/11/2026 19:30, 1 lần thử: the text is too strange",
        "Gửi lại: outbox retry SỐ. Bỏ: outbox drop SỐ.",
    ]
    assert (
        bot(tmp_path, "outbox", "retry", "1", "99", DATABASE_URL=url).stdout
        == "#1: sẽ gửi lại.\n#99: không có tin nào như vậy.\n"
    )
    assert bot(tmp_path, "outbox", "drop", "2", "3", DATABASE_URL=url).stdout == "#2: đã bỏ.\n#3: đã bỏ.\n"
    assert school.outbox() == [
        ("waiting", "the text is too strange"),
        ("dropped", "dropped by the operator"),
        ("dropped", "dropped by the operator"),
    ]
    assert bot(tmp_path, "outbox", LOCALE="en", DATABASE_URL=url).stdout.startswith(
        "waiting: 1 · sent: 0 · no longer needed: 2 · "
    )


@pytest.mark.parametrize(
    ("code", "week"), [("7A-HOAMAI", "2026-W60"), ("NOBODY", "2026-W47"), ("THCS-HOAMAI", "2026-W47")]
)
def test_summary_of_nothing_is_said_in_a_sentence(folder: Path, code: str, week: str) -> None:
    done = bot(folder, "summary", "--class", code, "--week", week)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)


def test_a_class_is_set_up_with_codes_that_work(folder: Path) -> None:
    words = ("add-class", "--ward", "Phường Hoa Mai", "--school", "THCS Hoa Mai", "--name", "8C", "--size", "35")
    first = bot(folder, *words).stdout
    assert "8C-THCSHOAMAI" in first
    code = first.split("join=")[1].split()[0]
    said = bot(folder, "console", "--join", code, said="1\n").stdout
    assert "Gọi thế nào cho phải ạ?" in said
    assert "8C-THCSHOAMAI" in bot(folder, *words).stdout


def test_a_list_is_imported_whole_or_not_at_all(folder: Path) -> None:
    bot(folder, "add-class", "--ward", "Phường Hoa Mai", "--school", "THCS Hoa Mai", "--name", "7C", "--size", "3")
    (folder / "7c.xlsx").write_bytes(workbook([["Mã HS", "Biệt danh"], ["HS01", "Bống"], ["HS 02", "Bang"]]))
    done = bot(folder, "import-roster", "7c.xlsx", "--unit", "7C-THCSHOAMAI", "--yes")
    assert done.exit_code == 2
    assert "Ô A3: Mã học sinh có dấu cách." in done.stderr
    (folder / "7c.xlsx").write_bytes(workbook([["Mã HS", "Biệt danh"], ["HS01", "Bống"], ["HS02", "Bang"]]))
    done = bot(folder, "import-roster", "7c.xlsx", "--unit", "7C-THCSHOAMAI")
    assert "• Lớp 7C: 2 em mới" in done.stdout
    assert "thêm --yes" in done.stderr
    done = bot(folder, "import-roster", "7c.xlsx", "--unit", "7C-THCSHOAMAI", "--yes")
    assert "Đã nhập: Lớp 7C (7C-THCSHOAMAI) 2." in done.stdout
    (folder / "school.xlsx").write_bytes(workbook([["Lớp", "Biệt danh"], ["7C", "Bống"], ["7D", "Bống"]]))
    done = bot(folder, "import-roster", "school.xlsx", "--unit", "THCSHOAMAI-PHUONGHOAMAI", "--yes")
    assert "Lớp 7D (7D-THCSHOAMAI-PHUONGHOAMAI) 1" in done.stdout
    done = bot(folder, "join-cards", "--class", "7C-THCSHOAMAI", "--to", "the.pdf")
    assert "2 thẻ của Lớp 7C ở the.pdf." in done.stdout
    assert (folder / "the.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "the.pdf").stat().st_mode & 0o077 == 0


def test_the_tree_grows_and_its_people_are_invited(folder: Path) -> None:
    for kind, code, under in (("ward", "HM", ""), ("team", "TO-1", "HM"), ("school", "THCS-HM", "HM")):
        done = bot(folder, "add-unit", "--kind", kind, "--name", f"Đơn vị {code}", "--code", code, "--under", under)
        assert f"Đã thêm Đơn vị {code}" in done.stdout
    assert "/?join=" in bot(folder, "invite", "--unit", "THCS-HM", "--role", "board").stdout
    assert "không thuộc" in bot(folder, "invite", "--unit", "HM", "--role", "teacher").stderr


def test_at_the_end_of_the_year_a_class_is_erased_after_a_second_yes(demo: Path) -> None:
    asked = bot(demo, "erase-class", "--class", "7A-HOAMAI")
    assert (asked.exit_code, "39 học sinh Lớp 7A" in asked.stderr) == (2, True)
    assert bot(demo, "erase-class", "--class", "7A-HOAMAI", "--yes").stdout.startswith("Đã xóa dữ liệu của 39")
    week = time.strftime("%G-W%V")
    assert "0/38 em" in bot(demo, "summary", "--class", "7A-HOAMAI", "--week", week).stdout


def test_a_zalo_bot_is_added_listed_and_checked_and_its_token_never_shown(demo: Path) -> None:
    token = "4459123:" + "very-secret"
    add = ("channels", "add", "--name", "7a", "--class", "7A-HOAMAI", "--contact", "cô Hạnh, 0900 000 111")
    added = bot(demo, *add, said=token + "\n")
    assert added.stdout == "Đã lưu bot 7a. Kiểm tra bằng: python -m bot channels check\n"
    listed = bot(demo, "channels", "list")
    assert listed.stdout == "7a · zalo_bot · Lớp 7A · 0/50 người · 0/3000 tin tháng này\n"
    checked = bot(demo, "channels", "check", ZALO_BOT_API_URL="http://127.0.0.1:1")
    assert (checked.exit_code, "KHÔNG DÙNG ĐƯỢC" in checked.stdout) == (2, True)
    assert bot(demo, *add, said="4459123:another-secret\n").exit_code == 0
    assert bot(demo, "channels", "list").stdout == listed.stdout
    told = "".join(done.stdout + done.stderr for done in (added, listed, checked))
    assert "secret" not in told


def test_an_official_account_is_connected_and_told_where_zalo_shall_call(folder: Path) -> None:
    added = bot(
        folder,
        "channels",
        "add-oa",
        "--oa-id",
        "57974",
        said="refresh-secret\n",
        PUBLIC_URL="https://hocvuso.example.vn",
    )
    assert added.stdout == "Đã lưu oa. Webhook để điền ở Zalo: https://hocvuso.example.vn/hooks/zalo_oa/oa\n"
    assert bot(folder, "channels", "list").stdout == "oa · zalo_oa · 0 người\n"
    checked = bot(folder, "channels", "check", ZALO_OA_OAUTH_URL="http://127.0.0.1:1")
    assert (checked.exit_code, "oa · zalo_oa · 0 người · KHÔNG DÙNG ĐƯỢC" in checked.stdout) == (2, True)
    assert "secret" not in checked.stdout + checked.stderr
    assert bot(folder, "channels", "add-oa", said="\n").exit_code == 2


@pytest.mark.parametrize(
    ("name", "class_code", "token"),
    [("7 A", "7A-HOAMAI", "1:secret"), ("7a", "NOBODY", "1:secret"), ("7a", "", "secret"), ("7a", "", "")],
)
def test_a_zalo_bot_that_cannot_be_is_one_sentence(folder: Path, name: str, class_code: str, token: str) -> None:
    done = bot(folder, "channels", "add", "--name", name, "--class", class_code, said=token)
    assert (done.exit_code, done.stderr.count("\n"), "secret" in done.stderr) == (2, 1, False)


def test_check_content_is_content(tmp_path: Path) -> None:
    assert bot(tmp_path, "check-content").stdout == "Nội dung đều đúng.\n"


def test_check_content_lists_what_a_person_has_to_verify(tmp_path: Path) -> None:
    said = bot(tmp_path, "check-content", "--verify").stdout
    assert said.startswith("L01 Bật, tắt, khóa và sạc điện thoại (lessons/bat-tat-sac.yaml, ")
    assert f"\n{said.count('  [ ] ')} chỗ cần người kiểm tra.\n" in said


def test_the_console_is_the_same_conversation_with_numbers(folder: Path) -> None:
    said = bot(folder, "console", said="2\n1\nhọc bài\n1\n").stdout
    assert "máy trả lời tự động" in said
    assert "2. Tôi muốn học" in said
    assert "1. Bà" in said
    assert "Điện thoại: 10 bài" in said


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
        return found


def running(folder: Path, port: int, **settings: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        **settings,
    }
    environment |= {"DATABASE_URL": f"sqlite:///{folder}/school.sqlite3", "PORT": str(port)}
    # A shell starts what runs in the background with SIGINT ignored; SIGTERM must end it all the same.
    command = ["sh", "-c", 'trap "" INT; exec "$0" -m bot run', sys.executable]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def test_run_prints_the_address_and_four_links_serves_and_ends_politely(tmp_path: Path, port: int) -> None:
    with running(tmp_path, port) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(5)]
        assert lines[0] == f"Học Vụ Số: http://127.0.0.1:{port}\n"
        assert all(f"http://127.0.0.1:{port}/?join=" in line for line in lines[1:])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=10) as response:
            assert json.load(response)["status"] == "ok"
        process.terminate()
        assert process.stdout.read() == "Tạm biệt!\n"
        assert process.wait(10) == 0


def test_a_port_in_use_is_said_in_a_sentence(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = bot(folder, "run", PORT=str(taken.getsockname()[1]))
    assert done.exit_code == 2
    assert done.stderr.startswith("Thiết lập HOST, PORT sai")
    assert "Traceback" not in done.stderr


def test_media_without_the_programs_says_what_is_missing_and_draws_the_rest(tmp_path: Path) -> None:
    done = bot(tmp_path, "media", "--lesson", "danh-ba", PATH="")
    pictures, pages = list((tmp_path / "media").glob("*.png")), list((tmp_path / "media").glob("*.pdf"))
    assert (done.exit_code, len(pages)) == (2, 2), "a page in each language"
    assert done.stdout == f"Đã dựng {len(pictures) + 2} phần mới, 0 phần có sẵn.\n"
    assert "thiếu espeak-ng, ffmpeg" in done.stderr
    assert "bài học vẫn dùng được bằng chữ" in done.stderr
    assert {path.name.rsplit("-", 1)[0] for path in pictures} == {
        *(f"danh-ba-{step}" for step in range(1, len(content.lessons()["danh-ba"].steps) + 1)),
        "danh-ba-share",
    }


def test_media_of_an_unknown_lesson_is_one_sentence(tmp_path: Path) -> None:
    done = bot(tmp_path, "media", "--lesson", "hoc-bay")
    assert (done.exit_code, done.stderr) == (2, "Không có bài nào tên 'hoc-bay'.\n")


def test_media_where_nothing_can_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file, no folder")
    done = bot(tmp_path, "media", "--lesson", "ma-otp", PATH="")
    assert (done.exit_code, "MEDIA_DIR" in done.stderr, done.stderr.count("\n")) == (2, True, 1)


def test_a_report_comes_out_in_every_form_and_says_the_same(demo: Path) -> None:
    asked = ("report", "--unit", "7A-HOAMAI", "--period", "2025-01-01..2026-12-31")
    said = bot(demo, *asked).stdout
    count = re.search(r"(\d+)/39 em", said)
    assert count, said
    assert f"{count[1]} bạn ghi" in bot(demo, *asked, "--form", "line").stdout
    for form, mark in (
        ("xlsx", b"PK"),
        ("docx", b"PK"),
        ("pdf", b"%PDF"),
        ("html", b"<!doctype"),
        ("csv", b"\xef\xbb\xbf"),
    ):
        out = demo / f"out.{form}"
        assert bot(demo, *asked, "--form", form, "--out", str(out)).exit_code == 0
        assert out.read_bytes().startswith(mark)
    assert f"{count[1]}/39" in (demo / "out.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (("--unit", "NOBODY", "--period", "2026-11"), "NOBODY"),
        (("--unit", "7A-HOAMAI", "--period", "tháng này"), "2026-W47"),
        (("--unit", "THCS-HOAMAI", "--period", "2026-11", "--what", "book"), "không phải lớp"),
        (("--unit", "7A-HOAMAI", "--period", "2026-11", "--form", "exe"), "xlsx"),
    ],
)
def test_a_report_of_nothing_is_said_in_a_sentence(demo: Path, said: tuple[str, ...], answer: str) -> None:
    done = bot(demo, "report", *said)
    assert (done.exit_code, answer in done.stderr, "Traceback" in done.stderr) == (2, True, False)
