"""Voices that people recorded."""

from pathlib import Path

from content import recordings


def test_a_recording_is_found_by_its_step_and_its_language(tmp_path: Path) -> None:
    voices = tmp_path / "ma-otp" / "voice"
    voices.mkdir(parents=True)
    for name in ("1.m4a", "end.mp3", "2.en.ogg"):
        (voices / name).write_bytes(b"somebody's voice")

    def found(part: str, language: str) -> Path | None:
        return recordings.find(tmp_path, "ma-otp", part, language)

    assert (found("1", "vi"), found("end", "vi"), found("2", "en")) == (
        voices / "1.m4a",
        voices / "end.mp3",
        voices / "2.en.ogg",
    )
    assert found("2", "vi") is found("1", "en") is recordings.find(tmp_path, "wifi", "1", "vi") is None
    assert recordings.misnamed(tmp_path, "ma-otp", 4) == []
    assert recordings.misnamed(tmp_path, "ma-otp", 1) == ["2.en.ogg"]
    assert recordings.misnamed(tmp_path, "wifi", 1) == []
