"""The keys of a desk: who can open it, with what, and how nobody is locked out of it at 03:00.

`sign_in` opens a slot; `identity` sets a desk up; `staff` and `rotation` change who can open it; `recovery` is the
printed code; `secret` and `keyring_secrets` are the half that a stolen disk lacks. Nothing here loads SQLAlchemy, and
`keyring` is loaded only when it is asked.
"""
