"""Where the national guidance that comes with the product lies."""

from pathlib import Path

from pdtdesk.policy.parameters import Parameters


def national_folder() -> Path:
    """The policy folder beside the code, in a checkout and in an installed tree alike."""
    return Path(__file__).resolve().parents[2] / "resources" / "policy"


def load_national() -> Parameters:
    """The guidance that comes with the product, without any overlay."""
    return Parameters.load(national_folder())
