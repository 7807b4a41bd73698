"""What belongs to what: sessions of a plan, ladders of exercises, related pages."""
