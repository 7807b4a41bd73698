# Deletes the listed files below $1, and folders that are empty then.
cd "$1" || exit 1
while IFS= read -r path; do
  rm -f -- "$path" || exit 1
  folder=$(dirname -- "$path")
  if [ "$folder" != . ]; then rmdir -p -- "$folder" 2>/dev/null; fi
done
exit 0
