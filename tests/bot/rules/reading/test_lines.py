"""Whole lines, as pupils write them: with marks, without, in shorthand, in dialect, in English."""

from datetime import datetime

import pytest

from bot.rules.reading import Reading
from handlers.reading import reader

WEDNESDAY_EVENING = datetime.fromisoformat("2026-11-25T19:30:00+07:00")


def read(line: str, *known: str) -> Reading:
    return reader().read(line, WEDNESDAY_EVENING, known)


WITH_MARKS = [
    (
        "Chiều qua em hướng dẫn bà nội tắt chuông điện thoại, 10 phút, bà làm được rồi.",
        "BA_NOI",
        "DT_COBAN",
        10,
        -1,
        "TU_LAM",
    ),
    ("Con chỉ bố cách đổi hình nền và tăng cỡ chữ, 15 phút.", "BO", "DT_HIENTHI", 15, 0, "KHONG_RO"),
    (
        "Hôm qua em dạy ông bà nội gọi Zalo cho chú ở Đà Nẵng, 25 phút.",
        "ONG_NOI BA_NOI",
        "ZALO_VIDEO",
        25,
        -1,
        "KHONG_RO",
    ),
    ("Em giúp mẹ đăng ký khám cho bà ngoại trên mạng, 20 phút, đặt xong rồi.", "ME", "YTE_DATLICH", 20, 0, "CO_HO_TRO"),
    ("Thứ năm tuần trước em dạy chú quét mã thanh toán, nửa giờ, chú tự quét được.", "CHU", "QR_TRA", 30, -6, "TU_LAM"),
    ("Em kèm bà 3 buổi, mỗi buổi 20 phút, bà gõ chữ có dấu còn chậm.", "BA", "DT_NHAPLIEU", 60, 0, "CHUA_QUEN"),
    (
        "Em hướng dẫn cô bán rau dán mã QR nhận tiền, hai mươi phút, cô mừng lắm.",
        "NGUOI_KHAC",
        "CHO_QR",
        20,
        0,
        "KHONG_RO",
    ),
    ("Em cùng chị gái dạy mẹ chặn cuộc gọi rác 15 phút.", "ME", "AT_CUOCGOI", 15, 0, "KHONG_RO"),
    ("Dạ thưa cô, em đã dạy bác Tám gửi ảnh qua Zalo 20 phút ạ.", "BAC", "ZALO_CHAT", 20, 0, "KHONG_RO"),
    (
        "Em giúp bố nộp hồ sơ cấp lại bằng lái, nhưng hệ thống quá tải nên chưa nộp được, 40 phút.",
        "BO",
        "DVC_NOP",
        40,
        0,
        "VUONG",
    ),
    (
        "Em dạy dì cách tạo mật khẩu mạnh và không đọc mã OTP cho ai, 30 phút, dì nhớ rồi.",
        "DI",
        "AT_MATKHAU AT_OTP",
        30,
        0,
        "TU_LAM",
    ),
    ("Mẹ không chịu học chuyển khoản, em mới chỉ 5 phút.", "ME", "CK", 5, 0, "TU_CHOI"),
    ("Cháu chỉ cụ nghe điện thoại, cụ lúc nhớ lúc quên, 15 phút.", "CU", "DT_DANHBA", 15, 0, "CHUA_QUEN"),
    ("Em chỉ ông xem bản đồ từ 18h30 đến 19h, ông làm chưa được.", "ONG", "WEB_TIM", 30, 0, "CHUA_DUOC"),
    (
        "Hôm kia em dạy mẹ tích hợp bằng lái xe vào VNeID, hơn 20 phút, đang chờ duyệt.",
        "ME",
        "VNEID_GIAYTO",
        20,
        -2,
        "KHONG_RO",
    ),
    (
        "Em giúp bác hàng xóm cài VNeID, bác phải nhìn giấy mới làm được, 45 phút.",
        "HANG_XOM",
        "VNEID_CAI",
        45,
        0,
        "CO_HO_TRO",
    ),
    ("Em hướng dẫn mẹ bạn Hoa mua vé xe trên mạng, 20 phút.", "NGUOI_KHAC", "MUASAM", 20, 0, "KHONG_RO"),
    ("Em nhờ bà thử bật đèn pin, bà bật được, 5 phút. Dạy bà vui lắm.", "BA", "DT_COBAN", 5, 0, "TU_LAM"),
    ("Ngày 19 em dạy anh họ khóa SIM khi mất máy, 15 phút.", "ANH", "AT_SIM", 15, -6, "KHONG_RO"),
    (
        "Em đọc cho ông nghe về tin giả rồi chỉ ông kiểm tra nguồn tin, 20 phút, ông hiểu rồi.",
        "ONG",
        "TINGIA",
        20,
        0,
        "TU_LAM",
    ),
]

WITHOUT_MARKS = [
    ("hom qua em day ba noi nhan tin zalo 15 phut, ba tu nhan duoc", "BA_NOI", "ZALO_CHAT", 15, -1, "TU_LAM"),
    ("em giup me tra tien nuoc 10p, me lam dc", "ME", "HOADON", 10, 0, "TU_LAM"),
    ("chi ba ngoai doi hinh nen 5p", "BA_NGOAI", "DT_HIENTHI", 5, 0, "KHONG_RO"),
    ("em chi chi dau ban hang online 40 phut", "CHI", "CHO_BAN", 40, 0, "KHONG_RO"),
    ("toi thu 2 em huong dan di Thu mo vi momo, nua tieng, di chua ranh", "DI", "NH_SO", 30, -2, "CHUA_QUEN"),
    ("em day ba coi thoi tiet 10 phut", "BA_HAY_BO", "WEB_TIM", 10, 0, "KHONG_RO"),
    ("ba muoi phut em giup co dat lich kham, co lam duoc", "CO", "YTE_DATLICH", 30, 0, "TU_LAM"),
    ("giup hang xom tra cuu phat nguoi 10p", "HANG_XOM", "DVC_TRACUU", 10, 0, "KHONG_RO"),
    ("em bay cho cau cach hoi chatgpt, 20p, cau biet lam roi", "CAU", "AI_HOI", 20, 0, "TU_LAM"),
    ("ong ngoai, vneid muc 2, 1 tieng, may cu qua nen chua xong", "ONG_NGOAI", "VNEID_MUC2", 60, 0, "VUONG"),
    ("day bo mo tai khoan ngan hang online 45p", "BO", "NH_SO", 45, 0, "KHONG_RO"),
    ("em day me ghi chi tieu tren dien thoai 15 phut", "ME", "TIETKIEM", 15, 0, "KHONG_RO"),
    ("me em hoc cai ung dung, em chi 10 phut", "ME", "DT_APP", 10, 0, "KHONG_RO"),
    ("em huong dan duong chup man hinh, 5 phut, duong van hay quen", "DUONG", "DT_CHUP", 5, 0, "CHUA_QUEN"),
]

SHORTHAND = [
    ("hnay e hd mẹ đk khám bv 20p ok r", "ME", "YTE_DATLICH", 20, 0, "TU_LAM"),
    ("hqua t chỉ ông nội qr 15' ông lm đc r nha", "ONG_NOI", "QR_TRA", 15, -1, "TU_LAM"),
    ("bố / ck / 10p / tự làm đc", "BO", "CK", 10, 0, "TU_LAM"),
    ("e vs mẹ xem bhyt trên vssid 1h mạng lag quá ko vô đc", "ME", "YTE_BHYT", 60, 0, "VUONG"),
    ("mk chỉ bà nội đổi mk zalo 10p r", "BA_NOI", "AT_MATKHAU", 10, 0, "KHONG_RO"),
    ("nay e dạy pama nhận diện scam 30p", "BO ME", "AT_LUADAO", 30, 0, "KHONG_RO"),
    ("baf nooij hocj goij video 15p, baf tuwj goij dduwowcj", "BA_NOI", "ZALO_VIDEO", 15, 0, "TU_LAM"),
    ("ba2 ngoa5i, wifi, 10p", "BA_NGOAI", "DT_MANG", 10, 0, "KHONG_RO"),
]

DIALECT = [
    ("Bữa ni con bày o cách gọi video, 20 phút, o mần được rồi", "CO", "ZALO_VIDEO", 20, 0, "TU_LAM"),
    ("Hồi chiều con chỉ má coi tin trên mạng, má rành rồi, 15 phút", "ME", "WEB_TIM", 15, 0, "TU_LAM"),
    ("Con chỉ tía má xài ví điện tử 40 phút, tía làm được còn má chưa quen", "BO ME", "NH_SO", 40, 0, "CHUA_QUEN"),
    ("bữa kia con bày cho mệ mở loa ngoài 10p", "BA", "DT_COBAN", 10, -2, "KHONG_RO"),
    ("Nội nhờ con coi giùm tiền điện, con chỉ nội 10 phút", "NOI", "HOADON", 10, 0, "KHONG_RO"),
    ("ba em hổng chịu học sinh trắc học, con chỉ có 5 phút", "BO", "NH_STH", 5, 0, "TU_CHOI"),
]

IN_ENGLISH = [
    ("I taught my grandpa to make a video call, 15 mins, he can do it now", "ONG", "ZALO_VIDEO", 15, 0, "TU_LAM"),
    ("showed mom how to scan QR code yesterday, 10 min, she still forgets", "ME", "QR_TRA", 10, -1, "CHUA_QUEN"),
    ("helped my aunt change password half an hour done", "DI", "AT_MATKHAU", 30, 0, "CO_HO_TRO"),
    ("taught dad about scams 20 minutes", "BO", "AT_LUADAO", 20, 0, "KHONG_RO"),
]


HARD_PLACES = [
    # Keyboard programs and fingers.
    (
        "em huớng dâẫn ông baà ngoaại nhắn tin zalo, 30 phtú, ông bà gửi được",
        "ONG_NGOAI BA_NGOAI",
        "ZALO_CHAT",
        30,
        0,
        "TU_LAM",
    ),
    ("em day ba noi doi mat khau wifi 20p, ba lam duoc roi", "BA_NOI", "DT_MANG", 20, 0, "TU_LAM"),
    ("con bay ngoai bat tat 5g, 10 phut, ngoai nho roi", "NGOAI", "DT_MANG", 10, 0, "TU_LAM"),
    # What was not taught is said first.
    ("Không phải em dạy bố đâu, em dạy anh cả tìm giá lúa trên mạng, 15 phút", "ANH", "WEB_TIM", 15, 0, "KHONG_RO"),
    ("Mẹ em không học chuyển khoản đâu, mẹ học quét mã QR, em chỉ 15 phút", "ME", "QR_TRA", 15, 0, "KHONG_RO"),
    # What it is for is no skill; what stood in the way neither.
    ("em chỉ bà bật 4G để gọi zalo, 5 phút", "BA", "DT_MANG", 5, 0, "KHONG_RO"),
    ("em chỉ bố tải VNeID để tích hợp bằng lái, 20 phút", "BO", "VNEID_GIAYTO", 20, 0, "KHONG_RO"),
    ("em dạy mẹ đăng nhập dịch vụ công 20 phút, mã OTP gửi về máy bố", "ME", "DVC_TAIKHOAN", 20, 0, "VUONG"),
    # Done, and what is still missing.
    ("em dạy mẹ gửi tin nhắn thoại 30 phút, mẹ gửi được mà hay thả tay sớm", "ME", "ZALO_CHAT", 30, 0, "CHUA_QUEN"),
    (
        "em dạy bà nghe tin nhắn thoại 20 phút, bà nghe được nhưng em vẫn phải bấm cùng",
        "BA",
        "ZALO_CHAT",
        20,
        0,
        "CO_HO_TRO",
    ),
    ("em chỉ bà gửi ảnh zalo 18 phút, bà gửi được, chẳng cần ai cầm tay", "BA", "ZALO_CHAT", 18, 0, "TU_LAM"),
    ("bà không chịu học quét mã, em năn nỉ 15 phút rồi chịu thua", "BA", "QR_TRA", 15, 0, "TU_CHOI"),
    # Who it was.
    ("hôm qua em qua nhà hàng xóm chỉ ông Tám bật wifi, 15 phút", "HANG_XOM", "DT_MANG", 15, -1, "KHONG_RO"),
    ("em dạy 2 đứa em họ đừng bấm link lạ, mỗi đứa 10 phút", "EM", "AT_LINK", 20, 0, "KHONG_RO"),
    ("Taught my grandma (mum's side) to make a video call, 20 mins", "BA_NGOAI", "ZALO_VIDEO", 20, 0, "KHONG_RO"),
    # Of two things in one breath the second describes the first, unless the first is broad.
    ("em chỉ bà xem số dư lương hưu 15 phút", "BA", "NH_SO", 15, 0, "KHONG_RO"),
    ("con chỉ má xài Zalo gọi hình cho dì Ba, 10 phút", "ME", "ZALO_VIDEO", 10, 0, "KHONG_RO"),
    ("em bày mẹ nhận ra tin giả với chặn số rác 20 phút", "ME", "TINGIA AT_CUOCGOI", 20, 0, "KHONG_RO"),
    ("em giúp mự Thơm khoá sim 20 phút", "MO", "AT_SIM", 20, 0, "KHONG_RO"),
    # Others stand by, come to call or go along; what they do is no skill.
    (
        "em bày ông nội phóng to chữ 20 phút, bố ngồi xem bóng đá bên cạnh, ông tự làm được",
        "ONG_NOI",
        "DT_HIENTHI",
        20,
        0,
        "TU_LAM",
    ),
    ("em chỉ bà nội zalo 15 phút, bà làm được rồi đi chợ với thím", "BA_NOI", "ZALO_CHAT", 15, 0, "TU_LAM"),
    ("em chỉ bà gọi video 15 phút, vừa xong thì có số lạ gọi dọa", "BA", "ZALO_VIDEO", 15, 0, "KHONG_RO"),
    ("em dạy mẹ 20 phút, dì 10 phút cách chặn số lạ, cả hai làm được", "ME DI", "AT_CUOCGOI", 30, 0, "TU_LAM"),
    ("em cùng bà làm sổ sức khỏe điện tử 20 phút, cô Út gọi hỏi rối rít", "BA", "YTE_SOSK", 20, 0, "KHONG_RO"),
    ("chị họ dạy em tích hợp bằng lái, em về chỉ lại cho bố 35 phút", "BO", "VNEID_GIAYTO", 35, 0, "KHONG_RO"),
    ("em giúp ông ngoại chứ không phải bà ngoại đọc báo mạng 20 phút", "ONG_NGOAI", "WEB_TIM", 20, 0, "KHONG_RO"),
    ("em bày thím đăng bán rau trên facebook 45 phút, thím đọc cho em gõ", "THIM", "CHO_BAN", 45, 0, "CO_HO_TRO"),
    # Numbers that are no length.
    ("em bày cố gọi 113 tới 20 phút mà cố chưa làm được", "CU", "DT_DANHBA", 20, 0, "CHUA_DUOC"),
    ("em giup ba ngoai lam so suc khoe dien tu 1h15", "BA_NGOAI", "YTE_SOSK", 75, 0, "KHONG_RO"),
]


SOUTHERN_SPELLING = [
    ("em giúp mợ đăn kí tài khoãng dịt vụ côn gần 1 tiến mà trang nó báo bão trì nên hong vô đượt", "MO", "DVC_TAIKHOAN", 60, 0, "VUONG"),
    ("em chĩ bà nội coi xổ xức khoẻ điện tữ trên mái 15p bà tự mỡ tự coi nuôn", "BA_NOI", "YTE_SOSK", 15, 0, "TU_LAM"),
    ("tối qua em chỉ bố dới mẹ nhận ra ngừi giã côn an gọi điện mỗi ngừi 15 phút cả hai hiễu rồi", "BO ME", "AT_LUADAO", 30, -1, "TU_LAM"),
    ("em chỉ cô út đăn bán xoài lên mạn 30p cô hong hỉu gì hết nên chưa đăn đượt bài nào", "CO", "CHO_BAN", 30, 0, "CHUA_DUOC"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "relatives", "skills", "minutes", "offset", "outcome"),
    [*SOUTHERN_SPELLING, *WITH_MARKS, *WITHOUT_MARKS, *SHORTHAND, *DIALECT, *IN_ENGLISH, *HARD_PLACES],
)
def test_a_line_becomes_a_log(line: str, relatives: str, skills: str, minutes: int, offset: int, outcome: str) -> None:
    found = read(line)
    assert found.is_log
    assert (set(found.relatives), set(found.skills)) == (set(relatives.split()), set(skills.split()))
    assert (found.minutes, found.date_offset_days, found.outcome) == (minutes, offset, outcome)


@pytest.mark.parametrize(
    ("known", "meant"),
    [
        ((), "BA_HAY_BO"),
        (("BO",), "BO"),
        (("BA_NGOAI",), "BA_NGOAI"),
        (("BA",), "BA"),
        (("BA_NOI", "BA_NGOAI"), "BA"),
        (("BO", "BA_NOI"), "BA_HAY_BO"),
        (("ME",), "BA_HAY_BO"),
    ],
)
def test_a_bare_ba_means_whom_the_pupil_has_helped(known: tuple[str, ...], meant: str) -> None:
    assert read("em day ba ck 10p", *known).relatives == (meant,)


@pytest.mark.parametrize(
    ("line", "known", "meant"),
    [
        ("dạy bà wifi 10p", ("BA_NOI",), "BA_NOI"),
        ("dạy bà wifi 10p", ("BA_NOI", "BA"), "BA"),
        ("chỉ ngoại wifi 10p", ("BA_NGOAI", "ONG_NOI"), "BA_NGOAI"),
        ("dạy ba wifi 10 phút", ("BA_NOI",), "BO"),
    ],
)
def test_a_vague_word_means_the_only_one_it_can(line: str, known: tuple[str, ...], meant: str) -> None:
    assert read(line, *known).relatives == (meant,)


def test_a_secret_is_read_over_and_reported() -> None:
    found = read("em giup me doi mk zalo thanh Hoa2011! 10 phut")
    assert found.masked_text == "em giup me doi mk zalo thanh ••• 10 phut"
    assert (found.secrets, found.relatives, found.skills) == (frozenset(["password"]), ("ME",), ("AT_MATKHAU",))


def test_a_line_without_a_relative_is_still_a_log() -> None:
    found = read("em vừa dạy xong cách quét mã QR 15p")
    assert (found.is_log, found.relatives, found.skills, found.minutes) == (True, (), ("QR_TRA",), 15)


def test_a_line_without_a_skill_is_still_a_log() -> None:
    found = read("Hôm qua em hướng dẫn bà ngoại 20 phút")
    assert (found.relatives, found.skills, found.date_offset_days) == (("BA_NGOAI",), (), -1)


def test_a_day_that_cannot_be_placed_is_left_open() -> None:
    assert read("hôm nọ em chỉ bà gửi ảnh zalo").date_offset_days is None


@pytest.mark.parametrize("line", ["", " ", "•••", "🙂🙂", "1", "?", "....", "a" * 2000, "bà " * 300])
def test_any_text_can_be_read(line: str) -> None:
    read(line)
