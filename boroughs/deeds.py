"""Every deed that the trail may hold, as a sentence that begins with who did it. Data: a deed of a higher floor stands here by
its name alone.

A fact's name in braces becomes its words; what stands in square brackets is left out when one of its facts is missing.
`tests/boroughs/test_deeds.py` finds a deed that is recorded anywhere and has no sentence here.
"""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a reader of the trail looks for."""

    CLOSED = "closed", "Closed records and access lists"
    PAPERS = "papers", "Papers"
    REFUSED = "refused", "Refused attempts"
    SIGNING_IN = "signing-in", "Signing in and passwords"
    PEOPLE = "people", "People and roles"
    COMMITTEES = "committees", "Committees and meetings"
    STRATEGIES = "strategies", "Strategies and delivery plans"
    ACTIVITIES = "activities", "Activities, funding, registers and context"
    REVIEWS = "reviews", "Reviews and risks"
    FIGURES = "figures", "Figures"
    CALENDAR = "calendar", "Reporting calendar"
    SHEETS = "sheets", "Spreadsheets in and out"
    REMINDERS = "reminders", "Reminders"
    RATINGS = "ratings", "Assessments and ratings"
    REPORTS = "reports", "Reports"
    ERASURES = "erasures", "Erasures"
    SETTINGS = "settings", "Settings"


NOBODY = "Somebody not signed in"
OPERATOR = "Whoever runs this installation"  # by a command

SENTENCES: dict[Kind, dict[str, str]] = {
    Kind.CLOSED: {
        "closure.closed": "closed a record[ as {classification}][, paragraphs {paragraphs}]",
        "closure.changed": "changed why a record is closed[: {classification}][, paragraphs {paragraphs}]",
        "closure.released": "released a closed record",
        "closure.granted": "put[ {person}][ the seats of the {committee}] on the access list of a closed record[, until {until}]",
        "closure.withdrawn": "took[ {person}][ the seats of the {committee}] off the access list of a closed record",
        "closure.emergency": "gave {person} emergency access to a closed record[, until {until}]",
        "closure.asked": "asked to read a closed record",
        "closure.answered": "answered the request of {person} to read a closed record: {answer}",
        "lists.left": "took {subject} off every access list of the borough, since the last role ended",
    },
    Kind.PAPERS: {
        "paper.added": "added a paper",
        "paper.version-added": "added a version of a paper",
        "paper.changed": "changed what is said of a paper",
        "paper.closed": "closed a paper",
        "paper.finding-cleared": "cleared what was found hidden in a paper’s file",
        "paper.linked": "said what a paper belongs to[: {belongs}]",
        "paper.unlinked": "took away what a paper belonged to[: {belongs}]",
        "paper.read": "opened a closed paper",
        "paper.downloaded": "downloaded a paper[, as copy {copy}]",
    },
    Kind.REFUSED: {
        "access.refused": "was refused the page “{route}”: {status}",
        "access.refused-more": "was refused more pages within the same minute than are listed here",
    },
    Kind.SIGNING_IN: {
        "account.signed-in": "signed in",
        "account.signed-out": "signed out",
        "account.sign-in-failed": "could not sign in[ to the account of {subject}]",
        "account.password-set": "set a new password",
        "account.reset-asked-for": "asked for a link to set a new password[ for {subject}]",
        "factor.added": "added a second factor: {kind}",
        "factor.removed": "removed a second factor: {kind}",
        "factor.recovered": "used a recovery code of {subject}",
        "factor.failed": "failed at the second factor of {subject}",
    },
    Kind.PEOPLE: {
        "role.given": "gave {subject} the role {role}",
        "role.ended": "ended the role {role} of {subject}",
        "duties.handed-over": "handed duties of {subject} to {person}: {roles} roles, {seats} seats",
        "invitation.sent": "invited somebody to be {role}",
        "invitation.accepted": "accepted an invitation",
        "invitation.withdrawn": "withdrew an invitation",
        "factor.reset": "ended the second factor of {subject}",
        "account.made-administrator": "made {subject} an administrator of the portal",
    },
    Kind.COMMITTEES: {
        "committee.added": "added the committee {subject}",
        "committee.changed": "changed the committee {subject}",
        "committee.ended": "recorded the end of the committee {subject}[: {ended_on}]",
        "meeting.added": "added a meeting on {date}",
        "meeting.changed": "changed a meeting[, now on {date}]",
        "meeting.recorded": "recorded of the meeting on {date}: {became}[, {came} of {expected} members came]",
        "board.changed": "changed the board {subject}[: {meetings_a_year} meetings a year]",
        "board.member-added": "gave an organisation a place on the {subject}",
        "board.member-changed": "changed an organisation’s place on the {subject}[, until {until}]",
        "notice.added": "recorded a notice of the {subject}: {kind}, published on {published_on}",
        "notice.changed": "changed a notice of the {subject}: {kind}, published on {published_on}",
        "call-in.set": "set how decisions are called in from {since}: {days} days",
        "seat.given": "gave {person} a seat on a committee",
        "seat.ended": "ended a seat on a committee[ on {until}]",
    },
    Kind.STRATEGIES: {
        "strategy.added": "added a strategy[ from {starts_on}][ to {ends_on}]",
        "strategy.changed": "changed the words of a strategy",
        "strategy.governed": "changed how a strategy is kept",
        "strategy.moved": "moved a strategy on: {state}",
        "strategy.adopted": "recorded that[ the {committee}] adopted a strategy[ on {on}]",
        "strategy.amended": "recorded amendment {number} of a strategy[: {texts}]",
        "strategy.linked": "linked a strategy with another",
        "strategy.unlinked": "took a link away from a strategy",
        "strategy.closed": "closed a strategy with everything under it",
        "strategy.read": "read a closed strategy",
        "consultation.logged": "added to the consultation log of a strategy",
        "consultation.changed": "changed the consultation log of a strategy",
        "consultation.removed": "took a line out of the consultation log of a strategy",
        "priority.added": "added a priority to a strategy: number {number}",
        "priority.changed": "changed priority {number} of a strategy",
        "priority.moved": "renumbered the priorities of a strategy",
        "priority.removed": "removed a priority of a strategy",
        "area.added": "added an area of focus to a strategy: number {number}",
        "area.changed": "changed area of focus {number} of a strategy",
        "area.moved": "renumbered the areas of focus of a strategy",
        "area.removed": "removed an area of focus of a strategy",
        "plan.added": "added a delivery plan[ from {starts_on}][ to {ends_on}]",
        "plan.changed": "changed a delivery plan",
        "plan.refreshed": "carried {actions} unfinished actions forward into a new delivery plan",
        "action.added": "added an action to a delivery plan",
        "action.changed": "changed an action of a delivery plan",
        "action.moved": "renumbered actions of a delivery plan",
        "action.removed": "removed an action of a delivery plan",
        "action.reported": "reported on an action of a delivery plan: {state}",
        "action.serves": "said which benchmarks an action serves: {benchmarks}",
        "organisation.added": "added an organisation",
        "organisation.changed": "changed the name of an organisation",
        "organisation.given": "said which organisation {subject} reports for",
        "consultation.none": "noted why nobody was consulted on a strategy",
    },
    Kind.REVIEWS: {
        "review.added": "added a review: {kind}",
        "review.changed": "changed a review",
        "review.removed": "removed a review that was entered by mistake",
        "review.closed": "closed a review",
        "review.read": "read a closed review",
        "recommendation.added": "added a recommendation to a review",
        "recommendation.changed": "changed a recommendation of a review",
        "recommendation.removed": "removed a recommendation that was entered by mistake",
        "recommendation.answered": "recorded the answer to a recommendation[: {response}]",
        "recommendation.reported": "recorded where a recommendation was reported back[: the meeting on {date}]",
        "recommendation.action-linked": "linked an action of a delivery plan to a recommendation",
        "recommendation.action-unlinked": "unlinked an action of a delivery plan from a recommendation",
        "recommendation.step-added": "added an action to a recommendation",
        "recommendation.step-changed": "changed an action of a recommendation: {state}",
        "risk.added": "added a risk: {scope}",
        "risk.changed": "changed a risk",
        "risk.reviewed": "reviewed a risk: {standing}",
        "risk.closed": "closed a risk",
        "risk.matrix-set": "set a matrix of {count} by {count} for risks",
        "risk.read": "read a closed risk",
    },
    Kind.ACTIVITIES: {
        "activity.added": "added an activity: {kind}, {state}",
        "activity.changed": "changed an activity: {state}",
        "activity.figures-linked": "linked {count} figures to an activity",
        "fact.added": "added to the context: {kind}",
        "fact.changed": "changed what was added to the context",
        "received.added": "noted in the register that something was received: {kind}",
        "received.changed": "changed the entry of something received",
        "received.briefed": "noted who was briefed on {date} on something received",
        "policy.added": "added a policy to the register: {topic}",
        "policy.changed": "changed a policy of the register",
        "impact.added": "added an assessment to the register: {kind}",
        "impact.changed": "changed an assessment of the register",
        "line.added": "added a funding line of {period}: {state}",
        "line.changed": "changed a funding line",
        "line.moved": "recorded what became of a funding line: {state}",
        "line.closed": "closed a funding line",
        "line.amount-closed": "closed the amount of a funding line",
        "line.read": "read a closed funding line or amount",
    },
    Kind.FIGURES: {
        "figures.recorded": "recorded {count} figures of the period {period}",
        "figures.closed": "closed {count} figures that hang together",
        "figures.read": "read a closed figure",
        "figures.rule-set": "set what is published of figures: {count} indicators, threshold {threshold}",
        "figures.published": "published figures about referred people: {count} periods",
        "indicator.added": "added an indicator",
        "indicator.changed": "changed an indicator",
    },
    Kind.CALENDAR: {
        "duty.added": "added a duty to the reporting calendar[, due on {due}]",
        "duty.changed": "changed a duty of the reporting calendar[, next due on {due}]",
        "duty.done": "recorded as done a duty that was due on {due}",
        "duty.reported": "said by which report a duty due on {due} was done: {link}",
        "duty.missed": "recorded as missed a duty that was due on {due}",
        "calendar.made": "made a secret address of the reporting calendar",
        "calendar.revoked": "ended the secret address of their reporting calendar",
    },
    Kind.SHEETS: {
        "sheet.uploaded": "uploaded a workbook of {rows} rows: {kind}",
        "sheet.applied": "imported a workbook, {kind}: {added} added, {changed} changed, {left_out} left out",
        "sheet.undone": "undid an import of {rows} rows as a whole: {kind}",
        "sheet.discarded": "discarded a workbook without importing it: {kind}",
        "sheet.downloaded": "downloaded a workbook: {kind}[, with {closed} closed records]",
    },
    Kind.REMINDERS: {
        "reminders.set": "set how often reminders are sent: {every}, day {day}",
        "reminders.own-set": "chose how often they are reminded themselves: {every}",
        "reminders.sent": "was sent a reminder of {things} things",
        "reminders.not-sent": "was to be sent a reminder, and it is not known to have arrived",
    },
    Kind.RATINGS: {
        "toolkit.added": "added the version {version} to the toolkits of this installation",
        "toolkit.adopted": "adopted the toolkit {version}[ from {since}]",
        "assessment.opened": "opened an assessment[ from {starts_on}][ to {ends_on}]",
        "assessment.moved": "moved an open assessment from {before} to {version}: {carried} ratings went over, {anew} are asked anew",
        "assessment.submitted": "submitted the ratings of an assessment for sign-off",
        "assessment.taken-back": "took back the ratings of an assessment before their sign-off",
        "assessment.signed-off": "recorded the board’s sign-off of an assessment[ of {signed_on}][, edition {edition}]",
        "assessment.reopened": "reopened an assessment that was signed off",
        "assessment.recommended": "made {made} recommendations of the judgements of a Home Office letter",
        "evidence.added": "linked evidence ({kind}) to the benchmark “{benchmark}”",
        "evidence.removed": "took evidence ({kind}) away from the benchmark “{benchmark}”",
        "benchmark.posts-named": "said which posts answer for the benchmarks",
        "prompts.worded": "changed the questions that help to judge the benchmark “{benchmark}”",
        "prompts.settled": "settled a shipped question that had changed, of the benchmark “{benchmark}”",
        "prompts.answered": "answered {answers} questions that help to judge the benchmark “{benchmark}”",
        "levels.worded": "worded what {levels} levels of the scale “{scale}” mean",
        "round.rule-set": "changed how rounds are kept[: evidence is old after {stale_after} months]",
        "benchmark.rated": "rated the benchmark “{benchmark}”[ {level}][: {standing}][ ({judged})]",
    },
    Kind.REPORTS: {
        "style.chosen": "chose the house style {style}",
        "style.copied": "copied the house style {source} as {style}",
        "style.changed": "changed {piece} of the house style {style}: version {version}",
        "style.taken-back": "took the house style {style} back to version {number}",
        "style.removed": "removed the house style {style}",
        "report.started": "started a report",
        "report.written": "wrote on the front sheet of a report",
        "report.section-written": "wrote a section of a report: {section}",
        "report.section-closed": "closed a section of a report: {section}",
        "clearance.asked": "sent a section of a report to {person} for clearance: {section}",
        "clearance.reminded": "reminded {person} of a section to clear: {section}",
        "clearance.due": "was reminded that a section is due to be cleared: {section}",
        "clearance.taken-back": "took a section back from {person}: {section}",
        "clearance.verified": "verified a section of a report: {section}",
        "clearance.returned": "returned a section of a report with a comment: {section}",
        "clearance.voided": "changed a section that {person} had verified: {section}",
        "report.commented": "wrote a comment beside a report",
        "report.comment-resolved": "resolved a comment beside a report",
        "report.appendices-changed": "changed the appendices of a report",
        "report.waived": "left what a check found in a report as it is: {check}",
        "report.waiver-taken-back": "no longer left what a check found in a report as it is: {check}",
        "report.approved": "approved a report for democratic services",
        "report.reopened": "took a report back to write on",
        "report.issued": "issued a report, version {version}",
        "report.published": "published a report",
        "report.withdrawn": "withdrew a report from the public pages",
        "report.taken-down": "took a report down",
        "report.closed-read": "opened the closed sections of a report",
        "report.restricted-read": "read the closed parts of a report as their own copy",
        "register.turned": "turned the public pages {to}",
        "report.requested": "asked for the PDF of a report",
        "report.retried": "asked for the PDF of a report again",
        "report.batched": "asked for the PDF of a report among others",
        "report.cancelled": "cancelled the PDF of a report before it was begun",
        "report.rendered": "received the PDF of a report",
        "decision.recorded": "recorded what was decided on a report on {date}[, with {asked} requests]",
        "decision.corrected": "corrected the record of a decision of {date}[, with {asked} requests more]",
        "decision.followed": "recorded the publication or call-in of a decision of {date}[: {result}]",
        "decision.published": "published the record of a decision of {date}",
        "decision.unpublished": "took the record of a decision of {date} off the public pages",
        "decision.step-added": "added an action after a decision of {date}",
        "decision.step-changed": "changed an action after a decision of {date}",
        "decision.step-followed": "followed up an action after a decision of {date}",
        "report.not-made": "did not receive the PDF of a report: it could not be made",
    },
    Kind.ERASURES: {
        "retention.set": "set for how many years records are kept: {what}, {years}",
        "retention.decided": "decided about a record whose time is over: {decision}[, until {until}]",
        "erasure.asked": "asked for something to be erased: {category}",
        "erasure.withdrawn": "withdrew a request to erase",
        "erasure.refused": "refused to erase what somebody asked to have erased",
        "erasure.done": "erased for good what somebody else had asked to have erased: {category}",
    },
    Kind.SETTINGS: {
        "borough.removed": "removed a council’s record that had been exported",
        "borough.opened": "opened the council’s record in this portal",
        "settings.changed": "changed the settings: {changed}",
        "governance.set": "recorded how decisions are taken: {form}[, from {since}]",
        "governance.corrected": "corrected how decisions are taken: {form}[, from {since}]",
        "funding.set": "recorded the funding of {year}: {status}",
        "funding.corrected": "corrected the funding of {year}: {status}",
        "front.figures-chosen": "chose {count} figures for the front page",
        "page.written": "changed the text of the page “{page}”",
        "page.restored": "brought back the shipped text of the page “{page}”",
    },
}
DEEDS: dict[str, str] = {
    deed: said for sentences in SENTENCES.values() for deed, said in sentences.items()
}
# Pages of the things that deeds are about; whoever may not open one is given no link
PAGES = {
    "boroughs.committee": "boroughs:committee-show",
    "boroughs.closure": "boroughs:closure-show",
    "boroughs.purgerequest": "boroughs:purge-show",
    "boroughs.deliveryplan": "boroughs:plan-show",
    "boroughs.strategy": "boroughs:strategy-show",
    "boroughs.review": "boroughs:review-show",
    "boroughs.risk": "boroughs:risk-show",
    "boroughs.activity": "boroughs:activity-show",
    "boroughs.fundingline": "boroughs:line-show",
    "boroughs.received": "boroughs:received-show",
    "boroughs.policy": "boroughs:policy-show",
    "boroughs.impactassessment": "boroughs:impact-show",
    "toolkit.assessment": "toolkit:assessment",
    "boroughs.duty": "boroughs:duty-show",
    "sheets.sheetimport": "sheets:sheet-show",
    "reports.decision": "reports:decision-show",
}
# Words for facts that do not say it themselves
WORDS = {
    "every": {
        "off": "never",
        "week": "every week",
        "month": "every month",
        "borough": "as the borough does",
    },
    "decision": {"kept": "it is kept", "asked": "its erasure was asked for"},
    "category": {
        "personal": "personal data",
        "closed": "matter that belongs in a closed record",
        "retention": "its retention period is over",
        "other": "another reason",
    },
    "became": {
        "planned": "still to come, or not recorded yet",
        "held": "held",
        "not_held": "not held",
    },
    "result": {"stands": "it stands", "sent_back": "it was sent back to be decided again"},
    "link": {"reported": "one is named", "taken-back": "by none"},
    "belongs": {
        "strategy": "a strategy",
        "board": "a board",
        "policy": "a policy",
        "impact": "an assessment of equality or data protection",
    },
    "status": {"403": "the role does not allow it", "404": "not there, or not for this person"},
}


def deeds_of(kind: str) -> list[str]:
    return list(SENTENCES[Kind(kind)])
