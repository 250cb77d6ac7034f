"""Writes the values that SeqNet's BLEU, its tokenisation and chrF are held against.

Run it with a Python that has sacreBLEU (2.6.0):

    python Tests/Golden/make_translation_golden.py

It rewrites translation_scores.json beside it, the same bytes each time.
"""

import json
import logging
import pathlib
import random

from sacrebleu.metrics import BLEU, CHRF

FILE = pathlib.Path(__file__).parent / "translation_scores.json"
LARGEST_FILE = 100_000  # bytes

# Hypothesis and reference.
PAIRS = [
    ("", ""),
    ("", "The ferry leaves at noon."),
    ("The ferry leaves at noon.", ""),
    ("   \t ", "A line of blanks stands before this one."),
    ("The ferry leaves at noon.", "The ferry leaves at noon."),
    ("Noon.", "Noon."),
    ("The ferry leaves", "The ferry leaves"),
    ("The boat leaves at noon, weather permitting.",
     "The ferry leaves at noon, if the weather permits."),
    ("the the the the the the the", "The cat is on the mat; the dog is not."),
    ("It is 1,000.5 metres high, or 3,281 ft.", "It is 1,000.5 metres high, or 3281 ft."),
    ("Version 2.0.1 costs .5 more than 3., she said",
     "Version 2.0.1 costs 0.5 more than 3, she said."),
    ("From 9-5 or 1990-95 a well-known so-called x-1 -2 --",
     "From 9 - 5, or 1990 - 95, a well-known x-1, -2."),
    ("&quot;Stop!&quot; she cried &amp; ran; 1 &lt; 2 &gt; 0 &apos;",
     "\"Stop!\" she cried & ran; 1 < 2 > 0 '"),
    ("&amp;lt; &amp;amp;quot; &amp;quot;", "< & \""),
    ("He said: \"No... never?!\" (twice) [sic] {or so}",
     "He said, 'No ... never?!' (twice) [sic]"),
    ("rock'n'roll, don't, the dogs' bones, 'tis", "rock 'n' roll, don't, the dogs' bones, it's"),
    ("mail@example.org or http://example.org/a_b?c=d#e ~ 50% ^ |",
     "mail@example.org, or http://example.org/a_b ~ 50 %"),
    ("C# costs $5 + €7 = 12*1\\2 `now`", "C# costs 5 $ + 7 € = 12"),
    ("a <skipped> segment, one<skipped>two", "a segment, onetwo"),
    ("a hyphen-\nated word over\ntwo lines\n", "a hyphenated word over two lines"),
    ("ends in a hyphen-\n", "ends in a hyphen-"),
    ("L’été, c'est « fini »\u202f! Vraiment\xa0?",
     "L'été, c’est «\xa0fini\xa0»\u202f! Vraiment ?"),
    ("Ça coûte 1\u202f000,50\xa0€ ; oui : ça.", "Ça coûte 1 000,50 €\u202f; oui\xa0: ça."),
    ("他昨天坐船去了那个岛。很远，对吗？", "他昨天坐船去了那座岛。太远，对吗？"),
    ("今日は、船で島へ行きました。", "今日は船で島へ行った。"),
    ("배는 정오에 떠난다.", "배가 정오에 떠납니다."),
    ("नाव दोपहर को जाती है।", "नाव दोपहर में जाती है।"),
    ("Паром отходит в полдень – «точно».", "Паром отправляется в полдень — точно."),
    ("e\u0301te\u0301 caf\u00e9", "\u00e9t\u00e9 cafe\u0301"),
    ("🦜 says hi 👩\u200d👧!", "🦜 says hello 👩\u200d👧 !"),
    ("a\u200bb \ufeffc \u00adsoft", "ab c soft"),
    ("one\x1ctwo\x1fthree\x85four\u3000five", "one two three four five"),
    ("......,,,,", ". . . . . . , , , ,"),
    ("5.,5 ,.a.,b ., 7,a .7 7. é.9 9.é", "5 . 5 , a b 7 a .7 7 é 9"),
    ("The ferry leaves at noon .", "The ferry leaves at noon ."),
    ("the FERRY leaves AT noon", "the ferry leaves at noon"),
]

# Sentences of a model's own tokens; <unk> stands for a word that the model does not know.
TOKEN_PAIRS = [
    ("the <unk> leaves at noon .", "the <unk> leaves at noon ."),
    ("the boat leaves at <unk> .", "the ferry leaves at noon ."),
    ("<unk> <unk> <unk> <unk>", "<unk> <unk> <unk> <unk>"),
    ("it is <unk> and it is late , very late", "it is early and it is late , so late"),
    ("yes .", "yes ."),
    ("", "no one came ."),
]


def random_texts(generator, count):
    """Texts of what the rules of 13a turn on."""
    alphabet = list(".,-'\" 0a&;\u00a0\u00e9\u4e2d\n") + ["7.", ",3", "&lt;", "word "]
    return ["".join(generator.choices(alphabet, k=generator.randint(1, 14))) for _ in range(count)]


def random_pairs(generator, count):
    """Sentences of few words, so that n-grams repeat."""
    words = ["a", "b", "c", "d,", "e.", "f"]

    def sentence():
        length = generator.randint(0, 9)
        return " ".join(generator.choices(words, weights=[6, 5, 4, 3, 2, 1], k=length))

    return [(sentence(), sentence()) for _ in range(count)]


def text_scores(pairs):
    hypotheses, references = [list(side) for side in zip(*pairs)]
    bleu = BLEU().corpus_score(hypotheses, [references])
    return {
        "pairs": pairs,
        "bleu": bleu.score,
        "precisions": bleu.precisions,
        "brevity_penalty": bleu.bp,
        "chrf": CHRF().corpus_score(hypotheses, [references]).score,
    }


def token_scores(pairs):
    """BLEU of tokens; a word of the hypothesis that no reference has stands for <unk>."""
    hypotheses = [hypothesis.replace("<unk>", "<no-match>") for hypothesis, _ in pairs]
    references = [reference for _, reference in pairs]
    score = BLEU(tokenize="none", force=True).corpus_score(hypotheses, [references]).score
    return {"pairs": pairs, "bleu": score}


def main():
    logging.getLogger("sacrebleu").setLevel(logging.ERROR)
    generator = random.Random(4)
    tokenizer = BLEU()
    texts = sorted({text for pair in PAIRS for text in pair}) + random_texts(generator, 200)
    drawn = random_pairs(generator, 60)
    corpora = [[pair] for pair in PAIRS] + [PAIRS, PAIRS[7:12], drawn]
    corpora += [drawn[start : start + 3] for start in range(0, len(drawn), 3)]
    token_corpora = [[pair] for pair in TOKEN_PAIRS] + [TOKEN_PAIRS]
    content = {
        "tokenized": [
            {"text": text, "tokens": tokenizer._preprocess_segment(text).split()}
            for text in texts
        ],
        "texts": [text_scores(pairs) for pairs in corpora],
        "tokens": [token_scores(pairs) for pairs in token_corpora],
    }
    text = json.dumps(content, separators=(",", ":"), sort_keys=True) + "\n"
    assert len(text) < LARGEST_FILE, len(text)
    FILE.write_text(text)
    print(f"{FILE.name}: {len(text)} bytes")


if __name__ == "__main__":
    main()
