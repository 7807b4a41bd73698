"""What lies where in a body, as data: at the skin and below it, and from where it is best seen."""
