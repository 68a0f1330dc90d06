"""How large a source may be: every input has a bound on size, depth, time and memory."""

from __future__ import annotations

MIB = 1024 * 1024
MAX_FILE = 512 * MIB
"""Bytes of a source file."""
MAX_JSON = 128 * MIB
"""Bytes of a FHIR resource: it is parsed whole, at some ten times its size."""
MAX_ROWS = 5_000_000
MAX_COLUMNS = 1_000
MAX_ROW = 1_000_000
"""Characters of a row."""
MAX_CELL = 32_767
"""Characters of a cell; the limit of spreadsheets too."""
MAX_CODE = 256
"""Characters of a code."""
MAX_DEPTH = 64
"""Levels of a concept tree."""
MAX_FINDINGS = 100_000
"""Findings that are listed one by one; further ones are counted by their code."""
MAX_ZIP_DIRECTORY = 4 * MIB
"""Bytes of the directory of a workbook's archive."""
MAX_ZIP_PART = 1024 * MIB
"""Declared bytes of one part of a workbook; decompression stops there whatever the archive holds."""
MAX_ZIP_RATIO = 200
"""How much smaller a part may be packed, once it is over a mebibyte; real sheets stay under 60."""
MAX_XML_PIECE = 4 * MIB
"""Bytes of one row or one shared string of a workbook."""
MAX_STRINGS = 256 * MIB
"""Characters of all shared strings of a workbook."""
