"""The URLconf as the tests walk it, and the addresses of one borough's rows."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import Place, World

# Pages that anybody may open, each for a reason; a new one is a decision to be read in this list.
PUBLIC = {
    "account_inactive",  # says that an account is closed
    "account_login",
    "account_logout",  # sends on whoever is signed out already
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",  # says that people come by invitation
    "mfa_authenticate",  # the second step of signing in; without a first it sends there
    "calendar:feed",  # read by calendar programs at a secret address: titles and days
    "health",  # for whoever watches the installation
    "invitations:invitation-accept",  # the link of an e-mail
    "portal:accessibility",  # the law asks for it (SI 2018/952, reg 8)
    "portal:complaints",
    "portal:glossary",  # what the words on public pages and in reports mean
    "portal:help",
    "portal:privacy",  # UK GDPR, Article 13
    "register:register-index",  # councils that show their published reports
    "register:register",
    "register:register-feed",
    "register:register-issue",  # what was published, and nothing else
    "register:register-pdf",
    "register:register-appendix",
    "register:register-decision",
}
# Pages for everybody who is signed in, whatever their roles
SIGNED_IN = {
    "account_change_password",
    "account_reauthenticate",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "portal:home",
    "second_factor_needed",
}


# Addresses that name a subject or a period, and no row: the same in every borough
NO_ROW: dict[str, dict[str, Any]] = {
    "boroughs:figure-enter": {"topic": "referrals", "period": "year-2021"},
    "reports:style-sample": {"key": "plain"},
    "reports:style-pdf": {"key": "plain"},
    "reports:style-copy": {"key": "plain"},
    "toolkit:benchmark-line": {"version": "la-2018", "benchmark": "training"},
    "toolkit:prompt-local": {"version": "la-2018", "benchmark": "training"},
    "toolkit:scale-change": {"scale": "rag"},
}


# What a page is asked for, so that there is something on it
QUERIES = {"portal:search": "?q=words+or+canary"}


def walk(resolver: Any = None, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from walk(pattern, inner)
        else:
            yield ":".join((*names, pattern.name or "")), pattern


ROUTES = dict(walk())
BOROUGH_ROUTES = sorted(
    name
    for name, p in ROUTES.items()
    if getattr(p.callback, "access", "administrator") != "administrator"
)
# Pages over every borough in which the visitor holds a permission
ACROSS_ROUTES = sorted(name for name, p in ROUTES.items() if hasattr(p.callback, "across"))
ADMINISTRATOR_ROUTES = sorted(
    name for name, p in ROUTES.items() if getattr(p.callback, "access", "") == "administrator"
)


def opens_to_lists(name: str) -> bool:
    """Whether the list of something closed opens the door besides the permission: boroughs/access.py, reader_view."""
    return bool(ROUTES[name].callback.opens_to_lists)  # type: ignore[attr-defined]  # set by borough_view


def access_to(name: str) -> Any:
    """The permission at the route's door."""
    return ROUTES[name].callback.access  # type: ignore[attr-defined]  # set by borough_view


def across_to(name: str) -> Any:
    """The permission that has to be held somewhere."""
    return ROUTES[name].callback.across  # type: ignore[attr-defined]  # set by across_view


STYLE_PAGES: dict[str, dict[str, Any]] = {
    **{page: {} for page in ("show", "history", "remove", "front", "sections")},
    "version": {"number": 1},
    "piece": {"piece": "numbering"},
    **{f"{each}-add": {} for each in ("field", "section")},
    "field-change": {"field": "wards"},
    "section-change": {"section": "background"},
    "part-add": {"section": "implications"},
}


def rows_of(place: Place) -> dict[str, dict[str, Any]]:
    """For each route that names a row: the borough's own row, by the name of the argument in the URL."""
    assessment, report = {"pk": place.assessment.pk}, {"pk": place.report.pk}
    rendering = {**report, "rendering": place.rendering.pk}
    drafting, issue = {"pk": place.drafting.pk}, {**report, "number": place.issue.number}
    section = {**drafting, "key": "executive-summary"}
    rating = {**assessment, "benchmark": "training"}
    review, in_review = {"pk": place.scrutiny.pk}, {"review": place.scrutiny.pk}
    recommendation = {**in_review, "pk": place.recommendation.pk}
    link_to_action = {**recommendation, "link": place.linked_action.pk}
    step = {**recommendation, "step": place.step.pk}
    committee, person = {"pk": place.committee.pk}, {"pk": place.contributor.pk}
    strategy, in_strategy = {"pk": place.strategy.pk}, {"strategy": place.strategy.pk}
    of_strategy = ("show", "change", "govern", "move", "adopt", "amend", "close", "unconsulted")
    level = {**in_strategy, "pk": place.priority.pk}
    area = {**in_strategy, "priority": place.priority.pk, "pk": place.area.pk}
    plan, action = {"pk": place.plan.pk}, {"plan": place.plan.pk, "pk": place.action.pk}
    line = {**in_strategy, "pk": place.consultation.pk}
    board, duty = {"pk": place.board.pk}, {"pk": place.duty.pk}
    in_committee, invitation = {"committee": place.committee.pk}, {"pk": place.invitation.pk}
    paper = {"pk": place.paper.pk}
    version = {**paper, "version": place.version.pk}
    closure = {"pk": place.closure.pk}
    return {
        "papers:paper": paper,
        "papers:paper-change": paper,
        "papers:paper-close": paper,
        "papers:version-add": paper,
        "papers:version-download": version,
        "papers:use-change": {"kind": "strategy", "record": place.strategy.pk},
        "papers:use-remove": {
            "kind": "strategy",
            "record": place.strategy.pk,
            "pk": place.use.pk,
        },
        "papers:finding-clear": {**version, "finding": place.finding.pk},
        "toolkit:assessment": assessment,
        "toolkit:rating": rating,
        "toolkit:rating-history": rating,
        "toolkit:rating-draft": rating,
        "toolkit:rating-unchanged": rating,
        **{
            f"toolkit:assessment-{verb}": assessment
            for verb in ("submit", "take-back", "sign-off", "reopen", "move", "recommendations")
        },
        "toolkit:benchmark-posts": assessment,
        "toolkit:assessment-compared": assessment,
        "toolkit:evidence-add": rating,
        "toolkit:prompt-answer": rating,
        "toolkit:evidence-remove": {**rating, "evidence": place.evidence.pk},
        "toolkit:sign-off": {"pk": place.earlier.pk, "edition": 1},
        **{
            f"reports:style-{page}": {"key": place.style.key, **more}
            for page, more in STYLE_PAGES.items()
        },
        "reports:meeting-show": {"pk": place.meeting.pk},
        "reports:decision-record": report,
        **{
            f"reports:decision-{verb}": {"pk": place.decision.pk}
            for verb in (
                "show",
                "correct",
                "follow",
                "download",
                "publish",
                "unpublish",
                "step-add",
            )
        },
        **{
            f"reports:decision-step-{verb}": {
                "pk": place.decision.pk,
                "step": place.decision_step.pk,
            }
            for verb in ("change", "follow")
        },
        "reports:report": report,
        **{f"reports:report-{verb}": report for verb in ("draft", "issue", "checks")},
        **{f"reports:report-{verb}": drafting for verb in ("front", "make", "approve", "reopen")},
        "reports:waiver-take-back": {**report, "waiver": place.waiver.pk},
        "reports:section": section,
        **{f"reports:section-{verb}": section for verb in ("preview", "history", "close")},
        "reports:appendix-list": drafting,
        "reports:appendix-move": {**drafting, "appendix": place.appendix.pk},
        "reports:appendix-remove": {**drafting, "appendix": place.appendix.pk},
        "reports:clearance-send": drafting,
        **{
            f"reports:clearance-{verb}": {**drafting, "clearance": place.clearance.pk}
            for verb in ("remind", "take-back")
        },
        "reports:comment-list": drafting,
        "reports:comment-resolve": {**drafting, "comment": place.comment.pk},
        **{
            f"reports:clear-{verb}": {"pk": place.clearance.pk}
            for verb in ("section", "paper", "preview", "history", "verify", "return", "comment")
        },
        "reports:issue": issue,
        **{
            f"reports:issue-{verb}": issue
            for verb in ("publish", "withdraw", "take-down", "restricted", "closed")
        },
        "reports:round-report": {"duty": place.duty.pk, "round": place.round.pk},
        "reports:rendering": rendering,
        "reports:rendering-status": rendering,
        "reports:rendering-retry": rendering,
        "reports:rendering-download": rendering,
        "reports:rendering-document": rendering,
        "reports:rendering-figures": rendering,
        "reports:rendering-figures-json": rendering,
        "reports:rendering-ratings": rendering,
        "boroughs:person-roles": person,
        "boroughs:person-end": person,
        "boroughs:person-handover": person,
        "boroughs:invitation-resend": invitation,
        "boroughs:invitation-withdraw": invitation,
        "boroughs:committee-show": committee,
        "boroughs:committee-change": committee,
        "boroughs:committee-end": committee,
        "boroughs:committee-notices": {"pk": place.cabinet.pk},
        "boroughs:committee-notice-add": {"pk": place.cabinet.pk},
        "boroughs:committee-notice-change": {
            "committee": place.cabinet.pk,
            "pk": place.notice.pk,
        },
        "boroughs:meeting-add": in_committee,
        "boroughs:meeting-change": {**in_committee, "pk": place.meeting.pk},
        "boroughs:seat-give": in_committee,
        "boroughs:seat-end": {**in_committee, "pk": place.seat.pk},
        "boroughs:retention-decide": {"pk": place.review.pk},
        "boroughs:purge-ask": {"kind": "committee", "record": place.committee.pk},
        "boroughs:purge-show": {"pk": place.purge.pk},
        "boroughs:purge-decide": {"pk": place.purge.pk},
        "boroughs:purge-withdraw": {"pk": place.purge.pk},
        "boroughs:closure-show": closure,
        "boroughs:closure-change": closure,
        "boroughs:closure-release": closure,
        "boroughs:list-grant": closure,
        "boroughs:list-revoke": {**closure, "person": place.member.pk},
        "boroughs:list-grant-seats": closure,
        "boroughs:list-revoke-seats": {**closure, "committee": place.committee.pk},
        "boroughs:emergency-give": closure,
        "boroughs:request-ask": {"pk": place.asked.pk},
        "boroughs:request-answer": {"pk": place.access_request.pk},
        **{f"boroughs:strategy-{verb}": strategy for verb in of_strategy},
        "boroughs:amendment-show": {**in_strategy, "pk": place.amendment.pk},
        "boroughs:consultation-add": in_strategy,
        "boroughs:consultation-change": line,
        "boroughs:consultation-remove": line,
        **{
            f"boroughs:board-{verb}": board
            for verb in ("show", "change", "member-add", "meeting-add")
        },
        **{f"boroughs:duty-{verb}": duty for verb in ("show", "change", "record")},
        "boroughs:board-member-change": {**board, "member": place.board_member.pk},
        "boroughs:board-meeting-record": {**board, "meeting": place.board_meeting.pk},
        "boroughs:link-add": in_strategy,
        "boroughs:link-remove": {**in_strategy, "pk": place.link.pk},
        **{f"boroughs:review-{verb}": review for verb in ("show", "change", "close")},
        "boroughs:recommendation-add": in_review,
        **{
            f"boroughs:recommendation-{verb}": recommendation
            for verb in ("change", "answer", "report")
        },
        **{
            f"boroughs:risk-{verb}": {"pk": place.risk.pk}
            for verb in ("show", "change", "review", "close")
        },
        **{
            f"boroughs:received-{verb}": {"pk": place.received.pk}
            for verb in ("show", "change", "brief")
        },
        "boroughs:context-change": {"pk": place.fact.pk},
        **{f"boroughs:policy-{verb}": {"pk": place.policy.pk} for verb in ("show", "change")},
        **{f"boroughs:impact-{verb}": {"pk": place.impact.pk} for verb in ("show", "change")},
        **{
            f"boroughs:line-{verb}": {"pk": place.line.pk}
            for verb in ("show", "change", "move", "close")
        },
        **{
            f"boroughs:activity-{verb}": {"pk": place.activity.pk}
            for verb in ("show", "change", "figures")
        },
        "boroughs:step-add": recommendation,
        "boroughs:step-change": step,
        "boroughs:linked-actions": recommendation,
        "boroughs:action-unlink": link_to_action,
        "boroughs:priority-add": in_strategy,
        **{f"boroughs:priority-{verb}": level for verb in ("change", "remove", "move")},
        "boroughs:area-add": {**in_strategy, "priority": place.priority.pk},
        **{f"boroughs:area-{verb}": area for verb in ("change", "remove", "move")},
        "boroughs:plan-add": in_strategy,
        **{f"boroughs:plan-{verb}": plan for verb in ("show", "change", "refresh")},
        "boroughs:action-add": {"plan": place.plan.pk},
        **{
            f"boroughs:action-{verb}": action
            for verb in ("show", "change", "report", "remove", "move")
        },
        "toolkit:action-serves": action,
        **{
            f"sheets:sheet-{verb}": {"pk": place.sheet.pk}
            for verb in ("show", "match", "status", "apply", "undo", "discard", "refused", "words")
        },
        "sheets:plan-download": plan,
        "sheets:rating-download": assessment,
        "boroughs:organisation-change": {"pk": place.organisation.pk},
        "boroughs:person-organisation": person,
        "boroughs:figure-show": {"key": place.indicator.key},
        "boroughs:figure-close": {"pk": place.figure.pk},
        "boroughs:indicator-change": {"pk": place.indicator.pk},
        "boroughs:governance-correct": {"pk": place.governance.pk},
        "boroughs:funding-correct": {"pk": place.funding.pk},
    }


def address(name: str, place: Place, *, under: Place | None = None) -> str:
    """The page of the place's row, under its own borough's name or another's."""
    kwargs: dict[str, Any] = {
        "borough": (under or place).borough.slug,
        **rows_of(place).get(name, {}),
        **NO_ROW.get(name, {}),
    }
    return reverse(name, kwargs=kwargs) + QUERIES.get(name, "")


def across_address(name: str, world: World) -> str:
    """A page over boroughs; of a batch, that of Thurrock's coordinator."""
    arguments = {"batch": world.here.batch} if "<uuid:batch>" in str(ROUTES[name].pattern) else {}
    return reverse(name, kwargs=arguments)


def public_address(name: str, place: Place) -> str:
    """A page of the register: of what the place has published."""
    arguments: dict[str, Any] = {"slug": place.borough.slug, "pk": place.issue.pk, "place": 1}
    arguments["decision"] = place.decision.pk
    pattern = str(ROUTES[name].pattern)
    return reverse(name, kwargs={key: v for key, v in arguments.items() if f":{key}>" in pattern})


def administrator_address(name: str, world: World) -> str:
    arguments: dict[str, dict[str, Any]] = {
        "administration:borough-open": {"gss": "E09000033"},
        "administration:lead-invite": {"pk": world.here.borough.pk},
        "portal:page-edit": {"key": "help"},
        "portal:page-restore": {"key": "help"},
    }
    return reverse(name, kwargs=arguments.get(name, {}))
