"""How a site is found, followed and shared: feeds, what search engines are told, the pictures of shared pages."""
