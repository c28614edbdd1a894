"""The steps, one a file; each names the step before it."""
