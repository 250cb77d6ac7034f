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
# Both sides draw the same batches, so that parameters and tokens are equal to the last one.
RECORD_MODELS = (
    Job("classifier", "clothing reviews, bidirectional LSTM 128", "classify", "classifier.py",
        REVIEWS, CLASSIFIER, "--tokens words", 250, 0.1, Limits(speed=2.5, memory=None)),
    # The goals speak of packed sequences, which are not PyTorch's fastest.
    Job("classifier-padded", "clothing reviews, PyTorch with padding", "classify", "classifier.py",
        REVIEWS, CLASSIFIER, "--tokens words", 250, 0.1, Limits(speed=None, memory=None),
        peer_options="--padded"),
)
