"""How much of a sheet is read. Each figure is a person's list with room to spare."""

MEGABYTE = 1024 * 1024

FILE = 10 * MEGABYTE
"""Of the file as it came (SECURITY D2.8)."""
ROWS = 100_000
"""Filled rows, and the last row that may be filled."""
COLUMNS = 200
"""The last column that may be filled; lists of clients have ten to forty."""
CELLS = 2_000_000
"""Of the used area: the last filled row times the last filled column."""
CELL_TEXT = 32_767
"""Characters; Excel itself holds no more in a cell."""
RAW_TEXT = 8 * CELL_TEXT
"""Characters of a cell before `_x000D_` and its like are put back as one."""
LINE = 100_000
"""Characters of a line of text."""
ANSWER = 32 * MEGABYTE
"""Of all that is read, as JSON: a hundred thousand rows of 320 bytes."""

ENTRIES = 1_000
"""Files in a workbook: a plain one has a dozen, each picture, note and drawing adds."""
INFLATED = 100 * MEGABYTE
"""Of all the files in a workbook, unpacked."""
RATIO = 100
"""Unpacked to packed: ten thousand rows that repeat each other give about forty."""
RATIO_FROM = MEGABYTE
"""Less than this harms nobody, however well it was packed."""
NAME = 255
"""Bytes of a name inside of the archive."""
DEPTH = 64
"""Of elements in each other; a workbook has about ten."""
ELEMENTS = 8_000_000
"""Of one part: two millions of cells with their values, and as many without."""
TOKEN = MEGABYTE
"""Bytes of one tag: a cell's text is told in pieces, a tag is held whole."""
SHARED = 32 * MEGABYTE
"""Of the texts that cells share, in UTF-8."""
STYLES = 65_536
"""Styles of cells; Excel itself holds no more."""

MERGES = 200
MERGED_ROWS = 40
"""Merges matter for a header, which stands near the top."""
