"""Models of records, of unequal lengths, that both sides train."""

from __future__ import annotations

from trainings.comparison import Limits
from trainings.job import TRAINING, Job

# Both sides draw the same batches, so that parameters and tokens are equal to the last one.
RECORD_MODELS = (
    Job("classifier", "clothing reviews, bidirectional LSTM 128", "classify", "classifier.py",
        {"--train": "clothing-reviews/clothing-reviews.csv.gz"},
        "--text-column 'Review Text' --label-column Rating --split 0.8,0.1 --lowercase "
        "--split-punctuation --min-count 2 --cell lstm --layers 1 --hidden-size 128 "
        f"--embedding-size 100 --bidirectional --pooling max --batch-size 32 {TRAINING}",
        "--tokens words", 250, 0.1, Limits(speed=2.5, memory=None)),
)
