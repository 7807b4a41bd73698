"""Check everything and build nothing."""

from _setup import kinopress

if __name__ == "__main__":
    kinopress("check")
