# Deletes what runs that broke off more than $2 days ago had brought; all of it without $2.
# These folders are ours by their place and name.
cd "$1" || exit 0
for part in *.part; do
  if [ -d "$part" ] && { [ -z "$2" ] || [ -n "$(find "$part" -maxdepth 0 -mtime +"$2")" ]; }; then
    rm -rf -- "./$part"
  fi
done
