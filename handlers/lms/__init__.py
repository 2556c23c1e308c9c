"""The lessons as one SCORM 1.2 package for a school's LMS, which is also a folder of plain pages.

Why SCORM 1.2 and how an LMS reads it: docs/decisions/0010. The same content gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import content
from bot.texts import _, locale
from handlers import lesson_words
from handlers.lms import manifest, pages
from handlers.lms.lesson import taught

SHARED = ("lesson.css", "lesson.js")
_HERE = Path(__file__).parent
# The beginning of a zip file's calendar: when the file was written is none of its content.
_ALWAYS = (1980, 1, 1, 0, 0, 0)


def package(slugs: Iterable[str]) -> bytes:
    """These lessons as a zip file: an LMS reads imsmanifest.xml, a person opens index.html."""
    lessons = [taught(slug) for slug in slugs]
    shelves = [
        manifest.Shelf(slug, lesson_words.topic(slug), tuple(held))
        for slug in content.topics()
        if (held := [manifest.Lesson(one.slug, one.title) for one in lessons if one.topic == slug])
    ]
    title = _("Học Vụ Số: kỹ năng số cho mọi nhà")
    files = {
        "imsmanifest.xml": manifest.written(f"hocvuso-{locale()}", title, shelves, SHARED),
        "index.html": pages.index(title, shelves),
        **{name: (_HERE / name).read_text(encoding="utf-8") for name in SHARED},
        **{manifest.page_of(one.slug): pages.lesson(one) for one in lessons},
    }
    return _zipped(files)


def _zipped(files: dict[str, str]) -> bytes:
    page = io.BytesIO()
    # Stored, not packed: another zlib packs the same words into other bytes.
    with zipfile.ZipFile(page, "w", zipfile.ZIP_STORED) as package:
        for name, text in files.items():
            about = zipfile.ZipInfo(name, _ALWAYS)
            about.create_system, about.external_attr = 3, 0o644 << 16
            package.writestr(about, text.encode("utf-8"))
    return page.getvalue()
