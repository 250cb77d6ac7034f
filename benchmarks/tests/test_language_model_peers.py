"""What the language models in PyTorch do; skipped without PyTorch."""

from __future__ import annotations

import gzip
import sys
import tempfile
import unittest
from argparse import Namespace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "peers"))

try:
    import torch
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed: benchmarks/README.md says how")

import numpy as np

import character_language_model
import language_model
import training
import word_language_model
from language_model import Text


class TextTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_characters_are_cut_in_file_order(self) -> None:
        path = self.folder / "text"
        path.write_bytes("\ufeffabcdefghij\r\nabcdefgX".encode())
        text = character_language_model.read_text(path, "0.6,0.35,0.05")
        # 19 characters; newline and a…j are tokens 1…11, X is unknown.
        self.assertEqual(text.train.tolist(), [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1])
        self.assertEqual(text.valid.tolist(), [2, 3, 4, 5, 6, 7, 8])
        self.assertEqual((text.vocabulary_size, text.begin), (12, 1))

    def test_unseen_characters_are_unknown(self) -> None:
        path = self.folder / "text"
        path.write_text("abX")
        text = character_language_model.read_text(path, "0.67,0.33")
        self.assertEqual(text.valid.tolist(), [0])

    def test_lines_of_words_end_with_eos(self) -> None:
        train, valid = self.folder / "train.gz", self.folder / "valid"
        with gzip.open(train, "wb") as packed:
            packed.write(b" \n b a <unk> \r\nb")
        valid.write_text("a c\n")
        text = word_language_model.read_text(train, valid)
        self.assertEqual(text.train.tolist(), [1, 2, 3, 0, 1, 2, 1])
        self.assertEqual(text.valid.tolist(), [3, 0, 1])
        self.assertEqual((text.vocabulary_size, text.begin), (4, 1))


class LanguageModelTests(unittest.TestCase):
    def options(self, **changed: object) -> Namespace:
        options = language_model.argument_parser("test").parse_args(
            "--hidden-size 5 --embedding-size 5 --batch-size 2 --sequence-length 3 --quiet".split()
        )
        return Namespace(**{**vars(options), **changed})

    def test_every_token_is_a_target_after_the_one_before(self) -> None:
        tokens = np.asarray([10, 11, 12, 13, 14, 15, 16], np.int32)
        inputs, targets = language_model.streams(tokens, 9, 2)
        self.assertEqual(targets.T.tolist(), [[10, 11, 12], [13, 14, 15]])
        self.assertEqual(inputs.T.tolist(), [[9, 10, 11], [12, 13, 14]])

    def test_validation_does_not_depend_on_the_chunk(self) -> None:
        torch.manual_seed(1)
        tokens = np.asarray([0, 3, 1, 2, 2, 1, 0, 3], np.int32)
        for cell in ("rnn", "gru", "lstm"):
            with self.subTest(cell):
                model = language_model.LanguageModel(self.options(cell=cell), 4)
                whole = language_model.validation_loss(model, tokens, 100)
                self.assertAlmostEqual(language_model.validation_loss(model, tokens, 3), whole, 5)

    def test_tied_weights_are_one_parameter(self) -> None:
        model = language_model.LanguageModel(self.options(tie_weights=True), 7)
        # Embedding 7·5, LSTM 4·5·(5 + 5 + 2), output bias 7.
        self.assertEqual(sum(p.numel() for p in model.parameters()), 35 + 240 + 7)

    def test_training_stops_after_max_steps_and_learns(self) -> None:
        torch.manual_seed(1)
        options = self.options(max_steps=60, learning_rate=0.02)
        tokens = np.tile(np.asarray([0, 1, 2], np.int32), 200)
        task = language_model.LanguageModelTask(options, Text(tokens, tokens[:50], 3, begin=2))
        progress = training.Progress()
        task.train_epoch(training.make_optimizer(options, task.model), progress)
        self.assertEqual((progress.steps, progress.tokens), (60, 60 * 3 * 2))
        self.assertLess(task.validate()["loss"], 0.1)


if __name__ == "__main__":
    unittest.main()
