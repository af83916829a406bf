"""The encrypted database of this desk: the journal, what is folded from it, drafts, audit and outbox."""
