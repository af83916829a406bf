"""The medicines that are ordered and given here, by name: which of them are opioids, and which make drowsy."""

from enum import StrEnum


class Ordered(StrEnum):
    """A medicine that a prescriber orders at this desk, as orders and dose records name it."""

    METHADONE = "methadone"
    BUPRENORPHINE = "buprenorphine"
    BUPRENORPHINE_NALOXONE = "buprenorphine-naloxone"
    DIHYDROCODEINE = "dihydrocodeine"
    LOFEXIDINE = "lofexidine"
    NALTREXONE = "naltrexone"
    CHLORDIAZEPOXIDE = "chlordiazepoxide"
    DIAZEPAM = "diazepam"

    @property
    def words(self) -> str:
        """The medicine as it stands on the screen."""
        return self.value

    @property
    def is_opioid(self) -> bool:
        """Whether it acts as an opioid; naltrexone blocks, and lofexidine is none."""
        return self in OPIOIDS

    @property
    def is_substitute(self) -> bool:
        """Whether it is an opioid substitute, which only a prescriber's signed order starts or changes (S-02)."""
        return self in SUBSTITUTES

    @property
    def makes_drowsy(self) -> bool:
        """Whether somebody is looked at for sedation before each dose (K-08)."""
        return self in OPIOIDS or self in SEDATIVES

    def stands_for(self, other: "Ordered") -> bool:
        """Whether one is given in the place of the other: the same medicine, or two opioid substitutes."""
        return self.place is other.place

    @property
    def place(self) -> "Ordered":
        """One name for all that are given in the place of each other: every opioid substitute goes by methadone."""
        return Ordered.METHADONE if self.is_substitute else self.active

    @property
    def active(self) -> "Ordered":
        """The medicine under which days are counted: buprenorphine counts alike with and without naloxone."""
        return Ordered.BUPRENORPHINE if self is Ordered.BUPRENORPHINE_NALOXONE else self


SUBSTITUTES = frozenset(
    {Ordered.METHADONE, Ordered.BUPRENORPHINE, Ordered.BUPRENORPHINE_NALOXONE, Ordered.DIHYDROCODEINE}
)
OPIOIDS = SUBSTITUTES
SEDATIVES = frozenset({Ordered.CHLORDIAZEPOXIDE, Ordered.DIAZEPAM})
