"""What a line says was learned: specific skills first, an app's name only when nothing better was said."""

from collections.abc import Collection, Iterable, Sequence

from bot.rules.reading.line import Line, longest
from bot.rules.reading.matcher import Tag


def find(line: Line, taken: Collection[int]) -> list[Tag]:
    """The skill phrases that count, in the order of the line."""
    rivals = [*line.words("not_skills"), *line.tags("outcome")]
    everything = [tag for tag in line.tags("skill", "generic", "vague") if not _is_doubtful(line, tag)]
    chosen = [tag for tag in longest([*everything, *rivals], taken) if tag.kind in ("skill", "generic", "vague")]
    specific = [tag for tag in chosen if tag.kind == "skill"]
    generic = [tag for tag in chosen if tag.kind == "generic" and _counts(line, tag, specific)]
    if not specific:
        generic = [tag for tag in generic if not _is_means(line, tag)] or generic
    found = sorted([*specific, *generic], key=lambda tag: tag.start)
    return found or [tag for tag in chosen if tag.kind == "vague"][:1]


def _is_doubtful(line: Line, tag: Tag) -> bool:
    """ "ban đầu" is no "bán" where the writer uses marks."""
    return line.marked and tag.size == 1 and tag.loose > 0 and tag.kind != "skill"


def codes(tags: Iterable[Tag]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.value for tag in tags))


def _counts(line: Line, tag: Tag, specific: Sequence[Tag]) -> bool:
    """An app's name beside a specific skill counts only when it is listed as one more thing."""
    if not specific:
        return True
    if any(_family(tag) == _family(other) for other in specific):
        return False
    return not _is_means(line, tag) and any(_listed(line, tag, other) for other in specific)


def _listed(line: Line, tag: Tag, other: Tag) -> bool:
    """ "vneid với gọi video", "gọi video, cài vneid": side by side, one joining word between."""
    first, second = sorted((tag, other), key=lambda either: either.start)
    joined = line.word("joins", first.end)
    return bool(joined) and joined <= second.start and _lead(line, second) <= joined


def _family(tag: Tag) -> str:
    return tag.value.split("_", maxsplit=1)[0]


def _lead(line: Line, tag: Tag) -> int:
    """Where the phrase begins once "cài", "dùng", "app" before it are counted in."""
    start = tag.start
    while start and any(lead.end == start for lead in line.words("leads")):
        start = min(lead.start for lead in line.words("leads") if lead.end == start)
    return start


def _is_means(line: Line, tag: Tag) -> bool:
    """ "qua app momo", "trên zalo": the way, not the thing learned."""
    return line.before("via", tag.start) or line.before("via", _lead(line, tag))
