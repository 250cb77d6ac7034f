#!/bin/sh
# Trains a small language model, samples from it, and compares two sentences.
# Usage: demo.sh SEQNET [TEXT]
set -eu

seqnet=$1
text=${2:-}
folder=$(mktemp -d "${TMPDIR:-/tmp}/seqnet-demo.XXXXXX")

run() {
    echo
    echo "\$ seqnet $*"
    "$seqnet" "$@"
}

if [ -n "$text" ]; then
    run train lm --train "$text" --batch-size 16 --epochs 100 \
        --max-steps 600 --out "$folder/run"
    run sample "$folder/run" --length 400 --seed 1
    echo
    echo "The model is in $folder/run. Train it on, ten times as long, with:"
    echo "  $seqnet train lm --resume --out '$folder/run' --epochs 1000 --max-steps 6000"
    echo "(make install PREFIX=... puts seqnet on your PATH)"
    exit 0
fi

run make-data agreement --out "$folder/data"
run train lm --train "$folder/data/train.txt" --valid "$folder/data/valid.txt" --tokens words \
    --hidden-size 128 --epochs 6 --out "$folder/run"
run sample "$folder/run" --length 60 --seed 1
echo
echo "Which is likelier? Natural logarithm of the probability, tokens, sentence:"
right=$(head -n 1900 "$folder/data/pairs.tsv" | tail -n 1 | cut -f 2)
wrong=$(head -n 1900 "$folder/data/pairs.tsv" | tail -n 1 | cut -f 3)
printf '%s\n%s\n' "$right" "$wrong" >"$folder/two.txt"
run score "$folder/run" "$folder/two.txt"
echo
echo "How often the right verb is likelier, by the words between it and its subject:"
run evaluate "$folder/run" --pairs "$folder/data/pairs.tsv"
echo
echo "Everything is in $folder; the program is $seqnet"
echo "(make install PREFIX=... puts it on your PATH)"
