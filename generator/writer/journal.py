"""New trees take the place of old ones, all of a run together with its lock file.

Everything new is made first, beside what it is to replace: until then a crash leaves the
old state and some litter. Then the journal is written, a list of what is to be replaced;
from there on the run is decided, and whoever finds the journal finishes the work
(`recover`). A folder takes its place by one exchange where the system has that, else by
two renames. Without a crash, a disk that refuses half way gives the old state back.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.files import read_kept
from generator.writer.comparison import Difference, OutputError, walk


@dataclass(frozen=True, slots=True)
class _Change:
    """A folder or file that gets a new content, or one that goes.

    `stamp` is what the disk says of that content, or of what goes: a journal that came
    from elsewhere, with a checkout for one, cannot know it and changes nothing.
    """

    place: Path
    stamp: str
    goes: bool


def write(
    differences: Sequence[Difference], lock: Path, text: bytes | None = None
) -> None:
    """Make the output folders hold the wanted files and, in their package folders, no
    others; with them a lock file gets a new text, None to leave it.

    Folders without a difference are not touched. Raises OutputError where the disk
    refuses.
    """
    changed = [
        (difference, top)
        for difference in differences
        for top in sorted({path.split("/", 1)[0] for path in difference.paths})
    ]
    places = [difference.out / top for difference, top in changed]
    if text is not None:
        places.append(lock)
    try:
        try:
            changes = [_made(*each) for each in changed]
            if text is not None:
                lock.parent.mkdir(parents=True, exist_ok=True)
                _new(lock).write_bytes(text)
                changes.append(_Change(lock, _stamp(_new(lock)), goes=False))
        except BaseException:
            _clear(places)
            raise
        if changes:
            _decide(lock, changes)
            _carry_out(lock, changes)
            _clear(places)
            _journal(lock).unlink()
    except OSError as error:
        shown = ", ".join(sorted({str(place.parent) for place in places}))
        raise OutputError(f"cannot write to {shown}: {error}") from error


def is_interrupted(lock: Path) -> bool:
    """Say whether a run that was killed left its work half done."""
    return os.path.exists(_journal(lock))


def is_littered(lock: Path, places: Iterable[Path]) -> bool:
    """Say whether a run that was killed left anything beside package folders and their
    lock."""
    return is_interrupted(lock) or any(
        os.path.exists(place.with_name(f".{place.name}.specwright-{what}"))
        for place in (*places, lock, _journal(lock))
        for what in ("new", "old", "lock")
    )


def recover(lock: Path, places: Iterable[Path]) -> None:
    """Finish what a killed run had decided, and clear away what another had not.

    Raises OutputError where the disk refuses.
    """
    try:
        changes = _decided(lock)
        for change in changes:
            if _is_due(change):
                _swap(change)
        decided = [change.place for change in changes]
        places = [*places, lock]
        for place in places:
            if _old(place).exists() and not place.exists() and place not in decided:
                _old(place).rename(place)
        _clear([*places, *decided, _journal(lock)])
        _journal(lock).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"cannot write to {lock.parent}: {error}") from error


def _decide(lock: Path, changes: Sequence[_Change]) -> None:
    """Write the journal, whole or not at all."""
    folder = lock.parent
    lines = [
        [os.path.relpath(each.place, folder), each.stamp, each.goes] for each in changes
    ]
    draft = _new(_journal(lock))
    draft.write_text(json.dumps(lines), "utf-8")
    draft.replace(_journal(lock))


def _decided(lock: Path) -> list[_Change]:
    """Read the journal; what is none, or not of this disk, stands for nothing."""
    try:
        lines = json.loads(read_kept(_journal(lock)))
        changes = [
            _Change(Path(os.path.normpath(lock.parent / place)), stamp, goes is True)
            for place, stamp, goes in lines
        ]
        return [change for change in changes if _is_ours(change)]
    except (FileNotFoundError, ValueError, TypeError, RecursionError):
        return []


def _is_ours(change: _Change) -> bool:
    place = change.place
    found = {_stamp(place), _stamp(_new(place)), _stamp(_old(place))}
    return change.stamp in found - {""}


def _is_due(change: _Change) -> bool:
    """Say whether a place has not yet got what it is to have."""
    where = change.place if change.goes else _new(change.place)
    return _stamp(where) == change.stamp


def _carry_out(lock: Path, changes: Sequence[_Change]) -> None:
    """Make all changes, or none if the disk refuses one."""
    done: list[Path] = []
    try:
        for change in changes:
            _swap(change)
            done.append(change.place)
    except OSError:
        for place in reversed(done):
            if place.exists():
                place.rename(_new(place))
            if _old(place).exists():
                _old(place).rename(place)
        _clear([change.place for change in changes])
        _journal(lock).unlink()
        raise


def _clear(places: Iterable[Path]) -> None:
    """Remove what stands beside places: trees that are no more, or not to be."""
    for place in places:
        _remove(_new(place))
        _remove(_old(place))


def _made(difference: Difference, top: str) -> _Change:
    """Make the new tree of a package folder, if anything is left of it."""
    place = difference.out / top
    new = _new(place)
    _remove(new)
    _fill(new, difference, top)
    if new.exists():
        return _Change(place, _stamp(new), goes=False)
    return _Change(place, _stamp(place), goes=True)


def _fill(new: Path, difference: Difference, top: str) -> None:
    """Make the new tree: what is unchanged is the same file, the rest is written."""
    differs = {*difference.changed, *difference.added}
    made: set[Path] = set()
    for path, data in difference.files.items():
        if not path.startswith(f"{top}/"):
            continue
        target = new / path.split("/", 1)[1]
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        if path in differs:
            target.write_bytes(data)
        else:
            _link(difference.out / path, target)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _swap(change: _Change) -> None:
    """Put what is new in its place and what was there beside it; a failure half way
    puts the old one back."""
    place, new, old = change.place, _new(change.place), _old(change.place)
    if change.goes:
        place.rename(old)
    elif not place.exists() or place.is_file():
        new.replace(place)
    elif _exchange(new, place):
        new.rename(old)
    else:
        _rename_both(place, new, old)


def _rename_both(place: Path, new: Path, old: Path) -> None:
    try:
        place.rename(old)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EBUSY):
            raise
        _merge(new, place)
        return
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise


_EXCHANGE = 2
_HERE = -100


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change their names in one step, if the system can (Linux's
    renameat2)."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes  # slow to import, and not needed where nothing changes

    call = getattr(ctypes.CDLL(None), "renameat2", None)
    names = os.fsencode(one), os.fsencode(other)
    return bool(call and call(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)


def _merge(new: Path, place: Path) -> None:
    """Make a folder that cannot be renamed (a layer of a container's disk, a mount)
    equal to the new tree, file by file; the new tree stays, for whoever has to do it
    again."""
    wanted = {os.path.relpath(path, new) for path in walk(str(new))}
    stale = {os.path.relpath(path, place) for path in walk(str(place))} - wanted
    draft = place / ".specwright-new"
    for path in sorted(wanted):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(new / path, draft)
        draft.replace(place / path)
    for path in stale:
        (place / path).unlink(missing_ok=True)


def _stamp(path: Path) -> str:
    """Tell a file or folder from every other one, also after it got another name; "" for
    none."""
    try:
        found = path.lstat()
    except OSError:
        return ""
    return f"{found.st_ino}-{found.st_mtime_ns}"


def _new(place: Path) -> Path:
    return place.with_name(f".{place.name}.specwright-new")


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}.specwright-old")


def _journal(lock: Path) -> Path:
    return lock.with_name(f".{lock.name}.specwright-journal")


def _remove(path: Path) -> None:
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    try:
        shutil.rmtree(path)
    except PermissionError:
        # a folder in it that nobody may change: what goes needs no protection
        path.chmod(0o700)
        for root, folders, _ in os.walk(path):
            for folder in map(Path(root).joinpath, folders):
                if not folder.is_symlink():
                    folder.chmod(0o700)
        shutil.rmtree(path)
