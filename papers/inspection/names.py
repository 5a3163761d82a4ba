"""File names: what is cleaned in silence, what is refused, and in which words."""

import unicodedata

from papers.inspection.kinds import KINDS, NAMES, SAME
from papers.inspection.verdict import Unacceptable

LONGEST = 150
OTHER_CHARACTERS = dict.fromkeys(map(ord, '<>:"|?*'), "-")
PROGRAMS = frozenset({"exe", "com", "bat", "cmd", "scr", "pif", "js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "ps1", "psm1", "msi", "msp", "jar", "lnk", "dll", "cpl", "reg", "sh", "app", "apk", "html", "htm", "xhtml", "svg", "php", "asp", "aspx", "jsp", "py"})  # fmt: skip
WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"})  # fmt: skip
OLDER = frozenset({"doc", "dot", "xls", "xlt", "ppt", "pps"})  # fmt: skip

PATH = "The file’s name holds a folder. Rename the file without / and \\ and upload it again."
HIDDEN = "The file’s name holds characters that cannot be seen or that change the direction of writing. Rename the file and upload it again."
TOO_LONG = (
    f"The file’s name must have {LONGEST} characters or fewer. Rename the file and upload it again."
)
NAMELESS = "The file has no name before the dot. Rename the file and upload it again."
NO_EXTENSION = f"The file’s name does not say what kind of file it is. Upload a {NAMES} file."
NOT_TAKEN = f"Files of this kind cannot be uploaded. Upload a {NAMES} file."
TWO_KINDS = "The file’s name says that it is two kinds of file at once. Rename the file so that it has one ending and upload it again."
MACROS = "The file can hold macros. Save it as DOCX, XLSX or PPTX, which cannot, and upload that."
OLD_OFFICE = (
    "The file is of an older Office format. Save it as DOCX, XLSX, PPTX or PDF and upload that."
)


def clean_name(name: str) -> str:
    """The name as it is kept; raises Unacceptable where cleaning would change what it says."""
    name = unicodedata.normalize("NFC", name)
    for reason, is_so in ((PATH, "/" in name or "\\" in name), (HIDDEN, _has_hidden(name))):
        if is_so:
            raise Unacceptable(reason)
    name = " ".join(name.translate(OTHER_CHARACTERS).split()).rstrip(". ")
    if len(name) > LONGEST or len(name.encode()) > LONGEST + 100:
        raise Unacceptable(TOO_LONG)
    ending = why_not_ending(name)
    if ending:
        raise Unacceptable(ending)
    return name


def extension_of(name: str) -> str:
    """“jpg” for photo.JPEG; of a clean name."""
    ending = name.rpartition(".")[2].lower()
    return SAME.get(ending, ending)


def why_not_ending(name: str) -> str | None:
    stem, dot, ending = name.rpartition(".")
    ending = ending.lower()
    if not dot:
        return NO_EXTENSION
    if SAME.get(ending, ending) not in KINDS:
        return MACROS if ending in WITH_MACROS else OLD_OFFICE if ending in OLDER else NOT_TAKEN
    if not stem.strip(". "):
        return NAMELESS
    inner = {part.strip().lower() for part in stem.split(".")[1:]}
    return TWO_KINDS if inner & (PROGRAMS | WITH_MACROS) else None


def _has_hidden(name: str) -> bool:
    """Control, format and unassigned characters, lone surrogates, line and paragraph separators."""
    return any(
        unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for each in name
    )
