"""What the tests of the content share."""

import shutil
from pathlib import Path

import pytest

from content import FOLDER


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the content to break."""
    shutil.copytree(FOLDER, tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "content"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The same with three lessons, soon copied and read; that other skills have no lesson then is told as well."""
    kept = ("wifi", "am-luong", "du-lieu-di-dong")

    def left_out(folder: str, names: list[str]) -> list[str]:
        lessons = Path(folder).name == "lessons"
        return [
            name
            for name in names
            if name.endswith((".py", "__pycache__")) or (lessons and name.split(".")[0] not in kept)
        ]

    shutil.copytree(FOLDER, tmp_path / "content", ignore=left_out)
    return tmp_path / "content"
