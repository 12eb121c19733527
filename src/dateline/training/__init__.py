"""How the learned coder learns: readings in, a model out. Needs the extra `dateline[train]`; nothing else does."""
