"""Writes taggers.json, the golden values of the tagger; see make_golden.py.

    python Tests/Golden/make_taggers.py

A word is its embedding joined with the last states of an LSTM that reads its letters both ways,
each word of each sentence on its own; nothing is packed. Gradients are autograd's.
"""

import torch

from make_crf import log_normaliser, path_score
from make_golden import draw, stored, stored_all, write

WORDS = ["<eos>", "<unk>", "ab", "abc", "b", "cc"]
CHARACTERS = ["\n", "<unk>", "a", "b", "c"]
# Some words, and some letters, are none of these and fall to <unk>.
SENTENCES = ["Ab b abc ab cc", "xB abc cc", "b", "abc ab cabc"]
TAGS = ["B-X", "E-X", "O", "S-X"]
SENTENCE_TAGS = ["O B-X E-X S-X O", "B-X E-X O", "S-X", "O O O"]
CASES = {
    "words": {"letters": False, "crf": False},
    "letters": {"letters": True, "crf": False},
    "crf": {"letters": True, "crf": True},
}
EMBEDDING, CHARACTER_EMBEDDING, CHARACTER_HIDDEN, HIDDEN, LAYERS = 3, 2, 2, 3, 2


def index(item, items):
    return items.index(item) if item in items else items.index("<unk>")


def allowed(tag, following):
    """Whether a BIOES tag, or None at an end of the sentence, may follow another."""
    is_open = tag is not None and tag[0] in "BI"
    goes_on = following is not None and following[0] in "IE"
    return is_open == goes_on


class Field(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.transitions = torch.nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.start = torch.nn.Parameter(torch.zeros(len(TAGS)))
        self.end = torch.nn.Parameter(torch.zeros(len(TAGS)))

    def loss(self, emissions, tags):
        def masked(scores, is_allowed):
            return scores.masked_fill(~torch.tensor(is_allowed), float("-inf"))

        field = (
            masked(self.transitions, [[allowed(a, b) for b in TAGS] for a in TAGS]),
            masked(self.start, [allowed(None, tag) for tag in TAGS]),
            masked(self.end, [allowed(tag, None) for tag in TAGS]),
        )
        return log_normaliser(emissions, *field) - path_score(emissions, tags, *field)


class Tagger(torch.nn.Module):
    def __init__(self, letters, crf):
        super().__init__()
        self.embedding = torch.nn.Embedding(len(WORDS), EMBEDDING)
        width = EMBEDDING
        if letters:
            self.character_embedding = torch.nn.Embedding(len(CHARACTERS), CHARACTER_EMBEDDING)
            self.character_rnn = torch.nn.LSTM(
                CHARACTER_EMBEDDING, CHARACTER_HIDDEN, bidirectional=True
            )
            width += 2 * CHARACTER_HIDDEN
        self.rnn = torch.nn.LSTM(width, HIDDEN, LAYERS, bidirectional=True)
        self.output = torch.nn.Linear(2 * HIDDEN, len(TAGS))
        if crf:
            self.crf = Field()

    def word(self, word):
        parts = [self.embedding(torch.tensor(index(word.lower(), WORDS)))]
        if hasattr(self, "character_rnn"):
            letters = torch.tensor([index(letter, CHARACTERS) for letter in word])
            _, (last, _) = self.character_rnn(self.character_embedding(letters))
            parts += [last[0], last[1]]
        return torch.cat(parts)

    def scores(self, sentence):
        x = torch.stack([self.word(word) for word in sentence.split()])
        return self.output(self.rnn(x)[0])

    def loss(self, sentence, tags):
        tags = [TAGS.index(tag) for tag in tags.split()]
        scores = self.scores(sentence)
        if hasattr(self, "crf"):
            return self.crf.loss(scores, tags)
        return torch.nn.functional.cross_entropy(scores, torch.tensor(tags), reduction="sum")


def main():
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(500)
    words = sum(len(sentence.split()) for sentence in SENTENCES)
    cases = {}
    for name, options in CASES.items():
        model = Tagger(**options).double()
        for parameter in model.parameters():
            parameter.data = draw(generator, *parameter.shape)
        loss = sum(map(model.loss, SENTENCES, SENTENCE_TAGS)) / words
        loss.backward()
        cases[name] = {
            "letters": options["letters"],
            "crf": options["crf"],
            "parameters": stored_all(dict(model.named_parameters())),
            "gradients": {name: stored(p.grad) for name, p in model.named_parameters()},
            "loss": loss.item(),
        }
    write(
        "taggers",
        {
            "words": WORDS,
            "characters": CHARACTERS,
            "tags": TAGS,
            "sentences": SENTENCES,
            "sentence_tags": SENTENCE_TAGS,
            "cases": cases,
        },
    )


if __name__ == "__main__":
    main()
