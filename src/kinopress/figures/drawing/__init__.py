"""From a bent body to a picture: cut into parts, their outlines, their order, the film and its SVG."""
