"""What a terminal shows and sends: progress, reports, signals."""
