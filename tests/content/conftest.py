"""What the tests of the content share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from content import FOLDER, check


# Copying all of it for each test took longer than most tests: what a test broke is put right after it.
def mended(folder: Path) -> Iterator[Path]:
    """A folder to break; afterwards every file is as it was."""
    before = {path: path.read_bytes() for path in files(folder)}
    yield folder
    for path in files(folder) - before.keys():
        path.unlink()
    for path, content in before.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def whole_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "content"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


@pytest.fixture
def broken(whole_copy: Path) -> Iterator[Path]:
    """A copy of the content to break."""
    yield from mended(whole_copy)


@pytest.fixture(scope="session")
def small_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kept = ("wifi", "am-luong", "du-lieu-di-dong")

    def left_out(folder: str, names: list[str]) -> list[str]:
        lessons = Path(folder).name == "lessons"
        return [
            name
            for name in names
            if name.endswith((".py", "__pycache__")) or (lessons and name.split(".")[0] not in kept)
        ]

    folder = tmp_path_factory.mktemp("small") / "content"
    shutil.copytree(FOLDER, folder, ignore=left_out)
    return folder


@pytest.fixture
def few(small_copy: Path) -> Iterator[Path]:
    """The same with three lessons, soon read; that other skills have no lesson then is told as well."""
    yield from mended(small_copy)


@pytest.fixture(scope="session")
def told_of_few(small_copy: Path) -> list[str]:
    """What is told of the three lessons when nothing is broken."""
    return check.everything(small_copy)
