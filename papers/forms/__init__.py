from .papers import AddForm, ChangeForm, ClearForm, FilterForm, VersionForm, remind_of_file

__all__ = ["AddForm", "ChangeForm", "ClearForm", "FilterForm", "VersionForm", "remind_of_file"]
