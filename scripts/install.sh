#!/bin/sh
# Builds a seqnet that needs neither Swift nor an OpenMP package, and installs it.
# Usage: install.sh SWIFT PREFIX
set -eu

swift=$1
prefix=$2

set -- -c release --product seqnet --scratch-path .build/install
if [ "$(uname -s)" = Linux ]; then
    # The OpenMP library lies beside the program, where the program looks first.
    set -- "$@" --static-swift-stdlib -Xlinker -rpath -Xlinker '$ORIGIN/../lib/seqnet'
fi
"$swift" build "$@"
binary=$("$swift" build "$@" --show-bin-path)/seqnet

install -d "$prefix/bin" "$prefix/lib/seqnet"
install -m 755 "$binary" "$prefix/bin/seqnet"
if command -v strip >/dev/null 2>&1; then strip "$prefix/bin/seqnet"; fi

if [ "$(uname -s)" = Linux ]; then
    openmp=$(ldd "$binary" | awk '/libomp/ { print $3; exit }')
    [ -n "$openmp" ] || { echo "install: $binary was linked without OpenMP" >&2; exit 1; }
    install -m 644 "$openmp" "$prefix/lib/seqnet/$(basename "$openmp")"
fi

install -d "$prefix/share/bash-completion/completions" "$prefix/share/zsh/site-functions" \
    "$prefix/share/fish/vendor_completions.d"
"$prefix/bin/seqnet" --generate-completion-script bash \
    >"$prefix/share/bash-completion/completions/seqnet"
"$prefix/bin/seqnet" --generate-completion-script zsh >"$prefix/share/zsh/site-functions/_seqnet"
"$prefix/bin/seqnet" --generate-completion-script fish \
    >"$prefix/share/fish/vendor_completions.d/seqnet.fish"

echo "Installed $prefix/bin/seqnet"
