#!/bin/sh
# Installs what a build needs and this machine lacks: the OpenMP library.
# Usage: setup.sh [SWIFT]
set -eu

swift=${1:-swift}

if ! command -v "$swift" >/dev/null 2>&1; then
    echo "SeqNet needs Swift 6.0 or newer, and there is no '$swift' on the PATH." >&2
    echo "Install it from https://www.swift.org/install, or: make SWIFT=/path/to/swift" >&2
    exit 1
fi

# macOS builds on one thread, without OpenMP.
[ "$(uname -s)" = Linux ] || exit 0

has_openmp() {
    for folder in /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /usr/local/lib; do
        [ -e "$folder/libomp5.so" ] && return 0
    done
    return 1
}

has_openmp && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "SeqNet needs LLVM's OpenMP library (Debian and Ubuntu: libomp-dev), and there is no" >&2
    echo "apt-get here to install it with. Install it so that the linker finds -lomp5." >&2
    exit 1
fi

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "SeqNet needs the package libomp-dev. As root: apt-get install libomp-dev" >&2
        exit 1
    }
    as_root=sudo
fi
echo "Installing libomp-dev (OpenMP) …" >&2
# One broken source must not keep the package of another away.
$as_root apt-get update -qq || echo "Going on with the package lists that are here." >&2
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libomp-dev >/dev/null || {
    echo "SeqNet needs the package libomp-dev, and it could not be installed; see above." >&2
    exit 1
}
has_openmp || {
    echo "libomp-dev is installed, but libomp5.so is not where the linker looks;" >&2
    echo "make a link to libomp.so of that name in /usr/local/lib." >&2
    exit 1
}
