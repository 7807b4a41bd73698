"""What was made of films: the list of it, how pages get it, films whose camera file is elsewhere, and what no page uses any more."""
