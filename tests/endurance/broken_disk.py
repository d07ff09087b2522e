"""A disk that the process loses its life on, or that fails, at the n-th change SQLite makes to it.

SQLite speaks to the disk through a table of functions (its VFS). In a child process the functions that change
something are counted: writes, cuts, syncs and deletions, of the state file as of its journal. So a commit can be left
at each of its steps, also with half a page written, as no signal from outside could hit it on purpose. Never used
but in processes that were forked for it.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import os
import signal
from collections.abc import Callable
from typing import Any

BEFORE, HALF, AFTER = "before", "half", "after"
"""The process ends there."""
FULL, FAILING, READ_ONLY = "full", "failing", "read-only"
"""From there on the disk takes nothing; that one change fails; it can be read only from the start."""

_OPEN_FOR_READING, _OPEN_FOR_WRITING, _CREATE = 1, 2, 4
_FULL, _IO_ERROR_AT_WRITE = 13, 778  # https://www.sqlite.org/rescode.html

_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_int,
    ctypes.POINTER(ctypes.c_int),
)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """`sqlite3_vfs` as far as it is used (https://www.sqlite.org/c3ref/vfs.html)."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("own", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    ]


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods` (https://www.sqlite.org/c3ref/io_methods.html); the rest is kept as it is."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("rest", ctypes.c_void_p * 13),
    ]


_kept: list[Any] = []
"""What SQLite points to must outlive this module's functions."""


def break_disk(number: int, how: str) -> None:
    """From now on, in this process and for good."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None).contents
    strike = _strike(number, how)
    open_really, delete_really = _OPEN(vfs.open), _DELETE(vfs.delete)
    copies: dict[int, _Methods] = {}

    def open_file(own: int, path: int, file: int, flags: int, out: Any) -> int:
        if how == READ_ONLY:
            flags = flags & ~(_OPEN_FOR_WRITING | _CREATE) | _OPEN_FOR_READING
        result: int = open_really(own, path, file, flags, out)
        place = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
        if result == 0 and place[0]:
            if place[0] not in copies:
                copies[place[0]] = _counted(_Methods.from_address(place[0]), strike)
            place[0] = ctypes.addressof(copies[place[0]])
        return result

    def delete(own: int, path: bytes, sync: int) -> int:
        return strike(lambda: delete_really(own, path, sync), None)

    made = (_OPEN(open_file), _DELETE(delete))
    vfs.open, vfs.delete = (ctypes.cast(each, ctypes.c_void_p) for each in made)
    _kept.extend((*made, open_really, delete_really, copies))


Strike = Callable[[Callable[[], int], Callable[[], int] | None], int]


def _strike(number: int, how: str) -> Strike:
    """Does what it is given; at the n-th time the other thing. The second value: half of what is to be done."""
    seen = 0

    def strike(do: Callable[[], int], half: Callable[[], int] | None) -> int:
        nonlocal seen
        seen += 1
        if how == READ_ONLY or seen < number or (seen > number and how != FULL):
            return do()
        if how in (FULL, FAILING):
            return _FULL if how == FULL else _IO_ERROR_AT_WRITE
        if how == AFTER:
            do()
        elif how == HALF and half is not None:
            half()
        os.kill(os.getpid(), signal.SIGKILL)
        return 0

    return strike


def _counted(real: _Methods, strike: Strike) -> _Methods:
    write_really, cut_really, sync_really = _WRITE(real.write), _TRUNCATE(real.truncate), _SYNC(real.sync)

    def write(file: int, content: int, size: int, offset: int) -> int:
        return strike(
            lambda: write_really(file, content, size, offset),
            lambda: write_really(file, content, size // 2, offset),
        )

    def cut(file: int, size: int) -> int:
        return strike(lambda: cut_really(file, size), None)

    def sync(file: int, flags: int) -> int:
        return strike(lambda: sync_really(file, flags), None)

    made = (_WRITE(write), _TRUNCATE(cut), _SYNC(sync))
    counted = _Methods.from_buffer_copy(real)
    counted.write, counted.truncate, counted.sync = (ctypes.cast(each, ctypes.c_void_p) for each in made)
    _kept.extend((*made, write_really, cut_really, sync_really))
    return counted
