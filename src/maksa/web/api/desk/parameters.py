"""The parameters of the desk's questions, each once: what reads them and what documents them."""

from __future__ import annotations

from datetime import date
from typing import get_args

from maksa.model.code_request import State
from maksa.model.discrepancy import KINDS, STATES
from maksa.web.query import MAX_TEXT, Parameter, read_choice, read_day, read_number, read_text

MAX_LIMIT = 500
LARGEST_NUMBER = 2**31 - 1
_TEXT = {"type": "string", "maxLength": MAX_TEXT}
_DAY = {"type": "string", "examples": ["1402/03/27", "2023-06-17"]}


def _choice(name: str, title: str, *choices: str) -> Parameter[str]:
    schema = {"type": "string", "enum": list(choices)}
    return Parameter(name, read_choice(*choices), title, schema, choices[0])


def _text(name: str, title: str, example: str = "", *, required: bool = False) -> Parameter[str]:
    return Parameter(name, read_text, title, _TEXT, example, required)


def _number(name: str, title: str, low: int, high: int) -> Parameter[int]:
    schema = {"type": "integer", "minimum": low, "maximum": high}
    return Parameter(name, read_number(low, high), title, schema, str(low))


def _day(name: str, title: str) -> Parameter[date]:
    return Parameter(name, read_day, title, _DAY, "1402/03/27")


LIMIT = _number("limit", "Records on a page; 100 by default.", 1, MAX_LIMIT)
AFTER = _number("after", "The page after this number.", 0, LARGEST_NUMBER)
BEFORE = _number("before", "The page before this number.", 1, LARGEST_NUMBER)
OVERDUE = _choice("overdue", "true: only those whose target or deadline has passed.", "true", "false")
SINCE = _day("since", "Only what was done on this day or later, in Tehran.")
PARTY = _text("party", "Of this party only.", "tamin")
THEIR_PARTY = _text("party", "The party whose list it is.", "tamin", required=True)
LIST = _text("list", "Of this list of the reference only.", "RVU3")
TERMINOLOGY = _text("terminology", "Of this list only, by any known spelling of its id.", "RVU3")
WORDS = _text("q", "Only those with all of these words, as they sound.", "سونوگرافی")
REQUEST_STATE = _choice("state", "In this state only.", *get_args(State))
KIND = _choice("kind", "Of this kind only.", *KINDS)
STATE = _choice("state", "In this state only.", *STATES)
OWNER = _text("owner", "Of this owner only.", "maryam")
OUR_LIST = _text("list", "The list of the reference that it stands for.", "RVU3", required=True)
CHANNEL = _text("channel", "The way it came, such as a university; direct by default.", "direct")
REPORTER = _text("reporter", "Who reports it; the party itself by default.", "tamin")
PROFILE = _text("profile", "The import profile that reads it; generic by default.", "generic")
PARTIAL = _choice(
    "partial", "true: it is a part, and codes that it lacks are no difference.", "true", "false"
)
ON = _day("on", "The day that it is compared for, Jalali or ISO; today in Tehran by default.")
FILE = _text("file", "The name of the file.", "list.csv")
PARTY_KIND = _text("kind", "Of this kind only.", "insurer")
ACTOR = _text("actor", "By this actor only.", "maryam")
ACT = _text("act", "This act only.", "publish")
SUBJECT = _text("subject", "Whose subject holds this.", "code-request 12")
CHANGED = _choice("changed", "true: only rows of which an edit stands, removed ones too.", "true", "false")
COMMENTED = _choice("commented", "true: only rows with an open comment.", "true", "false")
OPEN = _choice("open", "true: only those that are open.", "true", "false")
ROW_STATUS = _choice("status", "In this status only.", "active", "retired")
ROW = _text("key", "Of this row only.", "700100")
AFTER_ROW = _text("after", "The page after this row.", "700100")
SYSTEM_KIND = _text("system_kind", "Systems of this kind only.", "hospital")
BOARD_STATE = _text("state", "In this state only, such as overdue.", "overdue")
LETTER = _text("letter", "Obliged by the letter of this number only.", "110/130")
ON_DAY = _day("on", "The day asked of, Jalali or ISO; today in Tehran by default.")
WEEKS = _number("weeks", "How many weeks; 12 by default.", 1, 56)
AFTER_PLACE = _number("after", "The page after so many.", 0, LARGEST_NUMBER)
OWNER_KIND = _choice("owner", "Those of this owner only.", "me", "party", "client")
CLIENT = _text("client", "The client, where it is the owner.", "hospital-12")
ABOUT_LIST = _text("terminology", "The list, by any known spelling of its id.", "RVU3", required=True)
ABOUT_CODE = _text("code", "The code, in any of the three digit sets.", "700100", required=True)
ON_THAT_DAY = Parameter("on", read_day, "The day asked of, Jalali or ISO.", _DAY, "1402/03/27", required=True)
READ_BY = _text("profile", "The import profile that reads it.", "rvu3", required=True)
BECOMES = _text("edition", "The edition that it becomes.", "1404", required=True)
NAMED_LIST = _text("terminology", "The list, for a profile that fits any.", "RVU3")
EFFECTIVE = _day("effective", "The first day it holds; without it, it always does.")
TRANSITION_UNTIL = _day("transition_until", "Until this day the codes that it ends are a warning, no error.")
ANNOUNCED_BY = _text("letter", "The letter that announces it.", "110/356")
A_PART = _choice("partial", "true: it is a part, and codes that it lacks stay as they are.", "true", "false")
OVER_EDITS = _choice(
    "over_edits", "true: a draft is replaced even if it was edited, commented or submitted.", "true", "false"
)
