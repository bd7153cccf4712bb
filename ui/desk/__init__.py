"""What a screen knows of its surroundings: the desk, places to go, commands, preferences."""
