"""zstd: Python's own module from 3.14 on, before that its backport."""

import sys

if sys.version_info >= (3, 14):
    from compression.zstd import (
        CompressionParameter,
        Strategy,
        ZstdCompressor,
        ZstdDecompressor,
        ZstdDict,
        ZstdError,
        compress,
        decompress,
        finalize_dict,
    )
else:
    from backports.zstd import (
        CompressionParameter,
        Strategy,
        ZstdCompressor,
        ZstdDecompressor,
        ZstdDict,
        ZstdError,
        compress,
        decompress,
        finalize_dict,
    )

__all__ = [
    "CompressionParameter",
    "Strategy",
    "ZstdCompressor",
    "ZstdDecompressor",
    "ZstdDict",
    "ZstdError",
    "compress",
    "decompress",
    "finalize_dict",
]
