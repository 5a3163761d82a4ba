from .papers import AddForm, ChangeForm, ClearForm, FilterForm, VersionForm

__all__ = ["AddForm", "ChangeForm", "ClearForm", "FilterForm", "VersionForm"]
