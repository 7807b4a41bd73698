# Deletes a release that nobody needs any more, by its own list; what others put there stays in the live one.
set -e
live=$(cd "$1" && pwd -P)
# Renamed first: were this to break off, half of a release could be taken for one to go back to.
gone=$2.gone
if [ -d "$2" ]; then mv "$2" "$gone"; fi
cd "$gone"
while IFS= read -r row; do
  path=${row#?}
  case $row in
    o*) rm -f -- "$path" ;;
    *) if [ "$path" -ef "$live/$path" ]; then rm -f -- "$path"; fi ;;
  esac
done
find . -depth -type d -exec rmdir {} \; 2>/dev/null || :
cd ..
rmdir -- "${gone##*/}" 2>/dev/null || :
