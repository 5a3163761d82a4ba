from .key import FileKey
from .paper import Paper, PaperCopy, PaperFinding, PaperQuerySet, PaperVersion
from .use import PaperUse

__all__ = [
    "FileKey",
    "Paper",
    "PaperCopy",
    "PaperFinding",
    "PaperQuerySet",
    "PaperUse",
    "PaperVersion",
]
