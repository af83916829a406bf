"""The door of a desk: shut, it knows the accounts; opened with a password or the printed code, it holds the key."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime

from sqlalchemy import Engine

from pdtdesk.protocol.seal import Desk as ChainDesk
from pdtdesk.services.ports import AuditLine, Clock, Entered, Founding, RandomBytes
from pdtdesk.store import audit, journal
from pdtdesk.store.desk import OpenDesk, told_clearly
from pdtdesk.store.engine import DatabaseTrouble, open_engine, reading, rekey
from pdtdesk.store.founding import chain_desk, found
from pdtdesk.store.keys import attempts
from pdtdesk.store.keys.attempts import Outcome, Tried
from pdtdesk.store.keys.desk_file import read_desk
from pdtdesk.store.keys.errors import KeyringChanged, KeyringTrouble, KeysError, NoSuchMember, NotWritten
from pdtdesk.store.keys.files import told_if_not_written, write_private
from pdtdesk.store.keys.folder import DeskFolder
from pdtdesk.store.keys.lock import WindowHold
from pdtdesk.store.keys.members import PRODUCT_COST, Argon2Cost, make_member
from pdtdesk.store.keys.recovery import renew_recovery
from pdtdesk.store.keys.rotation import rotate, settle
from pdtdesk.store.keys.secret import ChainHead, DeskSecret, DeskSecrets
from pdtdesk.store.keys.sign_in import sign_in, sign_in_with_recovery
from pdtdesk.store.keys.slots import Candidate, Opened, write_slot
from pdtdesk.store.keys.staff import add_member, change_password, reset_password
from pdtdesk.store.rebuild import rebuild
from pdtdesk.store.schema import bring_up_to_date, is_folded_by_this_program, note_folding

_RIGHT = (Outcome.OPENED, Outcome.RECOVERED)
"""Nothing was tried in vain: there is no attempt to be counted."""


class DeskDoor:
    """One desk's door. The database stays open while a person locks the screen; `close` drops the key."""

    def __init__(
        self,
        folder: DeskFolder,
        secrets: DeskSecrets,
        *,
        clock: Clock,
        random_bytes: RandomBytes,
        cost: Argon2Cost = PRODUCT_COST,
        window: WindowHold | None = None,
    ) -> None:
        self._folder = folder
        self._secrets = secrets
        self._clock = clock
        self._random = random_bytes
        self._cost = cost
        self._window = window
        self._open: OpenDesk | None = None
        self._candidate: Candidate | None = None
        self._secret: DeskSecret | None = None

    @property
    def keys(self) -> "DeskDoor":
        """The keys of the desk, once it is open: this door has them."""
        return self

    def is_founded(self) -> bool:
        """Whether a desk has been set up here."""
        return self._folder.desk.exists()

    def found(self, founding: Founding) -> str:
        """Set a desk up here; answers with the recovery code to be printed, once."""
        return found(
            self._folder,
            founding,
            None if founding.demonstration else self._secrets,
            clock=self._clock,
            random_bytes=self._random,
            cost=self._cost,
        )

    def accounts(self) -> tuple[str, ...]:
        """The accounts that have a slot here."""
        return self._folder.accounts(read_desk(self._folder).generation)

    def seconds_to_wait(self, account: str) -> int:
        """How long an account has to wait after wrong passwords; 0 when it may try."""
        return attempts.seconds_to_wait(self._folder, account, self._clock.now())

    def enter(self, account: str, password: str) -> Entered:
        """Sign in. The database is opened at the first sign-in and kept open; later ones prove the password alone.

        Raises what `keys.sign_in` and `engine` raise: each says what to do.
        """
        opened = sign_in(
            self._folder,
            account,
            password,
            self._secrets,
            now=self._clock.now(),
            cost=self._cost,
            random_bytes=self._random,
        )
        store = self._open or self._open_database(opened)
        self._audit_attempts(store)
        return Entered(store, opened.member.account, opened.member.member_id, opened.member.must_change)

    def recover(self, code: str, account: str, new_password: str) -> Entered:
        """Open the desk with the printed code, and give one member a new password.

        The way in where the keyring is lost, locked or changed, and where a password was forgotten with nobody there
        who could give a new one. The keyring is put in order where it can be; where it cannot, the desk works all the
        same until it is shut. Raises `RecoveryCodeMistyped`, `RecoveryCodeWrong`, `NoSuchMember`, `PasswordRefused`.
        """
        now = self._clock.now()
        recovered = sign_in_with_recovery(self._folder, code, now=now)
        candidates = tuple(Candidate(each.generation, each.key) for each in recovered)
        engine, candidate = open_engine(self._folder.database, candidates)
        found = next(each for each in recovered if each.generation == candidate.generation)
        if found.secret is None:
            engine.dispose()
            raise KeyringChanged
        store = self._take(engine, candidate, found.secret)
        with store.reading() as work:
            member = next((each for each in work.members() if each.account == account and each.active), None)
        if member is None:
            raise NoSuchMember(account)
        keys = make_member(account, member.id, new_password, cost=self._cost, random_bytes=self._random)
        write_slot(self._folder, read_desk(self._folder).desk, candidate, keys, found.secret, self._random)
        with suppress(KeyringTrouble):
            self._secrets.write(store.desk.id, found.secret)
        with suppress(NotWritten):
            self.recovery_on_paper()
        attempts.forgive(self._folder, account, now)
        self._audit_attempts(store)
        with store.work() as work:
            work.audit(AuditLine(now, member.author, "opened the desk with the recovery code"))
        return Entered(store, account, member.id, must_change=False)

    def close(self) -> None:
        """Drop the key: the desk is shut until somebody signs in. The chain's head is noted in the keyring."""
        if self._open is not None:
            try:
                with suppress(KeysError, DatabaseTrouble):  # a desk that is closed must always let go of its key
                    self.note_head()
            finally:
                self._open.engine.dispose()
        self._open = self._candidate = self._secret = None

    def note_head(self) -> None:
        """Note where the chain stands, so that an older file put back is seen at the next `desk verify`.

        A note that the chain does not bear out is left standing: it is the evidence.
        """
        store = self._opened()
        secrets = self._secrets.hurried()
        noted = secrets.read(store.desk.id).head
        with told_clearly(), reading(store.engine).begin() as connection:
            head = journal.chain_head(connection, store.desk.id)
            audited = audit.last(connection)
            borne_out = noted is None or (
                journal.holds(connection, store.desk.id, noted.seq, noted.hash)
                and audit.holds(connection, noted.audit_seq, noted.audit_hash)
            )
        if head.hash is not None and borne_out:
            secrets.note_head(store.desk.id, ChainHead(head.seq, head.hash, *audited))

    def key(self) -> bytes:
        """The database's key, for a copy or a check of its pages."""
        return self._in_force().key

    def noted_head(self) -> ChainHead | None:
        """Where the chain stood when it was last noted in the keyring."""
        return self._secrets.read(self._opened().desk.id).head

    def add(self, account: str, member_id: str, password: str) -> None:
        """Let a member of staff open this desk."""
        member = make_member(account, member_id, password, cost=self._cost, random_bytes=self._random)
        add_member(
            self._folder, member, in_force=self._in_force(), secret=self._held_secret(), random_bytes=self._random
        )

    def reset(self, account: str, member_id: str, one_day_password: str, expires_at: datetime) -> None:
        """A one-day password in place of a forgotten one; the failures counted against the old one end."""
        reset_password(
            self._folder,
            account,
            member_id,
            one_day_password,
            expires_at=expires_at,
            in_force=self._in_force(),
            secret=self._held_secret(),
            cost=self._cost,
            random_bytes=self._random,
        )
        attempts.forgive(self._folder, account, self._clock.now())

    def change_password(self, account: str, old: str, new: str) -> None:
        """A member's own new password."""
        change_password(
            self._folder,
            account,
            old,
            new,
            in_force=self._in_force(),
            cost=self._cost,
            random_bytes=self._random,
        )

    def rotate(self, leaving: Sequence[str] = ()) -> None:
        """Give the desk a new key, sealed to all but those leaving; the database is shut meanwhile."""
        with self._shut():
            self._candidate = rotate(
                self._folder,
                in_force=self._in_force(),
                secret=self._held_secret(),
                rekey=lambda old, new: rekey(self._folder.database, old, new),
                random_bytes=self._random,
                leaving=leaving,
                window=self._window,
            )

    def recovery_on_paper(self) -> None:
        """Somebody has proved that the recovery code in force is on paper."""
        write_private(self._folder.on_paper, b"")

    def is_recovery_on_paper(self) -> bool:
        """Whether somebody has; a demonstration desk has nothing to lose."""
        return self._folder.on_paper.is_file() or read_desk(self._folder).desk.demonstration

    def renew_recovery(self) -> str:
        """A new recovery code in place of the one before, to be printed."""
        with told_if_not_written(self._folder.on_paper):
            self._folder.on_paper.unlink(missing_ok=True)
        return renew_recovery(self._folder, self._in_force(), self._held_secret(), self._random).printed()

    @contextmanager
    def _shut(self) -> Iterator[None]:
        """The database closed for a while; opened again under whichever key is then in force."""
        store, before = self._opened(), self._in_force()
        store.engine.dispose()
        try:
            yield
        finally:
            candidates = dict.fromkeys((self._in_force(), before))
            store.engine, self._candidate = open_engine(self._folder.database, tuple(candidates))

    def _open_database(self, opened: Opened) -> OpenDesk:
        engine, candidate = open_engine(self._folder.database, opened.candidates)
        return self._take(engine, candidate, opened.secret)

    def _take(self, engine: Engine, candidate: Candidate, secret: DeskSecret) -> OpenDesk:
        try:
            settle(self._folder, candidate)
            with engine.begin() as connection:
                bring_up_to_date(connection)
                folded = is_folded_by_this_program(connection)
            if not folded:
                rebuild(engine)
                with engine.begin() as connection:
                    note_folding(connection)
        except BaseException:
            engine.dispose()
            raise
        desk: ChainDesk = chain_desk(read_desk(self._folder).desk, secret)
        self._open = OpenDesk(engine, desk, self._clock, self._random)
        self._candidate, self._secret = candidate, secret
        return self._open

    def _audit_attempts(self, store: OpenDesk) -> None:
        def into(tried: tuple[Tried, ...], left_out: int) -> None:
            with store.work() as work:
                for each in tried:
                    what = f"sign-in: {each.outcome.value}"
                    told = each.account if each.outcome in _RIGHT else f"{each.account}, attempt {each.serial}"
                    work.audit(AuditLine(each.at, None, what, detail=told))
                if left_out:
                    note = f"{left_out} more attempts were counted and not listed"
                    work.audit(AuditLine(self._clock.now(), None, "sign-in: many attempts", detail=note))

        attempts.drain(self._folder, self._clock.now(), into)

    def _opened(self) -> OpenDesk:
        if self._open is None:
            raise RuntimeError("the desk is shut: nobody has signed in")
        return self._open

    def _in_force(self) -> Candidate:
        if self._candidate is None:
            raise RuntimeError("the desk is shut: nobody has signed in")
        return self._candidate

    def _held_secret(self) -> DeskSecret:
        if self._secret is None:
            raise RuntimeError("the desk is shut: nobody has signed in")
        return self._secret
