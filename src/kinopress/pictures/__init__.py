"""Pictures, drawings and handouts for pages: made new, so that nothing of the source is left but what is seen."""
