"""Not this log after all, not so, or one that is saved."""

import pytest

from bot.rules.second_thoughts import gist, leaves, mends, names_a_line


@pytest.mark.parametrize(
    "said",
    [
        *("thôi", "Thôi!", "thoi", "thôi khỏi", "thoi khoi", "bỏ đi", "bo di", "hủy", "huỷ", "huy", "hủy bỏ đi"),
        *("không ghi nữa", "khong ghi nua", "thôi em không ghi đâu", "ko muốn ghi nữa ạ", "dạ thôi, không ghi nữa"),
        *("đừng lưu nhé", "em không cần ghi đâu", "xóa đi", "bỏ buổi này đi", "cho em hủy", "thôi bot ơi", "khỏi"),
        *("never mind", "nevermind", "cancel", "Cancel it please", "forget it", "don't save it", "do not log this"),
    ],
)
def test_the_log_being_told_is_left(said: str) -> None:
    assert leaves(said)


@pytest.mark.parametrize(
    "said",
    [
        *("", "mẹ thôi", "chỉ mẹ thôi", "bà thôi", "thôi mẹ", "thôi nhắc", "thôi 30 phút", "bo", "bỏ", "bố đi"),
        *("không", "chưa", "chưa làm được", "không ghi được căn cước", "em chỉ bà hủy gói cước 20p", "hủy gói cước"),
        *("không phải bà, là mẹ", "never", "mom", "cancel the internet plan for mom", "xóa dòng hôm qua", "thôi " * 50),
    ],
)
def test_an_answer_leaves_nothing(said: str) -> None:
    assert not leaves(said)


@pytest.mark.parametrize(
    "said",
    [
        *("xóa dòng hôm qua", "xoá dòng hôm qua", "xoa dong hom qua", "xóa nhật ký hôm qua", "xoa nhat ky hom qua"),
        *("sửa dòng hôm qua", "sua dong hom qua", "rút lại dòng giúp bà", "rut lai dong giup ba", "hủy dòng giúp mẹ"),
        *("xóa giúp em dòng vừa ghi", "em muốn xóa buổi hôm qua", "bot ơi sửa cho em buổi thứ hai", "xóa buổi 2"),
        *("làm sao để xóa dòng ghi nhầm?", "bỏ lượt trùng đi", "ghi nhầm dòng hôm qua rồi", "đổi lại buổi tối qua"),
        *("delete my log", "delete yesterday's log", "How do I edit my last session?", "withdraw the log of yesterday"),
    ],
)
def test_a_line_of_the_logbook_is_to_be_changed(said: str) -> None:
    assert names_a_line(said)
    assert mends(said)


@pytest.mark.parametrize(
    "said", ["sửa", "sửa lại giúp em", "sua lai", "xóa", "ghi nhầm rồi", "ghi nham roi", "nhập sai số phút", "undo"]
)
def test_without_a_log_being_told_these_are_of_a_saved_one_too(said: str) -> None:
    assert mends(said)
    assert not names_a_line(said)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "",
            "xóa nhật ký cuộc gọi cho bà 20p",
            "sửa dòng chữ cho mẹ to lên 10p",
            "hủy lượt khám giúp bà",
            "hủy",
            "thôi",
        ),
        *(
            "em chỉ bà xóa dòng tin nhắn rác 20p",
            "sua dong ho cho ba",
            "đổi lịch khám",
            "xem điểm",
            "đổi tên",
            "báo cáo",
        ),
        *("giúp bà 20p", "em xóa ảnh cho mẹ 15p", "delete photos for mom 20 minutes", "xóa dữ liệu của em"),
    ],
)
def test_help_and_other_wishes_change_no_saved_line(said: str) -> None:
    assert not mends(said)


def names(words: str) -> set[str]:
    """A reader of few words."""
    spoken = {
        "bà": "who",
        "ba": "who",
        "mẹ": "who",
        "me": "who",
        "mom": "who",
        "phút": "length",
        "qua": "day",
        "nay": "day",
    }
    return {spoken[word] for word in words.split() if word in spoken} | ({"outcome"} if "được" in words else set())


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ("mẹ", "mẹ"),
        ("mẹ ạ", "mẹ"),
        ("mẹ được không?", "mẹ"),
        ("không phải bà, là mẹ", "mẹ"),
        ("khong phai ba, la me", "me"),
        ("không phải bà mà là mẹ ạ", "mẹ"),
        ("mẹ chứ không phải bà", "mẹ"),
        ("hôm qua chứ không phải hôm nay", "hôm qua"),
        ("không phải 20 phút mà 30 phút", "30 phút"),
        ("sao lại là bà? mẹ mà", "mẹ mà"),
        ("ghi nhầm, là mẹ", "mẹ"),
        ("sửa lại 30 phút", "30 phút"),
        ("sửa người: mẹ", "mẹ"),
        ("actually mom", "mom"),
        ("not ba, it's mom", "mom"),
        ("mom, not ba", "mom"),
        ("bà không phải hỏi nữa", "bà không phải hỏi nữa"),
        ("không phải nhắc nữa là làm được", "không phải nhắc nữa là làm được"),
        ("làm sao để tải VNeID?", "làm sao để tải VNeID?"),
        ("chưa", "chưa"),
        ("ạ?", "ạ?"),
        ("ghi nhầm rồi", ""),
        ("sai rồi", ""),
        ("không đúng", ""),
        ("sửa", ""),
        ("em ghi sai ngày", ""),
        ("that's wrong", ""),
        ("không phải bà, là mẹ " * 10, "không phải bà, là mẹ " * 10),
    ],
)
def test_of_a_correction_holds_what_is_said_instead(said: str, holds: str) -> None:
    assert gist(said, names) == holds
