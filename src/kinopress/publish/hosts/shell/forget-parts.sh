# Deletes what a run that broke off more than a week ago had brought; these folders are ours by their place and name.
cd "$1" || exit 0
for part in *.part; do
  if [ -d "$part" ] && [ "$part" != "$2" ] && [ -n "$(find "$part" -maxdepth 0 -mtime +7)" ]; then
    rm -rf -- "./$part"
  fi
done
