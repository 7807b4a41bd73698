# Deletes a release that nobody needs any more, by its own list; what others put there stays in the live one.
set -e
live=$(cd "$1" && pwd -P)
cd "$2"
while IFS= read -r row; do
  path=${row#?}
  case $row in
    o*) rm -f -- "$path" ;;
    *) if [ "$path" -ef "$live/$path" ]; then rm -f -- "$path"; fi ;;
  esac
done
find . -depth -type d -exec rmdir {} \; 2>/dev/null || :
cd ..
rmdir "$2" 2>/dev/null || :
