"""The life of a warning after its draft: who approved it, what became of it, what came of it."""
