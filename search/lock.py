"""Files that one process holds at a time; the operating system lets go of them when it ends, however it ends."""

import errno
import sys

_ANOTHER = frozenset((errno.EAGAIN, errno.EACCES, errno.EDEADLK))


def held(handle: int) -> bool:
    """Hold an open file until it is closed, if nobody else does."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _ANOTHER:
            raise
        return False
    return True
