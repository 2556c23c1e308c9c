"""What .env may say."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.settings import Settings, WrongSetting, load

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"port": "eight"}, "PORT"),
        ({"port": 70000}, "PORT"),
        ({"channels": "web,fax"}, "CHANNELS"),
        ({"channels": ""}, "CHANNELS"),
        ({"channels": "telegram"}, "TELEGRAM_TOKEN is missing"),
        ({"telegram_token": "not-a-token"}, "TELEGRAM_TOKEN is a number"),
        ({"timezone": "Mars/Olympus"}, "TIMEZONE"),
        ({"locale": "fr"}, "LOCALE"),
        ({"database_url": "mysql://x"}, "DATABASE_URL: must begin with"),
        ({"public_url": "hocvuso.vn"}, "PUBLIC_URL: must begin with"),
        ({"demo": "perhaps"}, "DEMO"),
        ({"telegram_library": "telethon"}, "TELEGRAM_LIBRARY"),
    ],
)
def test_a_wrong_setting_is_one_clear_sentence(setting: dict[str, object], sentence: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        load(_env_file=None, **setting)
    assert sentence in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_a_token_is_never_shown() -> None:
    settings = load(_env_file=None, telegram_token="12345:SECRET")
    assert "SECRET" not in repr(settings)
    with pytest.raises(WrongSetting) as wrong:
        load(_env_file=None, telegram_token="SECRET")
    assert "SECRET" not in str(wrong.value)


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
