"""What builds a site of finished pages: MkDocs, or any engine that takes a plain tree."""
