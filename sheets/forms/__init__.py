from .imports import ApplyForm, HeadingRowForm, MatchForm, UploadForm, WordsForm

__all__ = ["ApplyForm", "HeadingRowForm", "MatchForm", "UploadForm", "WordsForm"]
