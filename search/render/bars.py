"""Bars of blocks: how much, at a glance."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(part: float, room: int) -> str:
    """A bar as long as `part` (0 to 1) of so many columns, to an eighth; what is more than nothing is seen."""
    eighths = round(part * room * 8)
    if part > 0:
        eighths = max(eighths, 1)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def percent(share: float) -> str:
    """A share as people read it: ``12 %``, ``1.2 %``, ``0.012 %``."""
    if not share:
        return "0 %"
    hundredth = share * 100
    digits = 0 if hundredth >= 10 else 1 if hundredth >= 1 else 2 if hundredth >= 0.1 else 3
    return f"{hundredth:.{digits}f} %"
