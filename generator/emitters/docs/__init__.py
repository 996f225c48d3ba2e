"""The documentation emitter: model -> pages of Markdown."""
