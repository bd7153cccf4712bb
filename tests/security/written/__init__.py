"""Whatever the rights of the desk allow to be written, every question of a screen reads."""
