# What is at $1?
if [ -L "$1" ]; then echo link
elif [ -d "$1" ]; then if [ -n "$(ls -A "$1")" ]; then echo folder; else echo empty; fi
elif [ -e "$1" ]; then echo file
else echo nothing; fi
