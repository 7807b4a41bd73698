# Where does the link at $1 lead? Nothing: it is no link.
if [ -L "$1" ]; then readlink "$1"; fi
