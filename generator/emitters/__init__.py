"""Emitters: the model on its way out, each to one kind of output."""
