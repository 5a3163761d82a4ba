"""What the world of the tests consists of: two boroughs, one of everything, one person a role in each."""

from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import User
from boroughs.models import (
    AccessRequest,
    Action,
    Activity,
    Amendment,
    Area,
    BoardMember,
    Borough,
    Closure,
    Committee,
    Consultation,
    ContextFact,
    DeliveryPlan,
    Duty,
    DutyRound,
    FigurePublication,
    FigureValue,
    FundingLine,
    FundingStatus,
    GovernanceModel,
    ImpactAssessment,
    Invitation,
    LinkedAction,
    LinkedStrategy,
    Meeting,
    Notice,
    Organisation,
    OwnIndicator,
    Policy,
    Priority,
    PurgeRequest,
    Received,
    Recommendation,
    RecommendationAction,
    RetentionReview,
    Review,
    Risk,
    Seat,
    Strategy,
)
from boroughs.roles import Role
from papers.models import Paper, PaperFinding, PaperUse, PaperVersion
from reports.models import (
    Clearance,
    Decision,
    DecisionStep,
    HouseStyle,
    Issue,
    Rendering,
    Report,
    ReportAppendix,
    ReportComment,
    Waiver,
)
from sheets.models import SheetImport
from toolkit.models import Assessment, Evidence, SignOff


@dataclass(repr=False)
class Place:
    """One borough of the world with one of everything."""

    borough: Borough
    people: dict[Role, User] = field(default_factory=dict)
    committee: Committee = field(init=False)
    meeting: Meeting = field(init=False)
    seat: Seat = field(init=False)
    cabinet: Committee = field(init=False)
    notice: Notice = field(init=False)  # of the cabinet
    sign_off: SignOff = field(init=False)
    evidence: Evidence = field(init=False)
    governance: GovernanceModel = field(init=False)
    funding: FundingStatus = field(init=False)
    earlier: Assessment = field(init=False)
    assessment: Assessment = field(init=False)
    style: HouseStyle = field(init=False)  # the borough's own
    report: Report = field(init=False)
    waiver: Waiver = field(init=False)  # of that report
    issue: Issue = field(init=False)  # of that report, and published
    rendering: Rendering = field(init=False)  # of that issue, and ready
    draft: Rendering = field(init=False)  # of the report before, and waiting
    drafting: Report = field(init=False)  # with a closed section and two appendices
    appendix: ReportAppendix = field(init=False)  # the first of them
    batch: UUID = field(init=False)  # of the report and the next one, asked for by the coordinator
    decision: Decision = field(init=False)  # on the report
    decision_step: DecisionStep = field(init=False)
    clearance: Clearance = field(init=False)  # of a section of it, asked of the clearing officer
    comment: ReportComment = field(init=False)  # beside that
    invitation: Invitation = field(init=False)
    paper: Paper = field(init=False)
    version: PaperVersion = field(init=False)
    finding: PaperFinding = field(init=False)
    closed_paper: Paper = field(init=False)
    closure: Closure = field(init=False)
    scrutiny: Review = field(init=False)
    risk: Risk = field(init=False)
    recommendation: Recommendation = field(init=False)
    step: RecommendationAction = field(init=False)
    linked_action: LinkedAction = field(init=False)
    purge: PurgeRequest = field(init=False)
    review: RetentionReview = field(init=False)
    asked: Closure = field(init=False)  # closed to everybody but the coordinator
    access_request: AccessRequest = field(init=False)  # for it
    strategy: Strategy = field(init=False)
    consultation: Consultation = field(init=False)
    link: LinkedStrategy = field(init=False)
    amendment: Amendment = field(init=False)
    board: Committee = field(init=False)
    board_member: BoardMember = field(init=False)
    board_meeting: Meeting = field(init=False)
    organisation: Organisation = field(init=False)
    priority: Priority = field(init=False)
    area: Area = field(init=False)
    plan: DeliveryPlan = field(init=False)
    action: Action = field(init=False)
    indicator: OwnIndicator = field(init=False)
    figure: FigureValue = field(init=False)  # of that indicator
    closed_figure: FigureValue = field(init=False)
    publication: FigurePublication = field(init=False)
    duty: Duty = field(init=False)
    round: DutyRound = field(init=False)  # the one time it was done
    activity: Activity = field(init=False)
    sheet: SheetImport = field(init=False)  # into the plan, with a row that is refused
    line: FundingLine = field(init=False)
    fact: ContextFact = field(init=False)
    received: Received = field(init=False)
    policy: Policy = field(init=False)
    impact: ImpactAssessment = field(init=False)
    use: PaperUse = field(init=False)  # of the open paper, for the strategy

    def __getattr__(self, name: str) -> User:
        """`place.coordinator` is the person in that role."""
        try:
            people: dict[Role, User] = self.__dict__["people"]
            return people[Role(name)]
        except (KeyError, ValueError):
            raise AttributeError(name) from None


@dataclass(repr=False)
class World:
    administrator: User
    stranger: User
    here: Place
    there: Place
