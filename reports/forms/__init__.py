from .issue import BecauseForm, IssueForm, RegisterForm
from .report import FrontForm, StartForm
from .section import AppendixForm, SectionForm

__all__ = [
    "AppendixForm",
    "BecauseForm",
    "FrontForm",
    "IssueForm",
    "RegisterForm",
    "SectionForm",
    "StartForm",
]
