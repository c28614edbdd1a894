# shellcheck shell=bash disable=SC2015  # in "A && B || die", die is meant for the failure of either
# What script/briefing, script/test and script/lock share: they source this file.
#
#   set_up requirements.txt PACKAGE...   Debian packages, then the lock file into .venv; nothing where both are in place
#
# Two small files in .venv say what is in place: .packages (the Debian packages seen) and .<lock file> (Python's version
# and the checksum of the lock file). Each is written last, so a set-up that was killed is noticed and done again.
#
#   PYTHON=python3.12               the interpreter to use
#   BRIEFING_NO_SYSTEM_PACKAGES=1   leave Debian packages alone; the program says what it cannot do without them

set -euo pipefail

root=$(readlink -f "$(dirname "${BASH_SOURCE[0]}")/..")
venv=$root/.venv
python=${PYTHON:-python3}

# What WeasyPrint loads, the trust store for https, and two faces with Cyrillic: the one we set and a fallback.
# shellcheck disable=SC2034  # read by the scripts that source this file
run_packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ca-certificates fonts-paratype fonts-dejavu-core)

say() { printf 'briefing: %s\n' "$*" >&2; }
die() { say "$@"; exit 2; }

# Standard input and output belong to the program, so set-up gets neither. It holds a lock: a second first call waits
# for the first one and then finds everything done.
set_up() {
    is_ready "$@" && return
    mkdir -p "$venv" && [[ -w $venv ]] ||
        die "cannot write to $venv, and it is not complete: let its owner run $0 once"
    (
        flock -n 9 || { say "another set-up is under way; waiting for it"; flock 9; }
        is_ready "$@" || {
            check_python
            install_packages "${@:2}"
            has_python "$1" && is_wanted_python || install_python "$1"
        }
    ) 9>"$venv/.lock" </dev/null >&2
}

# The only thing that every later call pays for: a few milliseconds.
is_ready() {
    has_packages "${@:2}" && has_python "$1" && is_wanted_python
}

check_python() {
    command -v "$python" >/dev/null ||
        die "$python was not found; Python 3.11 or newer is needed: sudo apt-get install python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        die "Python 3.11 or newer is needed and $python is $("$python" -V 2>&1); name a newer one: PYTHON=python3.12 $0"
}

# --- Debian packages -------------------------------------------------------------------------------------------------

has_packages() {
    [[ -n ${BRIEFING_NO_SYSTEM_PACKAGES:-} ]] || grep -qsxF "$*" "$venv/.packages"
}

install_packages() {
    local missing=()
    [[ -z ${BRIEFING_NO_SYSTEM_PACKAGES:-} ]] || return 0
    if command -v apt-get >/dev/null; then
        mapfile -t missing < <(missing_packages "$@")
    else
        say "there is no apt-get here; going on, but the program needs what Debian calls: $*"
    fi
    ((${#missing[@]} == 0)) || apt_install "${missing[@]}"
    has_packages "$@" || echo "$*" >>"$venv/.packages"
}

missing_packages() {
    local package
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
    # Debian splits off the part of Python that makes environments: one package for each version of Python.
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        "$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])'
}

apt_install() {
    local options=(--yes --no-install-recommends) as_root=(env DEBIAN_FRONTEND=noninteractive)
    ((EUID == 0)) || as_root=(sudo -n "${as_root[@]}")
    if ! "${as_root[@]}" true 2>/dev/null; then
        say "Debian packages are missing, and only root can install them. Run this line, then $0 again:"
        say "    sudo apt-get install ${options[*]} $*"
        die "Or set BRIEFING_NO_SYSTEM_PACKAGES=1 to go on without them: no PDF then."
    fi
    say "installing Debian packages: $*"
    local apt=("${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=300)
    "${apt[@]}" install "${options[@]}" "$@" &>/dev/null && return
    # Package lists that are absent (a fresh image) or stale, or an installation that was killed: mend, and try again.
    "${as_root[@]}" dpkg --configure -a && "${apt[@]}" update && "${apt[@]}" install "${options[@]}" "$@" >/dev/null ||
        die "apt-get failed, see above; run $0 again when it can work"
}

# --- Python packages -------------------------------------------------------------------------------------------------

stamp() {
    "$venv/bin/python" -V
    sha256sum <"$root/$1"
}

has_python() {
    [[ -x $venv/bin/python && -e $venv/.$1 && ! -e $venv/.unfinished && $(<"$venv/.$1") == "$(stamp "$1")" ]]
}

# Only a PYTHON that was asked for counts: under cron another python3 may come first, which is no reason to start over.
is_wanted_python() {
    [[ -z ${PYTHON:-} || $("$venv/bin/python" -V) == "$("$PYTHON" -V 2>/dev/null)" ]]
}

# pip takes half a package for a whole one, so an environment in which it was interrupted (.unfinished) is made anew.
install_python() {
    if [[ -e $venv/.unfinished ]] || ! "$venv/bin/python" -m pip --version &>/dev/null || ! is_wanted_python; then
        make_venv
    fi
    say "installing Python packages from $1; the first time this takes a minute or two"
    touch "$venv/.unfinished"
    install_locked "$1"
    see_checkout
    stamp "$1" >"$venv/.$1"
    rm "$venv/.unfinished"
}

make_venv() {
    touch "$venv/.unfinished"
    find "$venv" -mindepth 1 -maxdepth 1 ! -name .lock ! -name .packages ! -name .unfinished -exec rm -rf {} +
    "$python" -m venv "$venv" || die "$python cannot make an environment in $venv"
}

# Two of the packages exist as source only. The setuptools of the lock file builds them, which is why it goes in first:
# left to itself, pip would fetch the newest one, past the lock. Dependencies are not looked up: the file has them all.
install_locked() {
    local pip=("$venv/bin/python" -m pip --disable-pip-version-check --quiet install --no-input --progress-bar off
        --require-hashes --no-deps --no-build-isolation --use-pep517)
    "${pip[@]}" -r <(sed -n '/^setuptools==/,/[^\\]$/p' "$root/$1") && "${pip[@]}" -r "$root/$1" ||
        die "pip failed, see above; run $0 again when it can work"
}

# The project runs from the checkout. The path is relative, so that the checkout can be moved.
see_checkout() {
    "$venv/bin/python" - "$root" <<'PYTHON'
import os, sys, sysconfig
packages = sysconfig.get_path("purelib")
with open(os.path.join(packages, "briefing-checkout.pth"), "w") as file:
    print(os.path.relpath(sys.argv[1], packages), file=file)
PYTHON
}
