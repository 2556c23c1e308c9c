"""Draws with typst: data in, a picture or a page out; a text that would be cut is an error."""

import json
import unicodedata
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import typst

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
TEMPLATES = FOLDER / "templates"
# A template may measure in any unit; at 72 dots an inch its points are the picture's.
DOTS = 72.0


class CannotDraw(Exception):
    """typst is missing, or the text does not fit; the reason."""


def png(template: str, data: dict[str, Any], dots: float = DOTS) -> bytes:
    """One page as a picture."""
    return _draw(template, data, "png", dots)


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """The page or pages as a PDF whose text can be selected and read aloud."""
    return _draw(template, data, "pdf", DOTS)


def written(data: dict[str, Any]) -> str:
    """The data as a template reads it: composed letters, for marks drawn where they belong."""
    return unicodedata.normalize("NFC", json.dumps(data, ensure_ascii=False, sort_keys=True))


def can_draw() -> bool:
    """Whether typst is installed."""
    try:
        import typst  # noqa: F401
    except ImportError:
        return False
    return True


@cache
def look() -> str:
    """A mark of all templates and letters: what was drawn with others is not the same picture."""
    files = sorted([*TEMPLATES.glob("*.typ"), *FONTS.glob("*.ttf")])
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


@cache
def _letters() -> "typst.Fonts":
    """Our letters and those inside typst, no others: the same words look the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _draw(template: str, data: dict[str, Any], form: Literal["png", "pdf"], dots: float) -> bytes:
    try:
        import typst  # 78 MB that only drawing needs
    except ImportError as error:
        raise CannotDraw("typst is not installed") from error
    try:
        drawn = typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_letters(),
            sys_inputs={"data": written(data)},
            format=form,
            ppi=dots,
        )
    except typst.TypstError as error:
        raise CannotDraw(str(error)) from error
    if not isinstance(drawn, bytes):
        raise CannotDraw("more than one page")
    return drawn
