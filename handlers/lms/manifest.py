"""imsmanifest.xml of SCORM 1.2: one organization, an item per shelf, in it an item per lesson.

SCORM 1.2 Content Aggregation Model (https://adlnet.gov/projects/scorm/), sections 2.3.2 to 2.3.4, over
IMS Content Packaging 1.1.2. Moodle reads names with their prefix, so the prefix must be "adlcp" and the
package's own namespace the default one (mod/scorm/datamodels/scormlib.php, `scorm_get_manifest`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

PACKAGING = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_ORGANIZATION = "lessons"
_ASSETS = "shared"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as the table of contents shows it."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic with its lessons."""

    slug: str
    title: str
    lessons: tuple[Lesson, ...]


def page_of(slug: str) -> str:
    """Where a lesson's page is in the package."""
    return f"lessons/{slug}.html"


def written(identifier: str, title: str, shelves: Sequence[Shelf], shared: Sequence[str]) -> str:
    """The manifest as it is put into the package."""
    root = ElementTree.Element(
        "manifest", {"xmlns": PACKAGING, "xmlns:adlcp": ADL, "identifier": identifier, "version": "1.0"}
    )
    metadata = ElementTree.SubElement(root, "metadata")
    ElementTree.SubElement(metadata, "schema").text = "ADL SCORM"
    ElementTree.SubElement(metadata, "schemaversion").text = "1.2"
    organizations = ElementTree.SubElement(root, "organizations", {"default": _ORGANIZATION})
    organization = ElementTree.SubElement(organizations, "organization", {"identifier": _ORGANIZATION})
    ElementTree.SubElement(organization, "title").text = title
    resources = ElementTree.SubElement(root, "resources")
    for shelf in shelves:
        item = _item(organization, f"topic-{shelf.slug}", shelf.title)
        for lesson in shelf.lessons:
            _item(item, f"item-{lesson.slug}", lesson.title, f"lesson-{lesson.slug}")
            page = _resource(resources, f"lesson-{lesson.slug}", "sco", [page_of(lesson.slug)])
            ElementTree.SubElement(page, "dependency", {"identifierref": _ASSETS})
    _resource(resources, _ASSETS, "asset", list(shared))
    _resource(resources, "index", "asset", ["index.html"])
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _item(parent: ElementTree.Element, identifier: str, title: str, resource: str = "") -> ElementTree.Element:
    names = {"identifier": identifier} | ({"identifierref": resource} if resource else {})
    item = ElementTree.SubElement(parent, "item", names)
    ElementTree.SubElement(item, "title").text = title
    return item


def _resource(parent: ElementTree.Element, identifier: str, kind: str, files: Sequence[str]) -> ElementTree.Element:
    names = {"identifier": identifier, "type": "webcontent", "adlcp:scormtype": kind, "href": files[0]}
    resource = ElementTree.SubElement(parent, "resource", names)
    for file in files:
        ElementTree.SubElement(resource, "file", {"href": file})
    return resource
