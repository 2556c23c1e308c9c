"""Who was helped: not the helper, not who was called, not a word that only looks like kin."""

import pytest

from tests.bot.rules.reading.conftest import Read

PEOPLE = [
    ("dạy bà nội zalo", "BA_NOI"),
    ("em dạy dì Hương zalo", "DI"),
    ("em dạy cô Hoa kế bên zalo", "HANG_XOM"),
    ("em dạy chú Tư đầu hẻm zalo", "HANG_XOM"),
    ("em chỉ mẹ tìm quán ăn gần nhà trên bản đồ", "ME"),
    ("day ba ngoai zalo", "BA_NGOAI"),
    ("dạy ba zalo nhé", "BO"),
    ("day ba zalo", "BA_HAY_BO"),
    ("day ba va me zalo", "BA_HAY_BO ME"),
    ("day ba me zalo", "BO ME"),
    ("dạy ông bà ngoại zalo", "ONG_NGOAI BA_NGOAI"),
    ("bày cho ôn mệ zalo", "ONG BA"),
    ("dạy cô chú zalo", "CO CHU"),
    ("chỉ cậu mợ zalo", "CAU MO"),
    ("dạy cụ cố zalo", "CU"),
    ("e chỉ u wifi", "ME"),
    ("em chỉ o wifi", "CO"),
    ("em dạy bà hàng xóm zalo, bà làm được", "HANG_XOM"),
    ("em dạy cô Lan hàng xóm zalo", "HANG_XOM"),
    ("em dạy bác bảo vệ gọi video, bác làm được", "NGUOI_KHAC"),
    ("em dạy cô bán nước quét qr", "NGUOI_KHAC"),
    ("em dạy mẹ bán rau trên zalo", "ME"),
    ("em dạy các cụ ở nhà văn hóa quét qr", "NGUOI_KHAC"),
    ("em dạy mẹ của bạn Hùng zalo", "NGUOI_KHAC"),
    ("em dạy bạn Hùng zalo", "BAN"),
    ("em dạy thím Ba zalo", "THIM"),
    ("em day duong Ba zalo", "DUONG"),
    ("em dạy anh Hai zalo", "ANH"),
    ("chi ba noi zalo", "BA_NOI"),
    ("em chi chi gai zalo", "CHI"),
    ("giup chi Hoa wifi", "CHI"),
    ("em giup di dat lich kham", "DI"),
    ("em cai app tinh tien cho bo 15 phut", "BO"),
    ("em giup ca ba ngoai va ong ngoai goi video zalo", "BA_NGOAI ONG_NGOAI"),
    ("em giúp thằng bạn gọi zalo", "BAN"),
    ("em giảng cho em Bin nhà em không đăng ảnh riêng tư", "EM"),
    ("con chup man hinh cho mo, 5 phut", "MO"),
    ("giup bo mo tai khoan", "BO"),
    ("em day me co dau tieng viet", "ME"),
    ("hôm nay 2 chị em chỉ ông zalo", "ONG"),
    ("em với bạn Minh chỉ bà zalo", "BA"),
    ("em dạy bà gọi video cho cậu ở Nhật", "BA"),
    ("em dạy bà nhắn tin cho mẹ và bố", "BA"),
    ("em dạy mẹ chuyển khoản cho bà", "ME"),
    ("em đặt lịch khám giúp bà", "BA"),
    ("em cài vneid cho bà", "BA"),
    ("cô ơi em dạy bố zalo", "BO"),
    ("dạ thưa cô em dạy bố zalo", "BO"),
    ("em dạy mẹ hỏi lại bác sĩ", "ME"),
    ("em dạy bà đọc nội dung tin giả", "BA"),
    ("cả 3 bà cháu cùng học wifi 10p", "BA"),
    ("em trai em lớp 3 em chỉ nó wifi", "EM"),
    # Only named: called, asking, owning, at whose house, for whose sake, or looking on.
    ("em dạy bà gọi cho cậu", "BA"),
    ("em dạy ông nội nhắn tin với bác Tư", "ONG_NOI"),
    ("em dạy bà xem ảnh chị họ gửi trên zalo", "BA"),
    ("em dùng điện thoại của mẹ dạy bà zalo", "BA"),
    ("em sang nhà cô dạy bà zalo", "BA"),
    ("em sang nhà bà ngoại chỉ bà zalo", "BA_NGOAI"),
    ("mẹ nhờ em dạy bà zalo", "BA"),
    ("mẹ nhờ em cài zalo cho bà", "BA"),
    ("bố bảo em chỉ ông wifi, ông làm được rồi", "ONG"),
    ("bố đi vắng nên em dạy mẹ zalo", "ME"),
    ("em dạy mẹ đặt khám để bà khỏi chờ", "ME"),
    ("em dạy bà zalo, mẹ khen em giỏi", "BA"),
    ("em dạy chị zalo, chị tự đặt cho cả bà", "CHI"),
    ("em cùng mẹ dạy bà zalo", "BA"),
    # Told of in their own clause they are learners too.
    ("em dạy bà gọi video, mẹ chuyển khoản, bố quét qr", "BA ME BO"),
    ("day me tra tien dien 10p va bo quet qr 15p", "ME BO"),
    ("em dạy cả bố lẫn mẹ zalo", "BO ME"),
    ("em dạy ông 10p, bà 15p zalo", "ONG BA"),
    # The teacher who reads the log, "có 10 phút", and other words that only look like kin.
    ("em dạy mẹ zalo, làm được rồi đó cô", "ME"),
    ("em chi me zalo, em chi co 10p", "ME"),
    ("em dạy bà zalo, bà bảo bà già rồi", "BA"),
    ("cau Thang nho em zalo, em chi 10p", "CAU"),
    ("em dạy mẹ của Lan zalo", "NGUOI_KHAC"),
    ("em dạy chú xe ôm đầu ngõ zalo", "NGUOI_KHAC"),
    ("em dạy bác 3 zalo", "BAC"),
    ("em dạy bà ngaoi zalo", "BA_NGOAI"),
    ("em dạy bà ngoaij zalo", "BA_NGOAI"),
    ("em dạy mej zalo", "ME"),
    ("teach my grandma zalo", "BA"),
    ("help mom and dad zalo", "BO ME"),
]


@pytest.mark.parametrize(("line", "codes"), PEOPLE)
def test_those_who_were_helped_are_named(read: Read, line: str, codes: str) -> None:
    assert set(read(line).relatives) == set(codes.split())


def test_the_order_of_the_line_is_kept(read: Read) -> None:
    assert read("em dạy mẹ, bố, bà ngoại zalo").relatives == ("ME", "BO", "BA_NGOAI")
