"""Writes the golden values that SeqNet's translator and its attention are held against.

Run it with a Python that has PyTorch (2.x, CPU):

    python Tests/Golden/make_translator_golden.py

It rewrites translator_*.json beside it, the same bytes each time; see make_golden.py. The model
is written out sentence by sentence and step by step, from the equations alone.
"""

import torch

from make_golden import draw, fill, make_layers, stored, stored_all, write

SOURCE_VOCABULARY, TARGET_VOCABULARY, START = 9, 7, 0
SOURCE_LENGTHS, TARGET_LENGTHS = [3, 5, 1, 5], [4, 2, 3, 5]


class Attention(torch.nn.Module):
    """Scores of Luong et al. 2015 (dot, general) and Bahdanau et al. 2015 (additive)."""

    def __init__(self, kind, query_size, memory_size):
        super().__init__()
        self.kind = kind
        if kind in ("general", "additive"):
            self.key = torch.nn.Linear(memory_size, query_size, bias=False)
        if kind == "additive":
            self.query = torch.nn.Linear(query_size, query_size)
            self.score = torch.nn.Parameter(torch.zeros(query_size))

    def forward(self, h, memory):
        keys = memory if self.kind == "dot" else self.key(memory)
        if self.kind == "additive":
            scores = torch.tanh(self.query(h) + keys) @ self.score
        else:
            scores = keys @ h
        return torch.softmax(scores, dim=0)


class Encoder(torch.nn.Module):
    def __init__(self, cell, embedding_size, hidden_size, layers, bidirectional):
        super().__init__()
        self.embedding = torch.nn.Embedding(SOURCE_VOCABULARY, embedding_size)
        width = hidden_size // 2 if bidirectional else hidden_size
        self.rnn = make_layers(cell, embedding_size, width, layers, bidirectional)

    def forward(self, tokens):
        return self.rnn(self.embedding(tokens).unsqueeze(1))


class Decoder(torch.nn.Module):
    def __init__(self, cell, kind, feeding, embedding_size, size, layers):
        super().__init__()
        self.embedding = torch.nn.Embedding(TARGET_VOCABULARY, embedding_size)
        width = embedding_size + (size if feeding else 0)
        self.rnn = make_layers(cell, width, size, layers, False)
        if kind != "none":
            self.attention = Attention(kind, size, size)
            self.combination = torch.nn.Linear(2 * size, size)


class TinyTranslator(torch.nn.Module):
    """Under SeqNet's tensor names."""

    def __init__(self, cell, kind, feeding, bidirectional, tied, embedding_size, size, layers):
        super().__init__()
        self.kind, self.feeding, self.size, self.layers = kind, feeding, size, layers
        self.encoder = Encoder(cell, embedding_size, size, layers, bidirectional)
        self.bridge = torch.nn.Module()
        for state in ("hidden", "cell") if cell == "lstm" else ("hidden",):
            for layer in range(layers):
                setattr(self.bridge, f"{state}_l{layer}", torch.nn.Linear(size, size))
        self.decoder = Decoder(cell, kind, feeding, embedding_size, size, layers)
        self.output = torch.nn.Linear(size, TARGET_VOCABULARY)
        self.double()
        if tied:
            self.output.weight = self.decoder.embedding.weight

    def bridged(self, state, final):
        """final: [layers * directions, 1, width] to [layers, 1, size]."""
        joined = final.reshape(self.layers, 1, self.size)
        return torch.stack(
            [getattr(self.bridge, f"{state}_l{k}")(joined[k]) for k in range(self.layers)]
        )

    def forward(self, source, target):
        """The logits of a sentence's target tokens and its alignment."""
        memory, final = self.encoder(source)
        memory = memory.squeeze(1)
        if isinstance(final, tuple):
            state = (torch.tanh(self.bridged("hidden", final[0])), self.bridged("cell", final[1]))
        else:
            state = torch.tanh(self.bridged("hidden", final))
        a = torch.zeros(self.size, dtype=torch.float64)
        logits, alignment = [], []
        for token in [START] + target[:-1].tolist():
            x = self.decoder.embedding.weight[token]
            if self.feeding:
                x = torch.cat([x, a])
            y, state = self.decoder.rnn(x.reshape(1, 1, -1), state)
            a = h = y.reshape(-1)
            if self.kind != "none":
                weights = self.decoder.attention(h, memory)
                alignment.append(weights)
                a = torch.tanh(self.decoder.combination(torch.cat([weights @ memory, h])))
            logits.append(self.output(a))
        return torch.stack(logits), torch.stack(alignment) if alignment else None


def write_translator(name, cell, kind, feeding, bidirectional, tied, layers, seed):
    generator = torch.Generator().manual_seed(seed)
    embedding_size = 4 if tied else 3
    options = dict(
        cell=cell, kind=kind, feeding=feeding, bidirectional=bidirectional, tied=tied,
        embedding_size=embedding_size, size=4, layers=layers,
    )
    model = TinyTranslator(**options)
    fill(model, generator)
    sources = [
        torch.randint(0, SOURCE_VOCABULARY, (n,), generator=generator) for n in SOURCE_LENGTHS
    ]
    targets = [
        torch.randint(0, TARGET_VOCABULARY, (n,), generator=generator) for n in TARGET_LENGTHS
    ]
    losses, alignments = [], []
    for source, target in zip(sources, targets):
        logits, alignment = model(source, target)
        losses.append(torch.nn.functional.cross_entropy(logits, target, reduction="none"))
        if alignment is not None:
            alignments.append(stored(alignment))
    loss = torch.cat(losses).mean()
    loss.backward()
    named = dict(model.named_parameters())
    write(
        f"translator_{name}",
        options
        | {
            "sources": [source.tolist() for source in sources],
            "targets": [target.tolist() for target in targets],
            "source_vocabulary": SOURCE_VOCABULARY,
            "target_vocabulary": TARGET_VOCABULARY,
            "parameters": stored_all(named),
            "loss": loss.item(),
            "losses": [stored(own) for own in losses],
            "alignments": alignments,  # [target, source] of each sentence
            "gradients": stored_all({key: own.grad for key, own in named.items()}),
        },
    )


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    write_translator("none", "lstm", "none", False, True, False, 1, 400)
    write_translator("dot", "gru_reset_after", "dot", False, True, False, 2, 401)
    write_translator("dot_feeding", "lstm", "dot", True, True, True, 2, 402)
    write_translator("general", "lstm", "general", False, False, False, 1, 403)
    write_translator("general_feeding", "gru_reset_after", "general", True, True, False, 2, 404)
    write_translator("additive", "rnn_tanh", "additive", False, True, True, 1, 405)
    write_translator("additive_feeding", "gru_reset_after", "additive", True, True, False, 1, 407)


if __name__ == "__main__":
    main()
