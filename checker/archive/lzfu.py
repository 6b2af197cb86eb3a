"""The packing of RTF in Outlook's files (MS-OXRTFCP): copies from the last 4096 bytes, at first from common words."""

from __future__ import annotations

import struct

LARGEST = 16 * 1024 * 1024  # bytes of RTF; pictures in it are skipped, yet somebody may pack a bomb
_HEADER = struct.Struct("<4x L 4s 4x")  # bytes of it all; bytes unpacked, how it is packed, a checksum
_PLAIN, _PACKED = b"MELA", b"LZFu"
_WINDOW = 4096
_START = (  # what a copy may be taken from before anything was unpacked (2.1.2.1)
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


class RtfError(ValueError):
    """RTF that cannot be read; why."""


def unpacked(data: bytes, largest: int = LARGEST) -> bytes:
    """The RTF in a PidTagRtfCompressed. largest: bytes at most. Raises RtfError."""
    if len(data) < _HEADER.size:
        raise RtfError("cut off")
    size, packing = _HEADER.unpack_from(data)
    if packing == _PLAIN and len(data) <= largest:
        return data[_HEADER.size : _HEADER.size + size]
    if packing == _PACKED:
        return _unpacked(data, largest)
    raise RtfError(_too_large(largest) if packing == _PLAIN else "packed in an unknown way")


def _unpacked(data: bytes, largest: int) -> bytes:
    """Runs of eight tokens, each a byte or a copy, behind a byte that tells which they are. The end is a copy of what
    would be written next; where it is missing, what there is counts."""
    out = bytearray(_START)
    at = _HEADER.size
    while at < len(data):
        kinds, at = data[at], at + 1
        for token in range(8):
            if not kinds >> token & 1:
                out += data[at : at + 1]
                at += 1
            elif at + 2 > len(data) or not _copied(out, data[at] << 8 | data[at + 1]):
                return bytes(out[len(_START) :])
            else:
                at += 2
        if len(out) > largest:
            raise RtfError(_too_large(largest))
    return bytes(out[len(_START) :])


def _copied(out: bytearray, token: int) -> bool:
    """Whether a copy was made: 12 bits say from where in the window, 4 how many bytes less two."""
    end = len(out)
    back = (end - (token >> 4)) % _WINDOW
    if back == 0:
        return False
    if back > end:
        raise RtfError("broken")
    length = (token & 0xF) + 2
    source = out[end - back : end - back + length]
    out += source if back >= length else (source * length)[:length]  # a copy may reach into what it writes
    return True


def _too_large(largest: int) -> str:
    return f"larger than {largest // 1024 // 1024} MB"
