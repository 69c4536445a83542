"""Writes the LZ4 frames of this folder: python3 make_lz4.py, with lz4 4.4.

Byte i of the content is what Lz4FrameTest takes it for.
"""

import lz4.frame

content = bytes((k % 100 * 7 + k // 4096 + (k % 997 == 0)) & 0xFF for k in range(200_000))
for name, options in (
    ("linked", dict(block_size=lz4.frame.BLOCKSIZE_MAX64KB, block_linked=True)),
    ("independent", dict(block_size=lz4.frame.BLOCKSIZE_MAX64KB, block_linked=False)),
    ("checksums", dict(block_size=lz4.frame.BLOCKSIZE_MAX256KB, block_linked=True,
                       content_checksum=True, block_checksum=True)),
):
    with open(name + ".lz4", "wb") as f:
        f.write(lz4.frame.compress(content, store_size=name == "checksums", **options))
