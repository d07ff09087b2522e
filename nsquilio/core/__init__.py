"""Pure values and rules. Nothing in this room reads a clock, a file, a socket or the environment."""
