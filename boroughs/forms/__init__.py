"""What people type about a borough. Forms check one answer and how answers agree; rules that need the record are policies."""

from .access_lists import (
    AnswerForm,
    AskForm,
    EmergencyForm,
    ListGrantForm,
    ReasonForm,
    SeatsGrantForm,
)
from .administration import FirstLeadForm, LeadForm, SecondFactorEndForm
from .boards import (
    BoardAddForm,
    BoardChangeForm,
    BoardMeetingForm,
    BoardMemberChangeForm,
    BoardMemberForm,
    MeetingRecordForm,
)
from .closures import ClosureChangeForm, ClosureForm
from .committees import CommitteeEndForm, CommitteeForm, MeetingForm, SeatEndForm, SeatForm
from .duties import DutyChangeForm, DutyForm, DutyRoundForm, DutySuggestForm
from .figures import FigurePeriodForm, FigureRuleForm, FiguresForm, IndicatorForm
from .filling import done, filled
from .handover import HandoverForm
from .people import ConfirmForm, InvitationForm, JoinForm, RolesForm
from .plans import (
    ActionForm,
    AreaChangeForm,
    AreasForm,
    OrganisationChangeForm,
    OrganisationForm,
    PersonOrganisationForm,
    PlanChangeForm,
    PlanFilterForm,
    PlanForm,
    PlanPeriodForm,
    PriorityAddForm,
    PriorityChangeForm,
    ReportForm,
)
from .purges import AskToEraseForm, DecideForm
from .retention import PeriodForm, ReviewForm
from .settings import FundingForm, GovernanceForm, SettingsForm
from .strategies import (
    AdoptForm,
    AmendForm,
    ConsultationChangeForm,
    ConsultationForm,
    GovernForm,
    LinkForm,
    MoveForm,
    StrategyForm,
    TextsForm,
    UnconsultedForm,
)
from .trail import TrailForm

__all__ = [
    "ActionForm",
    "AdoptForm",
    "AmendForm",
    "AnswerForm",
    "AreaChangeForm",
    "AreasForm",
    "AskForm",
    "AskToEraseForm",
    "BoardAddForm",
    "BoardChangeForm",
    "BoardMeetingForm",
    "BoardMemberChangeForm",
    "BoardMemberForm",
    "ClosureChangeForm",
    "ClosureForm",
    "CommitteeEndForm",
    "CommitteeForm",
    "ConfirmForm",
    "ConsultationChangeForm",
    "ConsultationForm",
    "DecideForm",
    "DutyChangeForm",
    "DutyForm",
    "DutyRoundForm",
    "DutySuggestForm",
    "EmergencyForm",
    "FigurePeriodForm",
    "FigureRuleForm",
    "FiguresForm",
    "FirstLeadForm",
    "FundingForm",
    "GovernForm",
    "GovernanceForm",
    "HandoverForm",
    "IndicatorForm",
    "InvitationForm",
    "JoinForm",
    "LeadForm",
    "LinkForm",
    "ListGrantForm",
    "MeetingForm",
    "MeetingRecordForm",
    "MoveForm",
    "OrganisationChangeForm",
    "OrganisationForm",
    "PeriodForm",
    "PersonOrganisationForm",
    "PlanChangeForm",
    "PlanFilterForm",
    "PlanForm",
    "PlanPeriodForm",
    "PriorityAddForm",
    "PriorityChangeForm",
    "ReasonForm",
    "ReportForm",
    "ReviewForm",
    "RolesForm",
    "SeatEndForm",
    "SeatForm",
    "SeatsGrantForm",
    "SecondFactorEndForm",
    "SettingsForm",
    "StrategyForm",
    "TextsForm",
    "TrailForm",
    "UnconsultedForm",
    "done",
    "filled",
]
