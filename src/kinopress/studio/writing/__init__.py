"""Pages as forms: what stands in each field, and what typing into it changes."""
