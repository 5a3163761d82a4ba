from .typed import TypedText
from .user import User

__all__ = ["TypedText", "User"]
