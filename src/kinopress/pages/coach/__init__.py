"""The coach on her pages: who she is, how she is reached, what she offers, what she says. From the settings alone."""
