from .key import FileKey

__all__ = ["FileKey"]
