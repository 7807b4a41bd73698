# Links the files that stay into the new release; the one before is not touched.
set -e
umask 022
mkdir -p "$2"
if [ -d "$1" ]; then
  at=$(cd "$1" && pwd -P)
  rsync -rlpt --from0 --files-from=- --link-dest="$at" "$at/" "$2/"
fi
