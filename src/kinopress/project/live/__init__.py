"""What readers get: publishing, putting an earlier release back, and what is live."""
