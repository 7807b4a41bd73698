# What is in the folder $1, the newest first.
ls -1t "$1" 2>/dev/null || :
