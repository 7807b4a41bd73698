"""Show the site on this computer while you write."""

from _setup import kinopress

if __name__ == "__main__":
    kinopress("serve")
