from .files import finding_clear, version_add, version_download
from .papers import paper, paper_add, paper_change, paper_close, paper_list
from .uses import use_change, use_remove

__all__ = [
    "finding_clear",
    "paper",
    "paper_add",
    "paper_change",
    "paper_close",
    "paper_list",
    "use_change",
    "use_remove",
    "version_add",
    "version_download",
]
