"""Which trainings docs/results.md shows, and what they must come to."""

from __future__ import annotations

from outcomes.sections import Task
from outcomes.trial import Figure, Trial
from outcomes.tunes import NOTTINGHAM, measure_samples

TREEBANK = {
    "--train": "ud-english-ewt/en_ewt-ud-train.conllu.gz",
    "--valid": "ud-english-ewt/en_ewt-ud-dev.conllu",
    "--test": "ud-english-ewt/en_ewt-ud-test.conllu",
}


def upos_accuracy(bound: float) -> Figure:
    return Figure("accuracy, test", ("test", "accuracy"), 2, bound, is_share=True)


TAG = Task(
    "tag", "Parts of speech: Universal Dependencies, English EWT",
    "Bidirectional LSTM, UPOS, the treebank's own parts.\n",
    (
        Trial("words and characters", "tag", TREEBANK,
              "--character-lstm --lowercase-words --hidden-size 200 --epochs 9",
              (upos_accuracy(0.95),), seconds=600),
        Trial("words alone", "tag", TREEBANK,
              "--lowercase-words --hidden-size 200 --epochs 12 --schedule cosine --dropout 0.3",
              (upos_accuracy(0.91),), seconds=600),
    ))

REVIEWS = {"--train": "clothing-reviews/clothing-reviews.csv.gz"}
REVIEW_OPTIONS = (
    "--text-column 'Review Text' --label-column Rating --split 0.8,0.1,0.1 --lowercase "
    "--split-punctuation --dropout 0.5 --schedule cosine")
CLASSIFY = Task(
    "classify", "Ratings of clothing reviews",
    "The text of a review to its rating from 1 to 5, 80/10/10 by a seeded shuffle: each seed has a "
    "split of its\nown. A linear model on TF-IDF has accuracy 0.640, macro-F1 0.46.\n",
    (
        Trial("every record counts alike", "classify", REVIEWS,
              f"{REVIEW_OPTIONS} --pooling mean --min-count 4 --epochs 5",
              (Figure("accuracy, test", ("test", "accuracy"), 3, 0.64),
               Figure("mean absolute error, test", ("test", "mean_absolute_error"))),
              seeds=(1, 2, 3)),
        Trial("every rating counts alike", "classify", REVIEWS,
              f"{REVIEW_OPTIONS} --class-weights --pooling attention --recurrent-dropout 0.2 --epochs 5",
              (Figure("macro-F1, test", ("test", "macro_f1"), 3, 0.45),
               Figure("accuracy, test", ("test", "accuracy"))),
              seeds=(1, 2, 3)),
    ))

SENTENCES = {
    "--train": "eng-fra/train.tsv", "--valid": "eng-fra/valid.tsv", "--test": "eng-fra/test.tsv"}
SENTENCE_OPTIONS = (
    "--lowercase --split-punctuation --cell gru --batch-size 64 --epochs 10 --schedule cosine")
TRANSLATION_FIGURES = (
    Figure("chrF, test", ("test", "chrf"), 1),
    Figure("BLEU of the detokenised text (13a)", ("test", "bleu_detokenized"), 1),
    Figure("exact matches", ("test", "exact_match"), 1, is_share=True),
)


def bleu(bound: float | None = None) -> Figure:
    return Figure("BLEU, test, beam 5", ("test", "bleu"), 1, bound)


TRANSLATE = Task(
    "translate", "English to French: Tatoeba",
    "BLEU as the model's tokens have it, lower-cased, `<unk>` matching nothing.\n",
    (
        Trial("with attention", "translate", SENTENCES, SENTENCE_OPTIONS,
              (bleu(24), *TRANSLATION_FIGURES), seconds=1800),
        Trial("without attention", "translate", SENTENCES,
              f"{SENTENCE_OPTIONS} --attention none",
              (bleu(), *TRANSLATION_FIGURES), seconds=1800),
    ), lead=bleu(5))

GENERATE = Task(
    "generate", "Folk tunes: Nottingham",
    "Kinds of tunes by their files' names, 90/5/5 by a seeded shuffle: each seed has a split of its\n"
    "own. Perplexity a character, ends of tunes counted. Samples are drawn with --top-p 0.5.\n"
    "A tune is sound when its bars last as long as the metre says, and a copy when at most a tenth of\n"
    "its notes differ from a known tune's; known are all tunes of the data set.\n",
    (
        Trial("characters", "generate", {"--train": NOTTINGHAM},
              "--tokens characters --split 0.9,0.05,0.05 --hidden-size 320 --layers 2 --dropout 0.3 "
              "--recurrent-dropout 0.2 --batch-size 8 --epochs 22 --schedule cosine "
              "--learning-rate 0.004",
              (Figure("perplexity, validation", ("valid", "perplexity"), 3, 2.35, at_most=True),
               Figure("perplexity, test", ("test", "perplexity")),
               Figure("sound, real tunes", ("real", "share"), 1, is_share=True),
               Figure("sound, 100 samples", ("samples", "share"), 1, is_share=True),
               Figure("the one over the other", ("samples", "relative"), 1, 0.9, is_share=True),
               Figure("copies, 100 samples", ("samples", "copied"), 1, 0.05, at_most=True,
                      is_share=True)),
              seeds=(1, 2, 3), after=measure_samples),
    ))

FORECAST = Task(
    "forecast", "Transformer temperature: ETTh1",
    "96 hours to the next 24, OT from OT, 12 months of training, 4 of validation, 4 of test; mean "
    "squared errors of\nstandardised values. Linear: ridge regression on the 96 values.\n",
    (
        Trial("LSTM", "forecast", {"--train": "etth1/ETTh1.csv"},
              "--split 8640,2880,2880 --target OT --context 96 --horizon 24 --subtract-linear",
              (Figure("MSE, test", ("test", "mse"), 4, 0.0265, at_most=True),
               Figure("MAE, test", ("test", "mae"), 4),
               Figure("MSE of the last value", ("test", "naive_last_mse"), 4),
               Figure("MSE of the day before", ("test", "naive_season_mse"), 4),
               Figure("MSE of the linear forecast", ("test", "linear_mse"), 4)),
              seeds=(1, 2, 3)),
    ))

DATES = Task(
    "dates", "Dates: \"the 3rd of May 1998\" to \"1998-05-03\"",
    "Generated; no date of the test part is in the training part.\n",
    (
        Trial("characters", "translate",
              {"--train": "train.tsv", "--valid": "valid.tsv", "--test": "test.tsv"},
              "--tokens characters --cell gru --hidden-size 128 --embedding-size 64 --dropout 0.1 "
              "--batch-size 64 --epochs 6 --schedule cosine --learning-rate 0.004",
              (Figure("exact matches, test", ("test", "exact_match"), 1, 0.99, is_share=True),),
              seconds=180, generate="dates"),
    ))

TASKS = (TAG, CLASSIFY, GENERATE, TRANSLATE, FORECAST, DATES)
