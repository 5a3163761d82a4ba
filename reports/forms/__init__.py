from .clearance import CommentForm, ReturnForm, SendForm, VerifyForm
from .issue import BecauseForm, IssueForm, RegisterForm, TakeDownForm
from .report import FrontForm, StartForm
from .section import AppendixForm, SectionForm
from .style import StyleForm
from .waiver import WaiverForm

__all__ = [
    "AppendixForm",
    "BecauseForm",
    "CommentForm",
    "FrontForm",
    "IssueForm",
    "RegisterForm",
    "ReturnForm",
    "SectionForm",
    "SendForm",
    "StartForm",
    "StyleForm",
    "TakeDownForm",
    "VerifyForm",
    "WaiverForm",
]
