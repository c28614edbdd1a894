"""The version of the program, where everything can read it without importing the program."""

VERSION = "0.1.0"
