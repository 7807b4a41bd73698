"""The verbs about what readers get."""
