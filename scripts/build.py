"""Set up, encode the films, check everything and build the site."""

from _setup import kinopress

if __name__ == "__main__":
    kinopress("build")
