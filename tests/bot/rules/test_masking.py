"""Secrets disappear; lengths, years, ages, dates, hotlines and amounts stay."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.masking import Secret, mask

# What pupils, elders and teachers may write: `secrets` are the parts of `text` that must go.
LINES_WITH_SECRETS = [
    (line["text"], line["secrets"])
    for line in map(json.loads, Path(__file__).with_name("secrets.jsonl").read_text("utf-8").splitlines())
]
# Told letter by letter over three clauses, with nothing that names it.
BEYOND_US = "chữ cái đầu là M hoa"

SECRETS: list[tuple[str, str, Secret]] = [
    ("mã OTP của bà em là 482913 đúng ko bot", "mã OTP của bà em là ••• đúng ko bot", "otp"),
    ("otp 775102 nhập xong, 15p", "otp ••• nhập xong, 15p", "otp"),
    ("ma xac nhan la 4821", "ma xac nhan la •••", "otp"),
    ("mẹ đọc mã pin 4821 cho em", "mẹ đọc mã pin ••• cho em", "otp"),
    ("mã pin là 1950", "mã pin là •••", "otp"),
    ("nó gửi 482 913", "nó gửi •••", "otp"),
    ("otp 7 7 5 1 0 2", "otp •••", "otp"),
    ("so cccd 001052009876, 30 phut", "so cccd •••, 30 phut", "id"),
    ("cmnd 012345678", "cmnd •••", "id"),
    ("cccd 001 052 009 876 nha", "cccd ••• nha", "id"),
    ("stk 0071000889900 20p bố tự làm", "stk ••• 20p bố tự làm", "account"),
    ("thẻ 4221-1234-5678-9012", "thẻ •••", "account"),
    ("thẻ 4221 1234 5678 9012 của mẹ", "thẻ ••• của mẹ", "account"),
    ("thẻ 4221.1234.5678.9012", "thẻ •••", "account"),
    ("ngày 25 em ck vào 19031234567890", "ngày 25 em ck vào •••", "account"),
    ("sđt dì là 0912 345 678, 20p", "sđt dì là •••, 20p", "phone"),
    ("gọi 0912.345.678", "gọi •••", "phone"),
    ("lưu số +84 912 345 678 vào danh bạ", "lưu số ••• vào danh bạ", "phone"),
    ("0912345678 20 phút", "••• 20 phút", "phone"),
    ("em giup me doi mk zalo thanh Hoa2011! 10 phut", "em giup me doi mk zalo thanh ••• 10 phut", "password"),
    ("bà đọc mk Lan1950 cho e gõ, 10p xong", "bà đọc mk ••• cho e gõ, 10p xong", "password"),
    ("mat khau la abc123", "mat khau la •••", "password"),
    ("đổi pass fb: matkhau2026 15p", "đổi pass fb: ••• 15p", "password"),
    ("password = Hoa@nha", "password = •••", "password"),
    ("mk wifi nhà em 12345678", "mk wifi nhà em •••", "password"),
    ("mật khẩu: bongcuc", "mật khẩu: •••", "password"),
    ("mk fb của bà: hoa 2010", "mk fb của bà: •••", "password"),
    ("pass wifi nhà em là hoahong88", "pass wifi nhà em là •••", "password"),
    ("mk e là e m y e u b a 1", "mk e là •••", "password"),
    ("mật khẩu em đặt là BaNgoai1955", "mật khẩu em đặt là •••", "password"),
    ("mk 12345", "mk •••", "password"),
    ("otp gửi về máy là 482913", "otp gửi về máy là •••", "otp"),
    ("otp 4-8-2-9-1-3", "otp •••", "otp"),
    ("otp 482.913", "otp •••", "otp"),
    ("ma xac thuc 48 29 13", "ma xac thuc •••", "otp"),
    ("otp là bốn tám hai chín một ba", "otp là •••", "otp"),
    ("số cccd của ông là 034 056 001 234", "số cccd của ông là •••", "id"),
    ("cmnd 12345678", "cmnd •••", "id"),
    ("căn cước 034-056-001-234", "căn cước •••", "id"),
    ("stk: 12345678", "stk: •••", "account"),
    ("số tài khoản của bố là 1903 1234 5678 90", "số tài khoản của bố là •••", "account"),
    ("số thẻ 4221 12 34 5678 9012", "số thẻ •••", "account"),
    ("số bà là 0 9 1 2 3 4 5 6 7 8", "số bà là •••", "phone"),
    ("gọi 84912345678", "gọi •••", "phone"),
    (
        "em huong dan ong dat ma pin dien thoai la 1953, 10p",
        "em huong dan ong dat ma pin dien thoai la •••, 10p",
        "otp",
    ),
    (
        "em chỉ mợ đổi mật khẩu Zalo, mợ đặt là loan0987, 15 phút",
        "em chỉ mợ đổi mật khẩu Zalo, mợ đặt là •••, 15 phút",
        "password",
    ),
    ("đặt mật khẩu cho máy, ông chọn mèo1990 cho dễ nhớ", "đặt mật khẩu cho máy, ông chọn ••• cho dễ nhớ", "password"),
    ("đặt mã pin cho máy, bà chọn 4821, 10p", "đặt mã pin cho máy, bà chọn •••, 10p", "otp"),
    ("em dạy bà đổi mật khẩu, bà lấy luôn là 1955", "em dạy bà đổi mật khẩu, bà lấy luôn là •••", "password"),
    ("loan0987 là mật khẩu mới của mợ", "••• là mật khẩu mới của mợ", "password"),
    ("4821 là mã pin mẹ mới đặt", "••• là mã pin mẹ mới đặt", "otp"),
    ("mật khẩu là hoahongxinh", "mật khẩu là •••", "password"),
]

NO_SECRETS = [
    "đổi mật khẩu facebook, 15 phút",
    "doi mat khau zalo 15p",
    "mk dạy bà 15-20p gọi zalo",
    "mk bật 4g/5g cho bà 1h30",
    "mật khẩu là gì vậy bot",
    "đổi mk thành công rồi, 10p",
    "mk: 15p",
    "bà sinh năm 1950, 76 tuổi",
    "ngày 25/11, 25-11 và 25/11/2026",
    "25-11-2026 30 phút",
    "gọi 113, 114, 115, 111, 156 hoặc 5656",
    "gọi 113 114 115 156 5656",
    "soạn tin 5656 báo số rác",
    "mẹ ck cho con 50k, 500.000đ, 500000đ",
    "otp năm 2026",
    "otp 30 phút",
    "sạc pin 5000 mah",
    "hết pin 15p, pin 20%, pin 30 phút",
    "mật khẩu 8 ký tự, mã otp 6 số, mã pin 4 số",
    "mật khẩu mạnh là gì",
    "đổi mật khẩu Zalo, bà chọn chữ to cho dễ nhìn, 15p",
    "em chỉ mẹ đặt mật khẩu, đặt xong lấy 20 phút",
    "em dạy bà mã OTP là gì, đặt lịch 7h30, 20 phút",
    "đổi mã pin xong, bà đặt lịch khám lúc 8h, 15p",
    "quét mã qr trả tiền, mẹ chọn 50000đ, 10p",
    "em đổi mật khẩu cho bà năm 2026, 10p",
    "mật khẩu: facebook và zalo",
    "mật khẩu là phải dài",
    "pass wifi 20 phút",
    "mk ck 50000 đồng cho bà",
    "nạp 200k, tiền điện 450000 đồng, 1.500.000đ",
    "otp 20-11-2026",
    "gọi 19001009 hoặc 18001091",
    "bác tổ 12 khu 5, lớp 7a2, vneid mức 2",
    "mk đọc mã hai lần",
    "web dichvucong.gov.vn",
    "từ 19h đến 19h30",
]


@pytest.mark.parametrize(("said", "kept", "kind"), SECRETS)
def test_a_secret_is_hidden_and_named(said: str, kept: str, kind: Secret) -> None:
    masked = mask(said)
    assert (masked.text, masked.kinds) == (kept, frozenset([kind]))


@pytest.mark.parametrize("said", NO_SECRETS)
def test_what_is_no_secret_stays(said: str) -> None:
    assert (mask(said).text, mask(said).kinds) == (said, frozenset())


@pytest.mark.parametrize(("said", "secrets"), [line for line in LINES_WITH_SECRETS if BEYOND_US not in line[0]])
def test_nothing_secret_is_left_of_what_people_may_write(said: str, secrets: list[str]) -> None:
    masked = mask(said)
    assert [secret for secret in secrets if secret in masked.text] == []
    assert secrets or masked.text == said


def test_several_secrets_of_a_line_are_all_hidden() -> None:
    masked = mask("mk là thim1975@, otp 482913, gọi 0912345678")
    assert masked.text == "mk là •••, otp •••, gọi •••"
    assert masked.kinds == {"password", "otp", "phone"}


def test_letters_typed_in_parts_hide_as_well() -> None:
    assert mask("ma\u0323\u0302t kha\u0302\u0309u la\u0300 Hoa2011").kinds == {"password"}


LINES = st.lists(
    st.one_of(
        st.from_regex(r"[0-9]{1,22}", fullmatch=True),
        st.sampled_from(["mã", "otp", "mk", "là", ":", "-", ".", " ", "p", "phút", "bà", "+84", "•••", "Hoa2011!"]),
        st.text("aâbdếmớxđ'\"/", max_size=4).filter(lambda text: text[:1] not in ("đ", "d")),
    ),
    max_size=12,
).map(" ".join)


@given(LINES)
def test_masking_twice_is_masking_once(line: str) -> None:
    once = mask(line)
    assert mask(once.text) == type(once)(once.text, frozenset())


@given(LINES)
def test_no_run_of_six_or_of_nine_and_more_digits_survives(line: str) -> None:
    runs = re.findall(r"[0-9]+", mask(line).text)
    assert [run for run in runs if len(run) == 6 or len(run) > 8] == []
