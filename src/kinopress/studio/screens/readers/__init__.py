"""What readers get: the places of a site, and what is given to them."""
