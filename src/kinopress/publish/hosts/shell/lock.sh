# Makes the folder $1 as a lock, or takes over one that nobody touched for $2 minutes.
if mkdir "$1" 2>/dev/null; then echo ours
elif [ -n "$(find "$1" -maxdepth 0 -mmin +"$2" 2>/dev/null)" ]; then touch "$1"; echo ours
elif [ -d "$1" ]; then echo busy
else mkdir "$1"; fi
