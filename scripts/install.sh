#!/bin/sh
# Builds a seqnet that needs neither Swift nor an OpenMP package, and installs it.
# Usage: install.sh SWIFT PREFIX
set -eu

swift=$1
prefix=$2

# Before the build, which takes minutes.
bash_completions=$prefix/share/bash-completion/completions
zsh_completions=$prefix/share/zsh/site-functions
fish_completions=$prefix/share/fish/vendor_completions.d
install -d "$prefix/bin" "$prefix/lib/seqnet" "$bash_completions" "$zsh_completions" \
    "$fish_completions" || {
    echo "install: cannot write to $prefix; choose a folder of your own, as" >&2
    echo "  make install PREFIX=\$HOME/.local" >&2
    exit 1
}

set -- -c release --product seqnet --scratch-path .build/install
if [ "$(uname -s)" = Linux ]; then
    # The OpenMP library lies beside the program, where the program looks first.
    set -- "$@" --static-swift-stdlib -Xlinker -rpath -Xlinker '$ORIGIN/../lib/seqnet'
fi
"$swift" build "$@"
binary=$("$swift" build "$@" --show-bin-path)/seqnet

if [ "$(uname -s)" = Linux ]; then
    openmp=$(ldd "$binary" | awk '/libomp/ && $3 ~ /^\// { print $3 }')
    [ -n "$openmp" ] || { echo "install: $binary finds no OpenMP library" >&2; exit 1; }
    install -m 644 "$openmp" "$prefix/lib/seqnet/$(basename "$openmp")"
fi
install -m 755 "$binary" "$prefix/bin/seqnet"
if command -v strip >/dev/null 2>&1; then strip "$prefix/bin/seqnet"; fi

"$prefix/bin/seqnet" --generate-completion-script bash >"$bash_completions/seqnet"
"$prefix/bin/seqnet" --generate-completion-script zsh >"$zsh_completions/_seqnet"
"$prefix/bin/seqnet" --generate-completion-script fish >"$fish_completions/seqnet.fish"

echo "Installed $prefix/bin/seqnet"
