"""What is on the shelf is found by what it says; what is not there is None, and the words are enough."""

import shutil
import stat
import wave
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import content
from bot.media import build, pieces, programs
from bot.media.shelf import Shelf, put
from bot.port import EmptyShelf, Media, Reply, pack, unpack
from bot.texts import manner_for, speaking
from handlers.start import LEARNER_ADDRESSES, STAFF_ADDRESSES

DAY = date(2026, 11, 25)
TO_BA = manner_for("vi", "bà")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "media")


def lay(shelf: Shelf, *names: str) -> None:
    for name in names:
        put(shelf.folder / name, b"made")


def test_an_empty_shelf_has_nothing(shelf: Shelf) -> None:
    for empty in (shelf, EmptyShelf()):
        assert empty.step_card("ma-otp", 1) is empty.step_voice("ma-otp", 1) is empty.closing_voice("ma-otp") is None
        assert empty.lesson_picture("ma-otp") is empty.lesson_page("ma-otp") is None
    assert not shelf.folder.exists(), "asking writes nothing"
    assert EmptyShelf().thanks("Bà Lan", ("đã học xong 12 bài",), DAY) == ()


def test_what_is_there_comes_with_its_words(shelf: Shelf) -> None:
    with speaking(TO_BA):
        card, voice, page = pieces.card("ma-otp", 2), pieces.voice("ma-otp", 2), pieces.page("ma-otp")
        lay(shelf, card.file, voice.file("mp3"), page.file)
        found = shelf.step_card("ma-otp", 2)
        heard, printed = shelf.step_voice("ma-otp", 2), shelf.lesson_page("ma-otp")
    assert found == Media("picture", f"/media/{card.file}", card.alt)
    step = content.lessons()["ma-otp"].steps[1].text
    assert found is not None
    assert found.alt == f"Bước 2/4. {step}"
    assert heard is not None
    assert (heard.kind, heard.name("ogg")) == ("voice", voice.file("ogg"))
    assert printed is not None
    assert printed.alt == "Tờ A5 để in, bài “Mã OTP – chìa khóa nhà mình” (PDF)"


def test_words_without_an_address_are_made_once_for_everybody(shelf: Shelf) -> None:
    with speaking(TO_BA):
        to_her = pieces.card("ma-otp", 2).file
    with speaking(manner_for("vi", "ông")):
        assert pieces.card("ma-otp", 2).file == to_her
    with speaking(manner_for("en", "")):
        assert pieces.card("ma-otp", 2).file != to_her


def test_an_address_in_the_words_is_drawn_and_spoken_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = content.lessons()["ma-otp"]
    step = lesson.steps[0].model_copy(update={"text": "{You} không đọc OTP cho ai."})
    monkeypatch.setitem(content.lessons(), "ma-otp", lesson.model_copy(update={"steps": (step, *lesson.steps[1:])}))
    with speaking(TO_BA):
        assert (pieces.card("ma-otp", 1).data["text"], pieces.voice("ma-otp", 1).words) == (
            "Bà không đọc OTP cho ai.",
            "Bước 1. Bà không đọc ô tê pê cho ai.",
        )
        assert "Mình không đọc OTP cho ai." in pieces.picture("ma-otp").data["steps"], (
            "what is passed on is for whoever sees it"
        )
    files = {
        piece.file
        for piece in pieces.of_lesson("ma-otp")
        if isinstance(piece, pieces.Drawing) and piece.name == "ma-otp-1"
    }
    assert len(files) == len(pieces.ADDRESSES) + 1, "and one in English"


def test_everybody_the_bot_addresses_is_built_for() -> None:
    assert {*LEARNER_ADDRESSES, *STAFF_ADDRESSES, "em", "bạn"} <= set(pieces.ADDRESSES)


def test_a_recorded_voice_wins(tmp_path: Path) -> None:
    put(tmp_path / "1.m4a", b"somebody's voice")
    with speaking(TO_BA):
        voice = pieces.voice("ma-otp", 1)
    assert voice.recording is None
    recorded = replace(voice, recording=tmp_path / "1.m4a")
    assert recorded.file("mp3") != voice.file("mp3")
    assert recorded.file("mp3") == replace(recorded, words="changed").file("mp3")


def test_the_page_is_told_that_a_person_speaks(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voices = tmp_path / "lessons" / "ma-otp" / "voice"
    put(voices / "1.m4a", b"somebody's voice")
    content.lessons()  # read from the real folder before it is another one
    content.pronunciation()
    monkeypatch.setattr(content, "FOLDER", tmp_path)
    with speaking(TO_BA):
        lay(shelf, pieces.voice("ma-otp", 1).file("mp3"), pieces.voice("ma-otp", 2).file("mp3"))
        recorded, made = shelf.step_voice("ma-otp", 1), shelf.step_voice("ma-otp", 2)
    assert recorded is not None
    assert made is not None
    assert (recorded.human, made.human) == (True, False)
    assert unpack(pack([Reply("Nghe ạ.", media=(recorded, made))]))[0].media == (recorded, made)
    assert unpack('[["Nghe ạ.",[],[["voice","/media/x.mp3","Nghe"]]]]')[0].media == (
        Media("voice", "/media/x.mp3", "Nghe"),
    ), "kept before anybody recorded a voice"


@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "..%2fsecret.png",
        ".key",
        "thanks",
        "",
        "a/b.png",
        "x.html",
        "thanks-e30-" + 32 * "0" + ".png",
        "A.png",
    ],
)
def test_only_names_of_ours_are_opened(shelf: Shelf, name: str) -> None:
    put(shelf.folder.parent / "secret.png", b"not yours")
    lay(shelf, ".key", "x.html")
    assert shelf.file(name) is None


def test_a_certificate_is_its_own_address_and_drawn_when_looked_at(shelf: Shelf) -> None:
    with speaking(TO_BA):
        picture, document = shelf.thanks("bà Lan 🌸", ("đã học xong 12 bài",), DAY)
    assert (picture.kind, document.kind) == ("picture", "document")
    assert "bà Lan đã học xong 12 bài" in picture.alt
    assert [path.name for path in shelf.folder.iterdir()] == [".key"], "nothing about a person is kept"
    name, png = document.name(), picture.name()
    assert name
    assert png
    page, drawn = shelf.file(name), shelf.file(png)
    assert page is not None
    assert drawn is not None
    assert page.read_bytes().startswith(b"%PDF")
    assert drawn.read_bytes().startswith(b"\x89PNG")
    assert Shelf(shelf.folder).file(name) == page, "another process knows the same secret"
    assert shelf.file(name.replace("thanks-W", "thanks-X")) is None, "nobody writes their own"
    assert stat.S_IMODE((shelf.folder / ".key").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_costs_only_the_certificate(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file, no folder")
    assert Shelf(tmp_path / "media").thanks("bà Lan", ("đã học xong 12 bài",), DAY) == ()


def test_without_the_programs_pictures_are_built_and_the_message_names_them(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    built = build.build(shelf.folder, ["ma-otp"])
    assert (built.missing, built.wrong) == (["espeak-ng", "ffmpeg"], [])
    with speaking(TO_BA):
        assert shelf.step_card("ma-otp", 1)
        assert shelf.step_voice("ma-otp", 1) is None


@pytest.mark.skipif(bool(programs.missing()), reason="espeak-ng and ffmpeg make the voices (make media installs them)")
def test_a_spoken_step_has_three_forms_and_is_not_made_twice(shelf: Shelf) -> None:
    with speaking(TO_BA):
        voice = pieces.voice("ma-otp", 1)
    made = [build.make(shelf.folder, [], voice) for _ in range(2)]
    assert made == [(True, ""), (False, "")]
    starts = {suffix: (shelf.folder / voice.file(suffix)).read_bytes()[:4] for suffix in programs.SOUNDS}
    assert starts["ogg"] == b"OggS"
    assert starts["aac"][:2] in (b"\xff\xf1", b"\xff\xf9"), "ADTS, as Zalo takes it"
    assert starts["mp3"][:3] == b"ID3" or starts["mp3"][0] == 0xFF


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes a recording what channels take")
def test_a_recording_is_made_what_channels_take_without_a_synthetic_voice(shelf: Shelf, tmp_path: Path) -> None:
    recording = tmp_path / "1.wav"
    with wave.open(str(recording), "wb") as sound:
        sound.setparams((2, 2, 16000, 0, "NONE", ""))
        sound.writeframes(bytes(64000))
    with speaking(TO_BA):
        voice = replace(pieces.voice("ma-otp", 1), recording=recording)
    assert build.make(shelf.folder, ["espeak-ng"], voice) == (True, "")
    assert sorted(path.suffix for path in shelf.folder.iterdir()) == [".aac", ".mp3", ".ogg"]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg makes pictures small")
def test_what_is_no_sound_is_told(tmp_path: Path) -> None:
    with pytest.raises(programs.BrokenSound):
        programs.sounds(b"no sound at all")
