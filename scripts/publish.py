"""Set up, build the site and publish what has changed."""

from _setup import kinopress

if __name__ == "__main__":
    kinopress("publish")
