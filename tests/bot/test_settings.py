"""What .env may say."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.settings import Problem, Settings, WrongSetting, load

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ({"port": "eight"}, Problem("PORT", "int_parsing")),
        ({"port": 70000}, Problem("PORT", "less_than_equal")),
        (
            {"channels": "web,fax"},
            Problem("CHANNELS", "literal_error", "'web', 'telegram', 'zalo_bot', 'zalo_oa', 'console'"),
        ),
        ({"channels": ""}, Problem("CHANNELS", "too_short")),
        ({"channels": "telegram"}, Problem("TELEGRAM_TOKEN", "token_missing")),
        ({"telegram_token": "not-a-token"}, Problem("TELEGRAM_TOKEN", "not_a_token")),
        ({"timezone": "Mars/Olympus"}, Problem("TIMEZONE", "not_a_zone", "Asia/Ho_Chi_Minh")),
        ({"locale": "fr"}, Problem("LOCALE", "literal_error", "'vi', 'en'")),
        ({"database_url": "mysql://x"}, Problem("DATABASE_URL", "not_a_database", "sqlite:///, postgresql://")),
        ({"public_url": "hocvuso.vn"}, Problem("PUBLIC_URL", "not_an_address", "http://, https://")),
        ({"channels": "zalo_bot"}, Problem("CHANNELS", "web_missing")),
        (
            {"channels": "telegram", "telegram_token": "12345:SECRET", "telegram_updates": "webhook"},
            Problem("CHANNELS", "web_missing"),
        ),
        (
            {"channels": "web,telegram", "telegram_token": "12345:SECRET", "telegram_updates": "webhook"},
            Problem("PUBLIC_URL", "not_public"),
        ),
        ({"telegram_proxy": "proxy.example.vn:1080"}, Problem("TELEGRAM_PROXY", "not_a_proxy", "http://, socks5://")),
        ({"channels": "web,zalo_bot", "public_url": "http://hocvuso.vn"}, Problem("PUBLIC_URL", "not_public")),
        (
            {"channels": "web,zalo_oa", "public_url": "https://hocvuso.vn", "zalo_oa_app_id": "1"},
            Problem("ZALO_OA_APP_ID", "oa_missing"),
        ),
        ({"zalo_oa_stopped_codes": "none"}, Problem("ZALO_OA_STOPPED_CODES", "int_parsing")),
        ({"zalo_bot_monthly": 0}, Problem("ZALO_BOT_MONTHLY", "greater_than_equal")),
        ({"demo": "perhaps"}, Problem("DEMO", "bool_parsing")),
    ],
)
def test_a_wrong_setting_is_named(setting: dict[str, object], problem: Problem) -> None:
    with pytest.raises(WrongSetting) as wrong:
        load(_env_file=None, **setting)
    assert wrong.value.problems == [problem]


def test_a_token_is_never_shown() -> None:
    settings = load(_env_file=None, telegram_token="12345:SECRET")
    assert "SECRET" not in repr(settings)
    with pytest.raises(WrongSetting) as wrong:
        load(_env_file=None, telegram_token="SECRET")
    assert "SECRET" not in f"{wrong.value} {wrong.value.problems}"


def test_the_example_explains_every_setting_and_nothing_else() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = {found[1].lower() for line in lines if (found := re.match(r"([A-Z_]+)=", line))}
    assert named == set(Settings.model_fields)
    for line, following in pairwise(lines):
        if re.match(r"[A-Z_]+=", following):
            assert line.startswith("# ")


def test_people_open_the_address_they_can_reach() -> None:
    assert load(_env_file=None, host="0.0.0.0", port=9000).address == "http://127.0.0.1:9000"
    assert load(_env_file=None, public_url="https://hocvuso.example.vn/").address == "https://hocvuso.example.vn"
