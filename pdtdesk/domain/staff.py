"""The people who write in the journal, and the establishments and desks they write at."""

from dataclasses import dataclass
from datetime import datetime

from pdtdesk.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Author:
    """Who gave or wrote down an answer: bound at that moment, whoever is signed in when it is saved.

    `registration` is the professional register's number (NMC, GMC), or None for those who have none.
    """

    id: str
    name: str
    role: str
    registration: str | None = None

    @property
    def role_title(self) -> str:
        """The role in words; an unknown role of a newer desk stands as it was sent."""
        try:
            return Role(self.role).words
        except ValueError:
            return self.role


@dataclass(frozen=True, slots=True)
class Establishment:
    """A prison: its three-letter code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff as the directory of the establishment knows them."""

    id: str
    account: str
    name: str
    role: str
    registration: str | None = None
    active: bool = True
    lease_until: datetime | None = None

    @property
    def author(self) -> Author:
        """This member as the author of what they write."""
        return Author(self.id, self.name, self.role, self.registration)
