"""How much of a sheet is read. Each figure is a person's list with room to spare."""

MEGABYTE = 1024 * 1024

FILE = 10 * MEGABYTE
"""Of the file as it came (SECURITY D2.8)."""
ROWS = 50_000
"""The last row that may be filled. With twelve columns they take four seconds of the
nine that a child has; a hundred thousand take seven, too near on a busy machine."""
COLUMNS = 200
"""The last column that may be filled; lists of clients have ten to forty."""
CELLS = 1_000_000
"""Of the used area: the last filled row times the last filled column."""
CELL_TEXT = 32_767
"""Characters; Excel itself holds no more in a cell."""
LINE = 100_000
"""Characters of a line of text."""
ANSWER = 32 * MEGABYTE
"""Of all that is read, as JSON: fifty thousand rows of 640 bytes."""

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
TOKEN = MEGABYTE
"""Bytes of one tag: from one tag to the next, the text between counted too."""
ERRORS = 10_000
"""Rows with a cell such as #REF!; in more of them it is an empty one."""
MERGED = 2_000_000
"""Cells that look like one: a whole row has sixteen thousand, a column a million."""
MERGES = 200
MERGED_ROWS = 40
"""Merges matter for a header, which stands near the top."""
