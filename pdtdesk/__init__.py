"""PDT Desk: a ward journal for prison drug treatment, kept on an encrypted desk."""

__version__ = "0.1.0"
