"""Files of answers to a response and of checks of its execution, as filled in by those concerned."""
