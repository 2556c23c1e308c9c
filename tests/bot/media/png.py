"""Reads the pixels of a PNG of 8 bits a channel, to see where there is ink."""

import struct
import zlib


def pixels(picture: bytes) -> list[bytes]:
    """The rows, each four bytes a pixel (https://www.w3.org/TR/png/#9Filters)."""
    width, height, depth, colour = struct.unpack(">IIBB", picture[16:26])
    assert (depth, colour) == (8, 6), "typst writes RGBA"
    at, packed = 8, b""
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        if picture[at + 4 : at + 8] == b"IDAT":
            packed += picture[at + 8 : at + 8 + length]
        at += 12 + length
    raw, rows, before = zlib.decompress(packed), [], bytearray(4 * width)
    for number in range(height):
        start = number * (4 * width + 1)
        before = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + 4 * width]), before)
        rows.append(bytes(before))
    return rows


def size(picture: bytes) -> tuple[int, int]:
    """Width and height."""
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def _unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    for at in range(len(row)):
        left, up = row[at - 4] if at >= 4 else 0, above[at]
        corner = above[at - 4] if at >= 4 else 0
        row[at] = (row[at] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) & 255
    return row


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
