# Removes the lock $1 if the token in it is still $2.
if [ "$(cat "$1/owner" 2>/dev/null)" = "$2" ]; then rm -f "$1/owner"; rmdir "$1"; fi
