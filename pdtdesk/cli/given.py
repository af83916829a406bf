"""What a command is given: at the terminal, on standard input, in a file; and how it says what was wrong with it."""

import getpass
import sys
from argparse import Namespace
from pathlib import Path

DONE, FAILED, WRONG_USE = 0, 1, 2
LARGEST_FILE = 64 * 1024 * 1024
"""Longer than any day's list by far (bytes)."""


class WrongUse(Exception):
    """What was asked cannot be done as asked; the text says what, where and what to do."""


class Trouble(Exception):
    """The command could not do its work; the text says why and what to do."""


def say(code: int, sentence: str) -> int:
    """Say a sentence on standard error; answers with the code to end with."""
    print(sentence, file=sys.stderr)
    return code


def answer(given: str | None, option: str, prompt: str) -> str:
    """What an option gave, or what is typed at the terminal."""
    if given is None:
        if not sys.stdin.isatty():
            raise WrongUse(f"{option} is missing, and there is no terminal to ask at. Give it with the command.")
        given = input(f"{prompt}: ")
    if not given.strip():
        raise WrongUse(f"{option} is empty. Give the command again with a value.")
    return given.strip()


def password(given: Namespace, *, new: bool = False) -> str:
    """The password; a new one is typed twice at the terminal, and is never empty."""
    typed = secret(given, "Password")
    if new and not given.password_stdin and secret(given, "Password again") != typed:
        raise WrongUse("The two passwords differ. Nothing was set up; give the command again.")
    if new and not typed:
        raise WrongUse("The password is empty. Nothing was set up; give the command again with one.")
    return typed


def secret(given: Namespace, prompt: str) -> str:
    """A line that nobody may see: from the terminal, or the next one of standard input."""
    if given.password_stdin:
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:
            raise WrongUse("Standard input is not text in UTF-8, so no password could be read from it.") from None
        if not line:
            raise WrongUse("Standard input is empty: --password-stdin reads the password from its first line.")
        return line.rstrip("\r\n")
    if not sys.stdin.isatty():
        raise WrongUse("There is no terminal to ask for the password at. Give --password-stdin and pipe it in.")
    return getpass.getpass(f"{prompt}: ")


def read_file(file: Path) -> bytes:
    """What a file holds; one that cannot be read, or is far too large, is named in a sentence."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise WrongUse(f"{file}: the file is larger than any reception list. Give the list of one day.")
        return file.read_bytes()
    except FileNotFoundError:
        raise WrongUse(f"{file}: there is no such file. Check its name and folder.") from None
    except OSError as error:
        raise WrongUse(
            f"{file}: the file cannot be read ({error.strerror}). Check what it is, and its rights."
        ) from None
