"""What people type about a borough. Forms check one answer and how answers agree; rules that need the record are policies."""

from .administration import FirstLeadForm, LeadForm, SecondFactorEndForm
from .closures import ClosureForm
from .committees import CommitteeEndForm, CommitteeForm, MeetingForm, SeatEndForm, SeatForm
from .filling import done, filled
from .people import ConfirmForm, InvitationForm, JoinForm, RolesForm
from .purges import AskToEraseForm, DecideForm
from .settings import FundingForm, GovernanceForm, SettingsForm
from .trail import TrailForm

__all__ = [
    "AskToEraseForm",
    "ClosureForm",
    "CommitteeEndForm",
    "CommitteeForm",
    "ConfirmForm",
    "DecideForm",
    "FirstLeadForm",
    "FundingForm",
    "GovernanceForm",
    "InvitationForm",
    "JoinForm",
    "LeadForm",
    "MeetingForm",
    "RolesForm",
    "SeatEndForm",
    "SeatForm",
    "SecondFactorEndForm",
    "SettingsForm",
    "TrailForm",
    "done",
    "filled",
]
