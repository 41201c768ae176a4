#!/bin/sh
# Installs the wheel alone into an empty environment of every Python that is asked for, builds the sample archive with each,
# and compares the bytes: tests/pythons.sh python3.11 python3.12 python3.13. Pythons that are not here are named.
set -eu
cd "$(dirname "$0")/.."
here=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/python -m build --no-isolation --outdir "$work/dist" . >/dev/null
first=
for python in "${@:-python3}"; do
    if ! command -v "$python" >/dev/null; then
        echo "$python: not here"
        continue
    fi
    name=$(basename "$python")
    "$python" -m venv "$work/$name"
    "$work/$name/bin/python" -m pip --disable-pip-version-check -q install -c constraints.txt "$work"/dist/*.whl
    (cd "$work" && "$work/$name/bin/python" -m generator build "$here" -o "$work/site-$name" --as-of 2026-01-01 --quiet)
    size=$(du -sm "$work/$name"/lib/*/site-packages/generator | cut -f1)
    all=$(du -sm "$work/$name"/lib/*/site-packages | cut -f1)
    echo "$("$python" --version): $(find "$work/site-$name" -type f | wc -l) files built; Roznama takes $size MB, with its libraries and pip $all MB"
    if [ -n "$first" ]; then
        diff -rq "$work/site-$first" "$work/site-$name" && echo "the same bytes as with $first"
    else
        first=$name
    fi
done
