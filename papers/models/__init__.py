from .key import FileKey
from .paper import Paper, PaperCopy, PaperFinding, PaperQuerySet, PaperVersion

__all__ = ["FileKey", "Paper", "PaperCopy", "PaperFinding", "PaperQuerySet", "PaperVersion"]
