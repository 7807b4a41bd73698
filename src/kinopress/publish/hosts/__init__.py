"""Each kind of host: a folder, a zip file, a branch, a server, a bucket."""
