from .issue import BecauseForm, IssueForm, RegisterForm
from .report import FrontForm, StartForm
from .section import AppendixForm, SectionForm
from .style import StyleForm
from .waiver import WaiverForm

__all__ = [
    "AppendixForm",
    "BecauseForm",
    "FrontForm",
    "IssueForm",
    "RegisterForm",
    "SectionForm",
    "StartForm",
    "StyleForm",
    "WaiverForm",
]
