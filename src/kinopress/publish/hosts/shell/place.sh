# Puts what was brought to the folder $2 in its place in $1: the files that are listed, in $3 bytes, in that order.
set -e
umask 022
cd "$1"
list=$2/.list
cat > "$list"
# Whoever is killed while sending the list ends it as if it were all.
if [ "$(wc -c < "$list")" -ne "$3" ]; then rm -f "$list"; echo "not all of the list arrived" >&2; exit 1; fi
# From here on a connection that breaks stops nothing: what has begun comes to its end, within a moment.
trap '' HUP INT TERM PIPE
while IFS= read -r path; do
  if [ ! -f "$2/$path" ]; then echo "$path has gone from $2" >&2; exit 1; fi
  mkdir -p -- "$(dirname -- "$path")"
  if [ -d "$path" ]; then rmdir -- "$path"; fi
done < "$list"
while IFS= read -r path; do mv -f -- "$2/$path" "$path"; done < "$list"
rm -rf -- "$2"
echo done
