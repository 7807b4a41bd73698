# Deletes the listed files below each folder that is named, and folders that are empty then.
listed=$(cat; echo .)
for place in "$@"; do
  (
    cd "$place" || exit 1
    printf '%s' "${listed%.}" | while IFS= read -r path; do
      rm -f -- "$path" || exit 1
      folder=$(dirname -- "$path")
      case $path in
        # Of an encrypted page nothing stays, what rsync left when it was killed (.NAME.XXXXXX) included.
        p/*/*) rm -f -- "$folder/.${path##*/}".[A-Za-z0-9][A-Za-z0-9][A-Za-z0-9][A-Za-z0-9][A-Za-z0-9][A-Za-z0-9] || exit 1 ;;
      esac
      if [ "$folder" != . ]; then rmdir -p -- "$folder" 2>/dev/null; fi
      :
    done || exit 1
  ) || exit 1
done
exit 0
