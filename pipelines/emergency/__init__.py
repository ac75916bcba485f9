"""Heavy pollution: the level proposed, the life of a warning, and the emission lists a response rests on."""
