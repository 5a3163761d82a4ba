"""For whoever watches the installation."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError


@require_safe
@login_not_required
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; says of the broker whether it does. Without the broker pages still work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "up", "broker": "up" if _broker_answers() else "down"})


def _broker_answers() -> bool:
    try:
        cache.get("health")
    except (RedisError, OSError):
        return False
    return True
