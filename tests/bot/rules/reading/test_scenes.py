"""How a session went when it is told as a scene."""

import pytest

from tests.bot.rules.reading.conftest import Read

SCENES = [
    # The learner needs nobody.
    ("Con dạy bà phóng chữ to 15 phút, giờ bà muốn to nhỏ thế nào là bà kéo lấy", "TU_LAM"),
    ("Em chỉ bà tăng âm lượng, giờ bà vặn to vặn nhỏ tùy ý", "TU_LAM"),
    ("em tap cho bo tra tien nuoc 15p, bo lam tu dau den cuoi em khong phai nhac cau nao", "TU_LAM"),
    ("I taught my grandma a video call for 20 minutes. At first she hung up but then she could do it alone", "TU_LAM"),
    # The pupil is still needed.
    ("Dì tập ghi sổ thu chi với em 30 phút, cơ mà dòng nào cũng ới em ra chỉ", "CO_HO_TRO"),
    ("Em dạy bà quét QR 20 phút. Bà trả xong, nhưng tới chỗ nhập số tiền phải ngoảnh sang hỏi em", "CO_HO_TRO"),
    ("e hd mẹ đăng bán mít 1h, mẹ làm tới đâu em nhắc tới đó", "CO_HO_TRO"),
    # Now and then, or once and no more.
    ("e dạy e trai phân biệt fake news 15p, nó lúc đoán trúng lúc đoán trật", "CHUA_QUEN"),
    ("Em chỉ bà xem mục an sinh trên VNeID nửa tiếng. Bà mở ra được một lần rồi lại lạc mất chỗ", "CHUA_QUEN"),
    ("showed my grandma bigger text for 15 mins, she still taps the wrong icon a lot", "CHUA_QUEN"),
    # A thing breaks down, whoever sits before it.
    ("chieu nay em giup ong noi dang nhap dich vu cong 45 phut ma trang web trang tinh khong hien gi ca", "VUONG"),
    ("Em chỉ bác tra phạt nguội, trang web cứ xoay vòng không ra gì hết, đợi 20 phút rồi tắt", "VUONG"),
    ("Con hướng dẫn mẹ cài VNeID 40 phút, máy mẹ đời cũ quá không cho tải", "VUONG"),
    # Not wanted.
    ("Em dạy dì xem sổ sức khỏe 15 phút, dì gạt đi bảo không thích học", "TU_CHOI"),
    ("I explain fake police calls to my grandpa for 25 min, he say he don't want to learn this", "TU_CHOI"),
    # Nothing is told: a mood, an appointment, a hindrance that was the lesson itself.
    ("Em dạy bà cách tắt máy khi hết pin, 5 phút", "KHONG_RO"),
    ("em dạy bà đổi mật khẩu vì bà hay quên mật khẩu, 10p", "KHONG_RO"),
    ("Em chỉ chú gọi video cho con ở Úc, chú vui lắm, 20 phút", "KHONG_RO"),
    ("Em dạy anh nhận ra tin giả về bão, 15 phút, anh bảo nghe cũng hay", "KHONG_RO"),
]


@pytest.mark.parametrize(("line", "outcome"), SCENES)
def test_a_scene_tells_how_it_went(read: Read, line: str, outcome: str) -> None:
    assert read(line).outcome == outcome


def test_a_thing_does_not_refuse_and_a_person_does(read: Read) -> None:
    assert read("Em giúp bà cài VNeID 20 phút, máy bà cũ quá không cho tải").outcome == "VUONG"
    assert read("Em giúp bà cài VNeID 20 phút, bà không cho em động vào máy").outcome == "TU_CHOI"
