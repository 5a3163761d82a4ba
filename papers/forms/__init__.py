from .papers import AddForm, ChangeForm, ClearForm, CloseForm, FilterForm, VersionForm

__all__ = ["AddForm", "ChangeForm", "ClearForm", "CloseForm", "FilterForm", "VersionForm"]
