"""The commands a person types: one file per verb."""
