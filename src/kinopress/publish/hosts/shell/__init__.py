"""Scripts for the shell of a server, run by ssh; see :mod:`kinopress.publish.hosts.server`."""
