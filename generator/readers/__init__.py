"""Readers: a source document in, the neutral model out; they know nothing of any
output."""
