"""What stands in the real queue: the tests look there instead of replacing the broker."""

import base64
import json
from typing import Any
from uuid import UUID

import redis
from django.conf import settings


def messages() -> list[Any]:
    """The arguments of every message that waits for a worker."""
    broker = redis.Redis.from_url(settings.REDIS_URL)
    try:
        waiting = [json.loads(message) for message in broker.lrange("celery", 0, -1)]
    finally:
        broker.close()
    return [json.loads(base64.b64decode(message["body"])) for message in waiting]


def rung_for(pk: UUID) -> int:
    """How often the bell was rung for one rendering; a message carries the key and nothing else."""
    return sum(arguments == [str(pk)] and named == {} for arguments, named, _ in messages())
