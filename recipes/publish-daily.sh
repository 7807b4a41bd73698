#!/bin/sh
# Builds the site and publishes it. Run it several times a day: pages whose day has come appear with the first
# run on that day, and a run that finds nothing new changes nothing.
#
#   sh recipes/publish-daily.sh              in the project's folder, or
#   sh recipes/publish-daily.sh FOLDER       with the project's folder named
#
# It publishes to the place in mkdocs.yml. A token comes from the environment: KINOPRESS_WEB_TOKEN for a place
# that is called web (COACH.md, Publish).
#
# KINOPRESS_PUBLISH   a command of your own instead, which is run in the project's folder after a build,
#                     like: rsync -rlptz site/ you@example.org:public_html/
# KINOPRESS_DRY=1     only say what would be run
set -eu

cd "${1:-.}"
if [ ! -f mkdocs.yml ]; then
    echo "There is no mkdocs.yml in $(pwd): name the project's folder." >&2
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
if [ -n "${KINOPRESS_PUBLISH:-}" ]; then
    run "python3 scripts/build.py"
    run "$KINOPRESS_PUBLISH"
else
    run "python3 scripts/publish.py --due"
fi
