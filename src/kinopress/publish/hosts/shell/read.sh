# The file $1 after an empty line; nothing at all: there is no such file.
if [ -f "$1" ]; then echo; cat "$1"; fi
