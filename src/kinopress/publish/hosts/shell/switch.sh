# Moves the link, if it still leads where it was read; of two who publish at once, one is told so.
set -e
umask 022
site=$1 store=$2 part=$2/$3 next=$2/$4 was=$5 bytes=$6
lock=$store/switching
if ! mkdir "$lock" 2>/dev/null; then
  if [ -z "$(find "$lock" -maxdepth 0 -mmin +5)" ]; then echo busy; exit 0; fi
fi
trap 'rmdir "$lock"' EXIT
trap 'exit 1' HUP INT TERM PIPE  # a connection that breaks would leave the lock
now=
if [ -L "$site" ]; then now=$(readlink "$site"); fi
if [ "$now" != "$was" ]; then echo busy; exit 0; fi
cat > "$part/release.json.new"
# Whoever is killed while sending the record ends it as if it were all.
if [ "$(wc -c < "$part/release.json.new")" -ne "$bytes" ]; then
  rm -f "$part/release.json.new"
  echo "not all of the record arrived" >&2
  exit 1
fi
mv -f "$part/release.json.new" "$part/release.json"
mv "$part" "$next"
if [ -d "$site" ] && [ ! -L "$site" ]; then rmdir "$site"; fi
rm -f "$store/link"
ln -s "$(basename "$store")/$4" "$store/link"
# One kind of mv knows -T, the other -h; where both fail, the reason is in what one of them says.
if ! first=$(mv -fT "$store/link" "$site" 2>&1) && ! second=$(mv -fh "$store/link" "$site" 2>&1); then
  mv "$next" "$part"
  printf '%s\n' "$first" "$second" >&2
  exit 1
fi
echo done
