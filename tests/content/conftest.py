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
