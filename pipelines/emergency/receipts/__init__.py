"""Answers to a response and checks of its execution: taken in, kept, summed up."""
