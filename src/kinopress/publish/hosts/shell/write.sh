# Replaces the file $2 in $1, whole or not at all.
set -e
umask 022
cat > "$1/$2.new"
chmod 644 "$1/$2.new"
mv -f "$1/$2.new" "$1/$2"
