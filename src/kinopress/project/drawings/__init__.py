"""Which drawings there are, which have to be made, and a drawn film to send."""
