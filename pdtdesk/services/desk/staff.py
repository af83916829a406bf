"""Staff of the establishment at this desk: who is added, who leaves, whose lease and password are renewed."""

from dataclasses import dataclass
from datetime import timedelta

from pdtdesk.domain.ids import uuid7
from pdtdesk.domain.names import check_name, check_text
from pdtdesk.domain.record.entry import NewEntry
from pdtdesk.domain.roles import Permission, Role
from pdtdesk.domain.staff import Member
from pdtdesk.services.acting import LEASE, Acting, action
from pdtdesk.services.ports import AuditLine, Keys, Work
from pdtdesk.services.refusals import Refused

ONE_DAY = timedelta(days=1)
REGISTRATION_LIMIT = 40


@dataclass(frozen=True, slots=True)
class NewMember:
    """Who is to be added: account for signing in, name as it stands in the record, role, registration number."""

    account: str
    name: str
    role: Role
    password: str
    registration: str | None = None


@action(Permission.MANAGE_STAFF)
def members(acting: Acting) -> tuple[Member, ...]:
    """Everybody who is or was on the staff here."""
    with acting.store.reading() as work:
        return work.members()


@action(Permission.MANAGE_STAFF)
def add(acting: Acting, keys: Keys, new: NewMember) -> str:
    """Add a member of staff to this desk; answers with the member's id.

    The slot is written first: a slot that no entry names opens nothing, an entry without a slot locks somebody out.
    """
    name = check_name(new.name, "The name")
    registration = check_text(new.registration or "", "The registration number", REGISTRATION_LIMIT) or None
    account = new.account.strip().lower()
    member_id = uuid7(acting.now(), acting.random_bytes)
    keys.add(account, member_id, new.password)
    with acting.store.work() as work:
        body = {
            "member": member_id,
            "account": account,
            "name": name,
            "role": new.role.value,
            "registration": registration,
            "active": True,
        }
        until = (acting.now() + LEASE).isoformat()
        work.append(
            [
                NewEntry("oversight", "member", body, acting.who),
                NewEntry("oversight", "lease", {"member": member_id, "until": until}, acting.who),
            ]
        )
        work.audit(AuditLine(acting.now(), acting.who, "added to staff", detail=f"{name}, {new.role.value}"))
    return member_id


@action(Permission.MANAGE_STAFF)
def retire(acting: Acting, keys: Keys, member_id: str) -> None:
    """End somebody's place on the staff in good order: what they wrote stays good and is sent on."""
    _leave(acting, keys, member_id, "retired")


@action(Permission.MANAGE_STAFF)
def revoke(acting: Acting, keys: Keys, member_id: str) -> None:
    """End somebody's access at once: what comes from them later is held for review, not lost."""
    _leave(acting, keys, member_id, "revoked")


@action(Permission.RENEW_LEASES)
def renew_leases(acting: Acting) -> int:
    """Give everybody on the staff a new lease on this desk; answers with how many were renewed."""
    until = (acting.lease_now() + LEASE).isoformat()
    with acting.store.work() as work:
        staff = [member for member in work.members() if member.active]
        work.append(
            [NewEntry("oversight", "lease", {"member": each.id, "until": until}, acting.who) for each in staff]
        )
        work.audit(AuditLine(acting.now(), acting.who, "renewed leases", detail=f"{len(staff)} members"))
    return len(staff)


@action(Permission.RESET_PASSWORDS)
def reset_password(acting: Acting, keys: Keys, account: str, one_day_password: str) -> None:
    """A new password for a day, for somebody who has forgotten theirs; it is changed when they sign in."""
    with acting.store.reading() as work:
        member = next((each for each in work.members() if each.account == account and each.active), None)
    if member is None:
        raise Refused(f"Nobody on the staff here signs in as {account}.")
    if member.id == acting.who.id:
        raise Refused("Your own password is changed on the page of your account, not reset.")
    keys.reset(account, member.id, one_day_password, acting.lease_now() + ONE_DAY)
    with acting.store.work() as work:
        work.audit(AuditLine(acting.now(), acting.who, "gave a one-day password", detail=member.name))


@action(Permission.ROTATE_KEYS)
def rotate_keys(acting: Acting, keys: Keys) -> None:
    """Give the desk a new key, for instance when a slot or a sheet may have been seen.

    Whoever has left gets no slot under it, also where the rotation of that day did not come to its end.
    """
    keys.rotate(leaving=_left(acting, keys))
    with acting.store.work() as work:
        work.audit(AuditLine(acting.now(), acting.who, "changed the desk's key"))


@action(Permission.ROTATE_KEYS)
def renew_recovery(acting: Acting, keys: Keys) -> str:
    """A new recovery code, to be printed; the one before no longer opens this desk."""
    code = keys.renew_recovery()
    with acting.store.work() as work:
        work.audit(AuditLine(acting.now(), acting.who, "made a new recovery code"))
    return code


def change_own_password(acting: Acting, keys: Keys, account: str, old: str, new: str) -> None:
    """Change one's own password: anybody may, whatever their role or lease."""
    if old == new:
        raise Refused("The new password is the old one. Choose another.")
    with acting.store.reading() as work:
        own = next((each.account for each in work.members() if each.id == acting.who.id and each.active), None)
    if own != account:
        raise Refused("This is not your own account. Lock the desk and sign in as yourself.")
    keys.change_password(account, old, new)
    with acting.store.work() as work:
        work.audit(AuditLine(acting.now(), acting.who, "changed own password"))


def _leave(acting: Acting, keys: Keys, member_id: str, how: str) -> None:
    with acting.store.work() as work:
        member = _active(work, member_id)
        if member.id == acting.who.id:
            raise Refused("Nobody removes themselves: another administrator does it.")
        admins = [each for each in work.members() if each.active and each.role == Role.ADMIN]
        if member.role == Role.ADMIN and len(admins) < 2:
            raise Refused("The last administrator stays: add another one first.")
        before = [
            entry.id
            for entry in work.establishment_entries("member")
            if entry.body and entry.body.get("member") == member_id
        ]
        body = {
            "member": member.id,
            "account": member.account,
            "name": member.name,
            "role": member.role,
            "registration": member.registration,
            "active": False,
            "how": how,
        }
        work.append([NewEntry("oversight", "member", body, acting.who, supersedes=tuple(before))])
        work.audit(AuditLine(acting.now(), acting.who, f"{how} from staff", detail=member.name))
    keys.rotate(leaving=(member.account,))


def _left(acting: Acting, keys: Keys) -> tuple[str, ...]:
    """Accounts that still have a slot here and belong to nobody on the staff any more."""
    with acting.store.reading() as work:
        members = work.members()
    active = {each.account for each in members if each.active}
    gone = {each.account for each in members} - active
    return tuple(sorted(gone.intersection(keys.accounts())))


def _active(work: Work, member_id: str) -> Member:
    for member in work.members():
        if member.id == member_id and member.active:
            return member
    raise Refused("That person is not on the staff here.")
