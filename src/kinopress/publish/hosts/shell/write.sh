# Replaces the file $2 in $1, whole or not at all: of $3 bytes. Whoever is killed while sending ends it as if it were all.
set -e
umask 022
cat > "$1/$2.new"
if [ "$(wc -c < "$1/$2.new")" -ne "$3" ]; then rm -f "$1/$2.new"; echo "not all of it arrived" >&2; exit 1; fi
chmod 644 "$1/$2.new"
mv -f "$1/$2.new" "$1/$2"
