#!/bin/sh
# Builds the site and publishes it. Run it several times a day: pages whose day has come appear with the first
# run on that day, and a run that finds nothing new changes nothing.
#
#   sh recipes/publish-daily.sh              in the project's folder, or
#   sh recipes/publish-daily.sh FOLDER       with the project's folder named
#
# KINOPRESS_PUBLISH   the command that puts the folder site/ on your web space, run in the project's folder,
#                     like: rsync -rlptz site/ you@example.org:public_html/
# KINOPRESS_DRY=1     only say what would be run
set -eu

cd "${1:-.}"
if [ ! -f mkdocs.yml ]; then
    echo "There is no mkdocs.yml in $(pwd): name the project's folder." >&2
    exit 2
fi
if [ -z "${KINOPRESS_PUBLISH:-}" ]; then
    echo "Set KINOPRESS_PUBLISH to the command that publishes the folder site/." >&2
    exit 2
fi

run() {
    if [ "${KINOPRESS_DRY:-}" = 1 ]; then
        echo "would run: $1"
    else
        sh -c "$1"
    fi
}

# A build that finds a mistake ends here: what readers see stays as it is.
run "python3 scripts/build.py"
run "$KINOPRESS_PUBLISH"
