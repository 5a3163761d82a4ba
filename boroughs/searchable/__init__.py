"""What of a council's record can be found by search. A new noun is one `Source` in the module it belongs to."""

# In the order in which results list their kinds
# isort: off
from . import plans
from . import reviews
from . import boards
from . import figures
from . import registers

__all__ = ["boards", "figures", "plans", "registers", "reviews"]
