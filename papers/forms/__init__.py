from .papers import AddForm, ChangeForm, ClearForm, FilterForm, UseForm, VersionForm, remind_of_file

__all__ = [
    "AddForm",
    "ChangeForm",
    "ClearForm",
    "FilterForm",
    "UseForm",
    "VersionForm",
    "remind_of_file",
]
