#!/bin/sh
# Makes .venv from requirements.lock, or .venv-other under another Python: setup.sh [other]
# Needs a Python from 3.11 to 3.14 and nothing else; PYTHON=… chooses one. Repeatable.
set -eu
cd "$(dirname "$0")/.."
export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_PYTHON_DOWNLOADS=never
venv=.venv
ours=$venv/bin/python

say() { printf '%s\n' "$*" >&2; }

works() { # a Python that we support and that can make environments
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' \
        >/dev/null 2>&1
}

version() { "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null; }

minor() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

choose() { # the newest Python that works; PYTHON wins
    for python in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3 python}; do
        if works "$python"; then
            command -v "$python"
            return
        fi
    done
    found=$(version "${PYTHON:-python3}" || echo none)
    say "Qunguan needs Python 3.11, 3.12, 3.13 or 3.14 with venv (found: $found): install one" \
        "(Debian, Ubuntu: apt install python3 python3-venv) or name it: make run PYTHON=/path/to/python3.11"
    return 1
}

lock() { # the lines of requirements.lock that pin uv (lock 1), or all others (lock 0)
    awk -v uv="$1" '/^[^ ]/ { mine = /^uv==/ } mine == uv' requirements.lock
}

bootstrap_uv() { # the locked uv, by pip and with its hashes
    [ -x "$venv/bin/uv" ] && return
    lock 1 >"$venv/uv.txt"
    say "installing uv, the installer …"
    "$ours" -m pip install --quiet --require-hashes -r "$venv/uv.txt"
}

with_uv() {
    say "installing the locked packages (a cold start takes about 20 seconds) …"
    quiet=--quiet
    [ -t 2 ] && quiet=
    # hatchling and setuptools come from the lock too, so nothing is built by unlocked tools
    "$venv/bin/uv" pip sync $quiet --python "$ours" --compile-bytecode --require-hashes \
        --build-constraints requirements.lock requirements.lock
    "$venv/bin/uv" pip install --quiet --python "$ours" --no-deps --no-build-isolation --editable .
}

with_pip() {
    say "uv could not be installed: installing with pip, which takes some minutes …"
    lock 0 >"$venv/all-but-uv.txt"
    "$ours" -m pip install --quiet --require-hashes -r "$venv/all-but-uv.txt"
    "$ours" -m pip install --quiet --no-deps --no-build-isolation --editable .
}

setup() {
    python=$(choose)
    if ! works "$ours" || { [ -n "${PYTHON:-}" ] && [ "$(minor "$python")" != "$(minor "$ours")" ]; }; then
        say "making $venv with Python $(version "$python") …"
        "$python" -m venv --clear "$venv"
    fi
    if bootstrap_uv; then with_uv; else with_pip; fi
    say "ready: Python $(version "$ours") in $venv"
}

candidates() { # other Pythons on this machine; nothing is downloaded
    for minor in 3.14 3.13 3.12 3.11; do
        command -v "python$minor" || true
        for python in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$minor".*/bin/python"$minor"; do
            [ -x "$python" ] && echo "$python"
        done
        "$venv/bin/uv" python find --quiet --system "$minor" 2>/dev/null || true
    done
}

setup_other() { # only what the bot needs to run, for the tests that compare two Pythons
    other=.venv-other
    if [ ! -x "$venv/bin/uv" ]; then
        say "no uv, so no second Python: the determinism tests compare hash seeds only"
        return
    fi
    candidates | while read -r python; do
        works "$python" && [ "$(minor "$python")" != "$(minor "$ours")" ] || continue
        say "a second Python for the determinism tests: $(version "$python"); installing into $other …"
        rm -rf "$other"
        "$venv/bin/uv" venv --quiet --python "$python" "$other"
        "$venv/bin/uv" pip install --quiet --python "$other/bin/python" --require-hashes \
            --constraints requirements.lock -r pyproject.toml
        return
    done
    [ -x "$other/bin/python" ] || say "no second Python (3.11 to 3.14) was found: the determinism tests compare hash seeds only"
}

case "${1:-}" in
    other) setup_other ;;
    *) setup ;;
esac
