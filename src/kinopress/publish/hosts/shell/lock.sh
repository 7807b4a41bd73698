# Makes the folder $1 as a lock, with the token $3 in it, or takes over one that nobody touched for $2 minutes.
left=
if mkdir "$1" 2>/dev/null; then :
elif [ -n "$(find "$1" -maxdepth 0 -mmin +"$2" 2>/dev/null)" ]; then left=yes; touch "$1"
elif [ -d "$1" ]; then echo busy; exit 0
else mkdir "$1" || exit 1; fi
if ! echo "$3" > "$1/owner"; then rm -f "$1/owner"; rmdir "$1"; exit 1; fi
# Of several who take it over at the same moment, whose token is there in the end has it.
if [ -n "$left" ]; then sleep 2; fi
if [ "$(cat "$1/owner")" = "$3" ]; then echo ours; else echo busy; fi
