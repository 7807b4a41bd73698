"""Where muscles, bones and all else lie in a body, as data, and the view that shows each best."""
