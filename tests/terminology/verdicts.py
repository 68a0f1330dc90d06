"""The table of verdicts: what is sent, what is said of it, and which code is suggested.

A row: the triple; parameters beside it; `issue:severity:part` in order; the suggested code; what a sentence names.
"""

from __future__ import annotations

import verdicts_of_content
import verdicts_of_spelling

TABLE = {**verdicts_of_spelling.ROWS, **verdicts_of_content.ROWS}
