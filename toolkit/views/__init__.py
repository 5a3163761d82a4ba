from .adoption import version_adopt
from .assessment import assessment, assessment_list, assessment_open
from .evidence import benchmark_posts, evidence_add, evidence_remove
from .letter import assessment_recommendations
from .lines import assessment_compared, benchmark_line
from .moving import assessment_move
from .prompts import prompt_answer, prompt_local
from .rating import rating, rating_draft, rating_history, rating_unchanged
from .round import (
    assessment_reopen,
    assessment_sign_off,
    assessment_submit,
    assessment_take_back,
    round_rule,
    sign_off_show,
)
from .served import action_serves
from .wording import scale_change, scale_list

__all__ = [
    "action_serves",
    "assessment",
    "assessment_compared",
    "assessment_list",
    "assessment_move",
    "assessment_open",
    "assessment_recommendations",
    "assessment_reopen",
    "assessment_sign_off",
    "assessment_submit",
    "assessment_take_back",
    "benchmark_line",
    "benchmark_posts",
    "evidence_add",
    "evidence_remove",
    "prompt_answer",
    "prompt_local",
    "rating",
    "rating_draft",
    "rating_history",
    "rating_unchanged",
    "round_rule",
    "scale_change",
    "scale_list",
    "sign_off_show",
    "version_adopt",
]
