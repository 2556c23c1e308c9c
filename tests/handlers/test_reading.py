"""The reader of the content's own words."""

from datetime import datetime

from handlers.reading import reader


def test_the_reader_is_built_once() -> None:
    assert reader() is reader()


def test_the_reader_knows_the_words_of_the_content() -> None:
    moment = datetime.fromisoformat("2026-11-25T19:30:00+07:00")
    found = reader().read("hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r", moment)
    assert (found.relatives, found.skills) == (("BA_NGOAI",), ("ZALO_VIDEO",))
    assert (found.minutes, found.outcome) == (20, "TU_LAM")
