"""What was learned: the specific before the app's name, the app's name before nothing."""

import pytest

from tests.bot.rules.reading.conftest import Read

SKILLS = [
    ("zalo", "ZALO_CHAT"),
    ("bật loa ngoài khi nghe máy", "DT_COBAN"),
    ("quét qr trả tiền xăng", "QR_TRA"),
    ("đặt cơm trên grab", "MUASAM"),
    ("kiểm tra xem tin bão có thật không", "TINGIA"),
    ("không kể tên trường với người lạ trên mạng", "RIENGTU"),
    ("gọi zalo", "ZALO_VIDEO"),
    ("đổi mật khẩu zalo", "AT_MATKHAU"),
    ("chặn người lạ zalo", "ZALO_ANTOAN"),
    ("gửi ảnh qua zalo", "ZALO_CHAT"),
    ("vneid", "VNEID_CAI"),
    ("vneid mức 2", "VNEID_MUC2"),
    ("tích hợp bhyt vào vneid", "VNEID_GIAYTO YTE_BHYT"),
    ("nhận trợ cấp trên vneid", "VNEID_KHAC"),
    ("sổ sức khỏe điện tử trên vneid", "YTE_SOSK"),
    ("dvc", "DVC_NOP"),
    ("đăng nhập dvc", "DVC_TAIKHOAN"),
    ("tìm thủ tục trên dvc", "DVC_TIM"),
    ("tra cứu hồ sơ trên dvc", "DVC_TRACUU"),
    ("app ngân hàng", "NH_SO"),
    ("ck trên app ngân hàng", "CK"),
    ("trả tiền điện qua momo", "HOADON"),
    ("sinh trắc học ngân hàng", "NH_STH"),
    ("quét mã trả tiền", "QR_TRA"),
    ("nhận tiền bằng mã qr", "CHO_QR"),
    ("đặt đồ ăn trên shopee", "MUASAM"),
    ("đăng bán cá trên facebook", "CHO_BAN"),
    ("tải app", "DT_APP"),
    ("tải app vietcombank", "NH_SO"),
    ("bật wifi và chụp màn hình", "DT_MANG DT_CHUP"),
    ("vneid với gọi video", "VNEID_CAI ZALO_VIDEO"),
    ("gọi video, cài vneid", "ZALO_VIDEO VNEID_CAI"),
    ("không bấm link lạ, không đưa otp", "AT_LINK AT_OTP"),
    ("hỏi AI", "AI_HOI"),
    ("dùng chat gpt rồi kiểm tra lại", "AI_HOI AI_KIEM"),
    ("nghe nhạc", "KHAC"),
    ("đọc báo trên mạng", "WEB_TIM"),
    ("gõ chữ", "DT_NHAPLIEU"),
    ("gọi 115", "DT_DANHBA"),
    ("báo số rác tới 156", "AT_CUOCGOI"),
    ("bình dân học vụ số", "MOOC"),
    ("ghi chi tiêu", "TIETKIEM"),
    ("đăng ký khám", "YTE_DATLICH"),
    ("trồng rau", ""),
    ("bán xoài trên facebook", "CHO_BAN"),
    ("đăng ký kinh doanh qua mạng", "DVC_NOP"),
    ("tra phạt nguội trên mạng", "DVC_TRACUU"),
    ("lưu danh bạ 5 phút, chụp ảnh 5 phút", "DT_DANHBA DT_CHUP"),
    ("bật tắt wifi", "DT_MANG"),
    ("xem tin giả trên facebook", "TINGIA"),
    ("thêm bằng lái xe của bà vào vneid", "VNEID_GIAYTO"),
    ("zalo, ban đầu bà sợ", "ZALO_CHAT"),
    ("bật xác minh 2 lớp cho zalo", "ZALO_ANTOAN"),
    ("cho zalo vào máy", "ZALO_CHAT"),
]


@pytest.mark.parametrize(("words", "codes"), SKILLS)
def test_what_was_learned_is_named(read: Read, words: str, codes: str) -> None:
    assert set(read(f"em dạy bà nội {words} 10p").skills) == set(codes.split())


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("ngoại nghe điện thoại người ta bảo trúng thưởng, em giải thích cho ngoại là lừa đảo 10p", "AT_LUADAO"),
        ("em giúp bà bật chữ to, bà đọc báo rõ hơn, 5 phút", "DT_HIENTHI"),
        ("em cài vneid cho bố, mã otp 552918, 30p xong", "VNEID_CAI"),
        ("mẹ - vneid mức 2 - 30p", "VNEID_MUC2"),
        ("em giúp thím trả tiền điện qua điện thoại 10 phút", "HOADON"),
        ("em chỉ bà quétQR trả tiền, bà quét được", "QR_TRA"),
        ("em chi ma chuyen khoan 15p, ma tu chuyen duoc", "CK"),
        ("bay o Nga luu so con trai vo danh ba 10p, so la 0905318274", "DT_DANHBA"),
        ("không học zalo nữa, em chuyển sang dạy u mua hàng shopee 30p", "MUASAM"),
        ("em cài vneid cho bố 30p, mã otp máy gửi về là 552918", "VNEID_CAI"),
        ("dạy mẹ vào vneid, mật khẩu của mẹ là Hoa!1980, 10p", "VNEID_CAI"),
        ("em dạy mẹ đặt mật khẩu là Hoa!1980, 10p", "AT_MATKHAU"),
    ],
)
def test_what_only_happened_around_the_help_was_not_taught(read: Read, line: str, codes: str) -> None:
    assert set(read(line).skills) == set(codes.split())


def test_a_forgotten_password_is_no_lesson_about_passwords(read: Read) -> None:
    assert read("em giúp mẹ đăng nhập dvc nhưng mẹ quên mật khẩu 10p").skills == ("DVC_TAIKHOAN",)
