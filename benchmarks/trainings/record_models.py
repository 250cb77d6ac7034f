"""Models of records, of unequal lengths, that both sides train."""

from __future__ import annotations

from trainings.comparison import Limits
from trainings.job import TRAINING, Job

REVIEWS = {"--train": "clothing-reviews/clothing-reviews.csv.gz"}
CLASSIFIER = (
    "--text-column 'Review Text' --label-column Rating --split 0.8,0.1 --lowercase "
    "--split-punctuation --min-count 2 --cell lstm --layers 1 --hidden-size 128 "
    f"--embedding-size 100 --bidirectional --pooling max --batch-size 32 {TRAINING}"
)
TREEBANK = {
    "--train": "ud-english-ewt/en_ewt-ud-train.conllu.gz",
    "--valid": "ud-english-ewt/en_ewt-ud-dev.conllu",
}
TAGGER = (
    "--column UPOS --min-count 2 --lowercase-words --word-dropout 0.3 --character-lstm "
    "--cell lstm --layers 1 --hidden-size 200 --embedding-size 100 --bidirectional "
    f"--batch-size 32 {TRAINING}"
)
# SeqNet's own sizes, which have no option there.
LETTERS = "--character-embedding-size 32 --character-hidden-size 64"
SENTENCES = {"--train": "eng-fra/train.tsv", "--valid": "eng-fra/valid.tsv"}
TRANSLATOR = (
    "--lowercase --split-punctuation --min-count 2 --cell gru --layers 1 --hidden-size 256 "
    f"--embedding-size 256 --bidirectional --attention dot --batch-size 64 {TRAINING}"
)
# Both sides draw the same batches, so that parameters and tokens are equal to the last one.
RECORD_MODELS = (
    Job("classifier", "clothing reviews, bidirectional LSTM 128", "classify", "classifier.py",
        REVIEWS, CLASSIFIER, "--tokens words", 250, 0.1, Limits(speed=2.5, memory=None)),
    # The goals speak of packed sequences, which are not PyTorch's fastest.
    Job("classifier-padded", "clothing reviews, PyTorch with padding", "classify", "classifier.py",
        REVIEWS, CLASSIFIER, "--tokens words", 250, 0.1, Limits(speed=None, memory=None),
        peer_options="--padded"),
    Job("tagger", "parts of speech, characters, bidirectional LSTM 200", "tag", "tagger.py",
        TREEBANK, TAGGER, "", 100, 0.15, Limits(speed=3, memory=None), peer_options=LETTERS),
    Job("translator", "English to French, GRU 256, dot attention", "translate", "translator.py",
        SENTENCES, TRANSLATOR, "--tokens words", 100, 0.25, Limits(speed=2.5, memory=None)),
)
