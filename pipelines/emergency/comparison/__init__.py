"""Cities of a region in one episode, side by side."""
