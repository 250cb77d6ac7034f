"""Classifier, tagger and translator in PyTorch; skipped without PyTorch."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import tempfile
import unittest
from argparse import Namespace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "peers"))

try:
    import torch
    from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence
except ImportError:
    raise unittest.SkipTest("PyTorch is not installed: benchmarks/README.md says how")

import classifier
import record_training
import tagger
import texts
import training
import translator
from padded_layers import PaddedLayers
from record_training import RecordTask

EPOCHS = 60
SIZES = "--hidden-size 6 --embedding-size 5 --batch-size 2 --dropout 0 --min-count 1 --quiet"
SENTENCES = """\
# text = The cats don't
1\tThe\tthe\tDET\t_\t_\t2\t_\t_\t_
2\tcats\tcat\tNOUN\t_\t_\t3\t_\t_\t_
3-4\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdo\tdo\tAUX\t_\t_\t0\t_\t_\t_
4\tn't\tnot\tPART\t_\t_\t3\t_\t_\t_

1\tthe\tthe\tDET\t_\t_\t2\t_\t_\t_
2\tend\tend\tNOUN\t_\t_\t0\t_\t_\t_
2.1\tis\tbe\tAUX\t_\t_\t_\t_\t_\t_

1\tcats\tcat\tNOUN\t_\t_\t0\t_\t_\t_
"""
REVIEWS = (
    'Title,Review Text,Rating\r\n,"Good, very\r\ngood!",5\r\n,,4\r\n,bad,1\r\n,not so good,4\r\n'
)
PAIRS = "Go.\tVa !\nI am here\tJe suis ici maintenant\nYes, I am\tOui\nNo\tNon , non\n"


class PeerCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "records"
        torch.manual_seed(1)

    def assert_company_does_not_matter(self, task: RecordTask, records: list[int]) -> None:
        """The loss of a batch is that of its records alone."""
        task.model.eval()
        together, targets, _ = task.loss(records)
        alone = [task.loss([record])[:2] for record in records]
        self.assertEqual(sum(count for _, count in alone), targets)
        expected = sum(loss.item() * count for loss, count in alone) / targets
        self.assertAlmostEqual(together.item(), expected, 5)

    def trained(self, task: RecordTask, options: Namespace) -> dict[str, object]:
        """What the program prints after so many epochs."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            training.run(
                Namespace(**{**vars(options), "epochs": EPOCHS, "learning_rate": 0.02}), task, 0.0)
        printed = json.loads(output.getvalue())
        self.assertLess(printed["train_loss"], 0.1)
        return printed


class TextTests(unittest.TestCase):
    def test_punctuation_is_split_and_letters_lowercased_where_asked_for(self) -> None:
        for lowercase, apart, words in (
            (True, True, ["don", "’", "t", "!", "a+b"]), (True, False, ["don’t!", "a+b"]),
            (False, False, ["Don’t!", "a+B"]),
        ):
            splitter = texts.WordSplitter(Namespace(lowercase=lowercase, split_punctuation=apart))
            self.assertEqual(splitter.words(" Don’t!\u00a0a+B\n"), words)

    def test_rare_tokens_have_no_number(self) -> None:
        tokens = ["b", "a", "b", "<unk>", "<unk>", "c", "c"]
        self.assertEqual(texts.numbered(tokens, 2), {"<unk>": 0, "<eos>": 1, "b": 2, "c": 3})


class PaddedLayersTests(unittest.TestCase):
    def test_results_and_gradients_are_those_of_packed_sequences(self) -> None:
        torch.manual_seed(1)
        batch = pack_sequence([torch.randn(length, 3) for length in (4, 4, 2, 1)])
        for cell in ("lstm", "gru", "rnn"):
            options = Namespace(cell=cell, activation="tanh", layers=2, dropout=0.0)
            packed = training.recurrent_layers(options, 3, 5, bidirectional=True)
            padded = PaddedLayers(options, 3, 5, bidirectional=True)
            parameters = list(padded.parameters())
            self.assertEqual(len(parameters), len(list(packed.parameters())))
            for own, given in zip(parameters, packed.parameters()):
                own.data.copy_(given.data)
            results = [layers(batch) for layers in (packed, padded)]
            for states, final in results:
                ends = record_training.final_hidden(final, directions=2)
                (states.data.square().sum() + ends.sum()).backward()
            torch.testing.assert_close(results[1][0].data, results[0][0].data)
            for own, given in zip(parameters, packed.parameters()):
                torch.testing.assert_close(own.grad, given.grad)


class ClassifierTests(PeerCase):
    def task(self, more: str = "", split: str = "1,0") -> tuple[classifier.ClassifierTask, Namespace]:
        self.file.write_bytes(REVIEWS.encode())
        options = classifier.parse_arguments([
            *f"{SIZES} --lowercase --split-punctuation --split {split} {more}".split(),
            "--train", str(self.file)])
        return classifier.ClassifierTask(options, classifier.read_corpus(options)), options

    def test_records_without_text_are_left_out(self) -> None:
        task, _ = self.task()
        self.assertEqual(sorted(task.corpus.train.lengths), [1, 3, 5])
        # <unk>, <eos>, good , very ! bad not so
        self.assertEqual((task.vocabulary_size, task.corpus.label_count), (9, 3))

    def test_company_does_not_matter(self) -> None:
        for pooling in ("last", "mean", "max", "attention"):
            for cell in ("lstm", "gru", "rnn"):
                with self.subTest(f"{pooling}, {cell}"):
                    task, _ = self.task(f"--pooling {pooling} --cell {cell} --bidirectional")
                    lengths = task.lengths
                    self.assert_company_does_not_matter(
                        task, sorted(range(3), key=lambda record: -lengths[record]))

    def test_labels_count_alike_with_class_weights(self) -> None:
        task, _ = self.task("--class-weights")
        counts = torch.bincount(task.corpus.train.labels)
        torch.testing.assert_close(task.label_weights * counts, torch.full((3,), 1.0))

    def test_it_learns(self) -> None:
        task, options = self.task("--pooling last")
        task.corpus = classifier.Corpus(task.corpus.train, task.corpus.train, 9, 3)
        printed = self.trained(task, options)
        self.assertEqual((printed["steps"], printed["tokens"]), (2 * EPOCHS, EPOCHS * 9))
        self.assertEqual(printed["valid"]["accuracy"], 1.0)


class TaggerTests(PeerCase):
    def task(self, more: str = "") -> tuple[tagger.TaggerTask, Namespace]:
        self.file.write_text(SENTENCES)
        options = tagger.parse_arguments([
            *f"{SIZES} --lowercase-words {more}".split(),
            "--train", str(self.file), "--valid", str(self.file)])
        return tagger.TaggerTask(options), options

    def test_ranges_and_empty_nodes_are_no_words(self) -> None:
        self.file.write_text(SENTENCES)
        self.assertEqual(
            [words for words, _ in tagger.read_sentences(self.file, "UPOS")],
            [["The", "cats", "do", "n't"], ["the", "end"], ["cats"]])

    def test_words_are_lowercased_and_letters_are_not(self) -> None:
        encoder = self.task()[0].encoder
        self.assertNotIn("The", encoder.words)
        self.assertIn("T", encoder.letters)

    def test_a_long_word_is_read_by_its_ends(self) -> None:
        encoder = self.task()[0].encoder
        self.assertEqual(
            encoder.letters_of("c" * 32 + "a" * 9 + "t" * 32).tolist(),
            encoder.letters_of("c" * 32 + "t" * 32).tolist())

    def test_each_word_of_a_batch_is_read_once(self) -> None:
        task, _ = self.task()
        batch = tagger.batch_of(task.train, [0, 1, 2])
        # The, cats, do, n't, the, end: cats stands there twice.
        self.assertEqual(int(batch.letters.batch_sizes[0]), 6)
        letters, counts = pad_packed_sequence(batch.letters, batch_first=True)
        read = [letters[row, : counts[row]].tolist() for row in batch.word_of_row]
        words = ["The", "the", "cats", "cats", "end", "do", "n't"]
        self.assertEqual(read, [task.encoder.letters_of(word).tolist() for word in words])

    def test_company_does_not_matter(self) -> None:
        for more in ("", "--character-lstm --bidirectional --layers 2"):
            with self.subTest(more):
                self.assert_company_does_not_matter(self.task(more)[0], [0, 1, 2])

    def test_it_learns(self) -> None:
        task, options = self.task("--character-lstm --word-dropout 0.3 --bidirectional")
        printed = self.trained(task, options)
        self.assertEqual((printed["steps"], printed["tokens"]), (2 * EPOCHS, EPOCHS * 7))
        self.assertEqual(printed["valid"]["accuracy"], 1.0)


class TranslatorTests(PeerCase):
    def task(self, more: str = "") -> tuple[translator.TranslatorTask, Namespace]:
        self.file.write_text(PAIRS)
        options = translator.parse_arguments([
            *f"{SIZES} --lowercase --split-punctuation --bidirectional {more}".split(),
            "--train", str(self.file), "--valid", str(self.file)])
        return translator.TranslatorTask(options), options

    def test_a_target_is_read_one_token_later(self) -> None:
        batch = translator.batch_of(self.task()[0].train, [3, 0])
        # By sources: go . <eos>, no <eos>; targets: va ! <eos>, non , non <eos>.
        self.assertEqual(batch.sources.batch_sizes.tolist(), [2, 2, 1])
        self.assertEqual(batch.inputs[0].tolist(), [1, 1])
        self.assertEqual(batch.inputs[1:, 1].tolist(), batch.targets[:-1, 1].tolist())
        self.assertEqual(batch.targets[3].tolist(), [translator.NO_TARGET, 1])

    def test_company_does_not_matter(self) -> None:
        for attention in ("none", "dot", "general", "additive"):
            for more in ("", "--input-feeding", "--cell lstm --layers 2"):
                if attention == "none" and more == "--input-feeding":
                    continue
                with self.subTest(f"{attention} {more}"):
                    task, _ = self.task(f"--attention {attention} {more}")
                    self.assert_company_does_not_matter(task, [0, 1, 2, 3])

    def test_input_feeding_needs_an_attention(self) -> None:
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
            self.task("--attention none --input-feeding")

    def test_it_learns(self) -> None:
        task, options = self.task("--attention general --input-feeding")
        printed = self.trained(task, options)
        self.assertEqual((printed["steps"], printed["tokens"]), (2 * EPOCHS, EPOCHS * 14))


if __name__ == "__main__":
    unittest.main()
