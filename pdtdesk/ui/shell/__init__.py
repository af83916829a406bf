"""The frame of the window: rail, top bar, banner, pages, status line. Values in, signals out; it asks no service."""

from pdtdesk.ui.shell.page import Page
from pdtdesk.ui.shell.rail import RailItem
from pdtdesk.ui.shell.status import StatusFacts
from pdtdesk.ui.shell.top import TopFacts
from pdtdesk.ui.shell.window import Shell

__all__ = ["Page", "RailItem", "Shell", "StatusFacts", "TopFacts"]
