# Deletes the folder $1 of a run that broke off; it is ours by its place and name.
rm -rf -- "$1"
