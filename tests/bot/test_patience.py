"""How long to wait between tries."""

from bot.patience import pauses


def test_pauses_grow_to_a_minute() -> None:
    pause = pauses()
    assert [next(pause) for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]
