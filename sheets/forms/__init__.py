from .imports import ApplyForm, HeadingRowForm, MatchForm, UploadForm

__all__ = ["ApplyForm", "HeadingRowForm", "MatchForm", "UploadForm"]
