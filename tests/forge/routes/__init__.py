"""What the fake GitHub answers, one module for each part of its API."""

from tests.forge.routes import actions, checks, issues, pulls, repositories
from tests.forge.routes.call import TABLE, Call

__all__ = ["TABLE", "Call", "actions", "checks", "issues", "pulls", "repositories"]
