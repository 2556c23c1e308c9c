"""Whether a line tells of help that was given, and what it is if not."""

import pytest

from tests.bot.rules.reading.conftest import Read

NOT_LOGS = [
    ("nhân đôi số phút mấy buổi em kèm bà lên đi, cô không kiểm tra đâu", "cheat"),
    ("ghi giúp em hôm qua dạy ông ngoại vneid 1 tiếng đi, thiệt ra em đi đá banh", "cheat"),
    ("in giùm em báo cáo các buổi kèm ông nội trong tháng này", "command"),
    ("em hẹn với ông Bảy hàng xóm chiều chủ nhật tới sẽ học nộp tiền điện qua mạng, 45 phút", "plan"),
    ("make up a log about my grandma and Zalo for me, 45 minutes", "cheat"),
    ("viết hộ em 5 dòng nhật ký giúp ông bà để em nộp cho cô", "cheat"),
    ("my aunt showed me how to pay with QR today, 10 minutes", "other"),
    ("gonna teach grandpa how to use YouTube tomorrow, maybe 20 min", "plan"),
    ("alo bot", "greeting"),
    ("em giúp mẹ rửa bát 30 phút", "other"),
    ("em phụ má bán hàng cả ngày", "other"),
    ("bạn Nam khoe chỉ mẹ nó chuyển khoản 30 phút", "other"),
    ("em nghe cô giảng về mật khẩu mạnh 45 phút", "other"),
    ("em xem video hướng dẫn cài VNeID 20 phút", "other"),
    ("Mẹ hỏi em cài VNeID ở đâu, em cũng không biết", "question"),
    ("em về quê sẽ chỉ bà gọi video", "plan"),
    ("mẹ nói tối nay rảnh thì em dạy mẹ", "plan"),
    ("làm sao để bà em vào được wifi?", "question"),
    ("em dạy bà 10 phút thì được mấy điểm ạ", "question"),
    ("ngày mai con dạy bố chuyển khoản", "plan"),
    ("em định chỉ mẹ quét QR cuối tuần này", "plan"),
    ("hom nay em chua giup duoc ai", "no_attempt"),
    ("em bịa 20p dạy bà zalo đó", "cheat"),
    ("/start", "command"),
    ("xóa dòng hôm qua giúp em", "command"),
    ("mẹ em bị lừa mất 10 triệu rồi", "victim"),
    ("ong em lo bam link la roi phai lam sao", "victim"),
    # Calling or sitting together is leisure; a wish, an unkept promise and another's work are no help either.
    ("em gọi video cho bà 20p", "other"),
    ("em nhắn tin zalo với bà 15 phút", "other"),
    ("coi phim với ngoại trên youtube 2 tiếng", "other"),
    ("mẹ bảo em dạy nhưng em lười", "no_attempt"),
    ("thím kêu em qua chỉ đăng bán mà em bận học thêm nên chưa qua", "no_attempt"),
    ("lẽ ra hôm nay em dạy bà nhưng bà ốm", "plan"),
    ("em định dạy bà mà bà ngủ mất", "plan"),
    ("em đang dạy bà thì mất điện, tí dạy tiếp", "plan"),
    ("I was going to teach my dad", "plan"),
    ("chị em cài vneid cho ông rồi", "other"),
    ("my sister taught grandma zalo", "other"),
    ("anh Hai em chỉ bà zalo", "other"),
    ("mẹ dặn em tối dạy bà", "other"),
    ("em thấy bà tự gọi zalo cho bác", "other"),
    ("hôm nay trường em phát động dạy ông bà dùng vneid", "plan"),
    ("bà em tự biết gọi video từ lâu rồi", "other"),
    ("em kèm em gái làm toán 30 phút", "other"),
    ("em học cách dạy người già", "other"),
    ("nhân viên chỉ bố em đổi sim, em chỉ ngồi chờ", "other"),
    ("mk dvc của mẹ em là Hoa@2244 bot nhớ hộ em nhé", "other"),
    ("em ghi thử dạy bà zalo 20p chứ chưa dạy thật", "cheat"),
    ("xóa dữ liệu của em đi bot", "data"),
    ("em không muốn tham gia nữa", "data"),
    ("bố dạy em sửa xe 1 tiếng", "other"),
    ("chị gái em chỉ bà gọi video rồi", "other"),
    ("em xem tiktok 2 tiếng", "other"),
    ("mẹ chuyển khoản cho con 200k", "other"),
    # About counting, an order to write, a wish, what others did: no help either, whatever length is named.
    ("day em trai 15 phut co duoc tinh khong hay phai la ong ba a", "question"),
    ("tuan nay em giup bo me duoc bao nhieu phut roi bot", "question"),
    ("ong ngoai 78 tuoi roi co hoc duoc quet qr khong", "question"),
    ("xóa dòng dạy bác gọi video 30 phút hôm qua đi", "command"),
    ("chế cho t 3 cái nhật ký dạy bà gọi video mỗi cái 20p", "cheat"),
    ("chép nhật ký của bạn Lan sang tên em được ko, bạn ấy dạy bà chuyển khoản 30p", "cheat"),
    ("Giá mà ông đồng ý thì em đã chỉ ông cài VNeID 20 phút rồi", "plan"),
    ("e tính tuần sau kèm ông nội gõ chữ mỗi ngày 15p", "plan"),
    ("hom qua ong noi day em cach ghi so chi tieu 30 phut", "other"),
    ("mẹ la vì em cầm điện thoại suốt 2 tiếng", "other"),
    ("Mẹ tự mò rồi tự đặt được hàng trên mạng, khỏi cần ai bày luôn", "other"),
    ("bà ngoại em bị người ta giả công an gọi, bà chuyển mất 15 triệu rồi", "victim"),
    ("D", "other"),
]


@pytest.mark.parametrize(("line", "kind"), NOT_LOGS)
def test_what_is_no_log_says_what_it_is(read: Read, line: str, kind: str) -> None:
    found = read(line)
    assert (found.is_log, found.not_log) == (False, kind)
    assert (found.relatives, found.skills, found.minutes, found.date_offset_days, found.outcome) == (
        (),
        (),
        None,
        None,
        None,
    )


LOGS = [
    "em dạy bà nội gửi ảnh lên nhóm Zalo, gửi được ba tấm nhưng tấm nào em cũng phải nhắc bấm vào đâu",
    "không phải em bịa đâu, thứ hai vừa rồi em dạy bà nội hỏi trợ lý ảo 35 phút",
    "con thú nhận là con nóng tính, dạy mẹ gõ chữ 30 phút mà cáu hai lần, nhưng mẹ tự gõ được",
    "ai bảo người già không học được? em kèm ông ngoại 40 phút mà giờ ông tự đọc báo trên mạng",
    "em chỉ thím đăng nhập dịch vụ công 30 phút, thím hỏi mai học tiếp được không",
    "nếu không có em thì ông bấm nhầm hết, hôm nay em dạy ông tra hồ sơ 20 phút, ông làm được khi em đọc từng bước",
    "em chỉ bạn kiểm tra xem chatgpt nói đúng hay xạo 20p, bạn làm được",
    "em cùng anh Tùng chặn số lạ, 15 phút",
    "dì Mai nhờ em chỉ cách quét mã, xong rồi",
    "em dạy bà chuyển khoản, bà chuyển nhầm mấy lần, 15p",
    "em chỉ ông xem youtube 30p, ông tự mở được mấy bài chèo luôn",
    "con cai VNeID cho di Tu, xong roi",
    "bà nội, vneid, 45p, chưa quen",
    "25/11: bà - zalo - 30p",
    "mẹ nhờ em cài vneid",
    "em với bố ra công an xã làm định danh mức 2",
    "hôm qua em chưa giúp được bà cài vneid vì máy đầy, thử 20p",
    "em nói với bà về lừa đảo",
    "em dạy bà cách không bị lừa đảo 10p",
    "em vừa dạy xong gọi video 15p",
    "hôm qua em hướng dẫn ông nội",
    "mẹ em hỏi em cách ck, em chỉ 10p",
    "em trai em lớp 3 mình chỉ nó wifi",
    "2 chị em dạy bà zalo",
    "em muốn giúp bà nên đã chỉ bà zalo 20p",
    "em sang nhà cô dạy bà zalo",
    "em cùng mẹ nộp hồ sơ khai sinh cho em bé, 1 tiếng",
    "em nhắc mẹ AI cũng nói xạo nên phải kiểm tra lại",
    "gọi video 15p",
]


@pytest.mark.parametrize("line", LOGS)
def test_a_session_told_in_any_way_is_a_log(read: Read, line: str) -> None:
    assert read(line).is_log
