"""What other apps may hear of people: they stand above this one, so it cannot call them."""

from __future__ import annotations

from django.dispatch import Signal


# Sent in the transaction of the decision, with ``application``.
application_decided = Signal()

# Sent in the transaction that makes an account for somebody with a role, with ``user``.
user_invited = Signal()

# Sent in the transaction that deletes the account, before the row goes, with ``user``.
user_leaves = Signal()
