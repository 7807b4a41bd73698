"""Problems between files: names, links, plans, warning signs."""
