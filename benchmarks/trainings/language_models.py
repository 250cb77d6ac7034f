"""Language models that both sides train."""

from __future__ import annotations

from trainings.comparison import Limits
from trainings.job import TRAINING, Job

CHARACTERS = (
    "--split 0.9,0.05,0.05 --layers 1 --hidden-size 256 --embedding-size 64 "
    f"--batch-size 32 --sequence-length 64 {TRAINING}"
)
TWO_LAYERS = (
    "--split 0.9,0.05,0.05 --layers 2 --hidden-size 128 --embedding-size 64 "
    f"--batch-size 50 --sequence-length 50 {TRAINING}"
)


def words(size: int) -> str:
    return (
        f"--layers 2 --hidden-size {size} --embedding-size {size} --tie-weights "
        f"--batch-size 20 --sequence-length 35 {TRAINING}"
    )


SHAKESPEARE = {"--train": "tinyshakespeare/input.txt"}
WIKITEXT = {"--train": "wikitext-2/train.txt.gz", "--valid": "wikitext-2/valid.txt"}
CHARACTER_PEER, WORD_PEER = "character_language_model.py", "word_language_model.py"
LANGUAGE_MODELS = (
    Job("character-lstm", "characters, LSTM 256", "lm", CHARACTER_PEER, SHAKESPEARE,
        f"--cell lstm {CHARACTERS}", "--tokens characters", 450, 0.1, Limits(speed=1.5),
        "--epochs 10", 0.02),
    Job("character-lstm-2x128", "characters, LSTM 2×128", "lm", CHARACTER_PEER, SHAKESPEARE,
        f"--cell lstm {TWO_LAYERS}", "--tokens characters", 400, 0.1, Limits(speed=1.8)),
    Job("character-gru", "characters, GRU 256", "lm", CHARACTER_PEER, SHAKESPEARE,
        f"--cell gru {CHARACTERS}", "--tokens characters", 300, 0.1, Limits(speed=3),
        "--epochs 5", 0.02),
    # ln 1.02 = 0.0198: a perplexity at most 1.02 times the peer's.
    Job("word-lstm", "WikiText-2 words, tied LSTM 2×200", "lm", WORD_PEER, WIKITEXT,
        f"--cell lstm {words(200)}", "--tokens words --min-count 1", 40, 0.15, Limits(speed=3),
        "--epochs 1 --max-steps 1000", 0.0198, speed_valid_lines=200),
    Job("word-lstm-2x650", "WikiText-2 words, tied LSTM 2×650", "lm", WORD_PEER, WIKITEXT,
        f"--cell lstm {words(650)}", "--tokens words --min-count 1", 20, 0.1,
        Limits(speed=2, bytes_a_parameter=(16, 250e6)), speed_valid_lines=200),
)
