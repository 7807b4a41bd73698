"""Set up, and open the studio: the week's work as pages in the browser, on this computer only."""

from _setup import kinopress

if __name__ == "__main__":
    kinopress("studio")
