"""What an uploaded file is, whether it can be taken, and what it hides.

`inspect(path, name=...)` does its work in a process of its own and answers with an `Inspected` or an
`Unacceptable` whose words can stand beside the field. Nothing here knows a model or a request.
"""

from papers.inspection.names import clean_name
from papers.inspection.process import inspect
from papers.inspection.sentences import said
from papers.inspection.verdict import MOST_BYTES, Finding, Inspected, Unacceptable

__all__ = ["MOST_BYTES", "Finding", "Inspected", "Unacceptable", "clean_name", "inspect", "said"]
