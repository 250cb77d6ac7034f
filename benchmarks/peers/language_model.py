"""A recurrent language model in PyTorch, trained and measured as `seqnet train lm` is.

The programs `character_language_model.py` and `word_language_model.py` bring the text;
model, training, evaluation and the printed JSON object are here. Option names and JSON
keys are those of the command `seqnet train lm`.

T is the sequence length, B the batch size, V the vocabulary size, H the hidden size.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import sys
import time
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

State = Tensor | tuple[Tensor, Tensor] | None


def peak_rss_bytes() -> int:
    """The largest resident size of this process so far (Linux counts it in KiB)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


# What importing PyTorch costs by itself; the rest of the peak is the training's.
IMPORT_RSS_BYTES = peak_rss_bytes()


@dataclass(frozen=True)
class Text:
    """A training and a validation text as token numbers."""

    train: np.ndarray
    valid: np.ndarray
    vocabulary_size: int
    # The token a text begins after: the input of the very first target.
    begin: int


def read_normalised(data: bytes) -> str:
    """Decodes a text as SeqNet does: UTF-8, no byte order mark, CRLF becomes LF."""
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def argument_parser(description: str) -> argparse.ArgumentParser:
    """The options both programs share; each program sets its own defaults of size."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--cell", choices=("rnn", "gru", "lstm"), default="lstm", help="recurrent cell")
    add("--activation", choices=("tanh", "relu"), default="tanh", help="of the cell rnn")
    add("--hidden-size", type=int, default=256, help="units of a layer")
    add("--layers", type=int, default=1, help="recurrent layers")
    add("--embedding-size", type=int, default=64, help="width of the embedding")
    add("--tie-weights", action="store_true", help="output weight = embedding weight")
    add("--dropout", type=float, default=0.0,
        help="on embeddings, between layers and before the output")
    add("--batch-size", type=int, default=32, help="streams read side by side")
    add("--sequence-length", type=int, default=64, help="steps of truncated BPTT")
    add("--epochs", type=int, default=10, help="passes over the training text")
    add("--max-steps", type=int, default=0, help="stop after so many updates; 0: no limit")
    add("--optimizer", choices=("adam", "adamw", "sgd", "rmsprop"), default="adam", help="update rule")
    add("--learning-rate", type=float, default=2e-3, help="constant")
    add("--momentum", type=float, default=0.0, help="of sgd and rmsprop")
    add("--weight-decay", type=float, default=0.0, help="L2 of the gradient; adamw: decoupled")
    add("--clip-norm", type=float, default=5.0, help="greatest global norm of the gradient; 0: none")
    add("--seed", type=int, default=1, help="of the initial weights and of dropout")
    add("--threads", type=int, default=torch.get_num_threads(), help="threads of one operation")
    add("--quiet", action="store_true", help="no progress on stderr")
    return parser


class LanguageModel(nn.Module):
    """Embedding, recurrent layers, linear output, with PyTorch's default initial weights:
    N(0, 1) for the embedding, which is also the tied output's weight, and uniform in
    ±1/sqrt(H) for everything else."""

    def __init__(self, options: argparse.Namespace, vocabulary_size: int) -> None:
        super().__init__()
        hidden, embedding = options.hidden_size, options.embedding_size
        if options.tie_weights and hidden != embedding:
            raise SystemExit(
                f"--tie-weights: --embedding-size {embedding} and --hidden-size {hidden} differ; "
                "give both the same value"
            )
        self.embedding = nn.Embedding(vocabulary_size, embedding)
        between_layers = options.dropout if options.layers > 1 else 0.0
        if options.cell == "rnn":
            self.rnn: nn.RNNBase = nn.RNN(
                embedding, hidden, options.layers,
                nonlinearity=options.activation, dropout=between_layers,
            )
        else:
            layer = nn.LSTM if options.cell == "lstm" else nn.GRU
            self.rnn = layer(embedding, hidden, options.layers, dropout=between_layers)
        self.output = nn.Linear(hidden, vocabulary_size)
        self.dropout = nn.Dropout(options.dropout)
        if options.tie_weights:
            self.output.weight = self.embedding.weight

    def forward(self, tokens: Tensor, state: State) -> tuple[Tensor, State]:
        """tokens [T, B] → logits [T·B, V] and the state after the last step."""
        hidden, state = self.rnn(self.dropout(self.embedding(tokens)), state)
        return self.output(self.dropout(hidden).flatten(0, 1)), state


def detached(state: State) -> State:
    """The same state without its history: where truncated BPTT cuts."""
    if state is None:
        return None
    return state.detach() if isinstance(state, Tensor) else (state[0].detach(), state[1].detach())


def streams(tokens: np.ndarray, begin: int, batch_size: int) -> tuple[Tensor, Tensor]:
    """Cuts a text into `batch_size` contiguous streams: inputs and targets [N // B, B].

    Every token is a target, its input is the token before it. The last N mod B tokens
    are left out, so that all streams are equally long.
    """
    length = len(tokens) // batch_size
    if length == 0:
        raise SystemExit(
            f"the training text has {len(tokens)} tokens, too few for --batch-size {batch_size}"
        )
    used = length * batch_size
    before = np.concatenate((np.asarray([begin], tokens.dtype), tokens[: used - 1]))
    inputs, targets = (
        torch.from_numpy(np.ascontiguousarray(row.reshape(batch_size, length).T))
        for row in (before, tokens[:used])
    )
    return inputs, targets


def make_optimizer(options: argparse.Namespace, model: nn.Module) -> torch.optim.Optimizer:
    """The fused form where PyTorch has one for the CPU: its fastest."""
    common = {"lr": options.learning_rate, "weight_decay": options.weight_decay}
    parameters = model.parameters()
    if options.optimizer == "adam":
        return torch.optim.Adam(parameters, fused=True, **common)
    if options.optimizer == "adamw":
        return torch.optim.AdamW(parameters, fused=True, **common)
    if options.optimizer == "sgd":
        return torch.optim.SGD(parameters, momentum=options.momentum, fused=True, **common)
    return torch.optim.RMSprop(parameters, momentum=options.momentum, **common)


@torch.inference_mode()
def validation_loss(model: LanguageModel, tokens: np.ndarray, chunk: int) -> float:
    """Mean nats a token, the text read as one stream from a zero state, each token but
    the first predicted from all before it; `chunk` tokens are computed at a time."""
    model.eval()
    stream = torch.from_numpy(tokens).unsqueeze(1)
    predicted = len(stream) - 1
    if predicted < 1:
        raise SystemExit("the validation text has fewer than two tokens")
    state: State = None
    total = 0.0
    for start in range(0, predicted, chunk):
        end = min(start + chunk, predicted)
        logits, state = model(stream[start:end], state)
        targets = stream[start + 1 : end + 1, 0].long()
        total += functional.cross_entropy(logits, targets, reduction="sum").item()
    return total / predicted


@dataclass
class Progress:
    """What training has come to so far; times are of the training steps alone."""

    steps: int = 0
    tokens: int = 0
    training_seconds: float = 0.0
    train_loss: float = math.nan


def train_epoch(
    options: argparse.Namespace,
    model: LanguageModel,
    optimizer: torch.optim.Optimizer,
    inputs: Tensor,
    targets: Tensor,
    progress: Progress,
) -> None:
    """One pass over the streams from a zero state, the state carried from step to step;
    the last step is shorter where T does not divide the length of a stream."""
    model.train()
    state: State = None
    loss_sum, epoch_tokens = 0.0, 0
    started = time.perf_counter()
    for start in range(0, len(inputs), options.sequence_length):
        if options.max_steps and progress.steps >= options.max_steps:
            break
        end = start + options.sequence_length
        target = targets[start:end].flatten().long()
        logits, state = model(inputs[start:end], detached(state))
        loss = functional.cross_entropy(logits, target)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if options.clip_norm > 0:
            nn.utils.clip_grad_norm_(model.parameters(), options.clip_norm)
        optimizer.step()
        loss_sum += loss.item() * len(target)
        epoch_tokens += len(target)
        progress.steps += 1
    progress.training_seconds += time.perf_counter() - started
    progress.tokens += epoch_tokens
    progress.train_loss = loss_sum / max(epoch_tokens, 1)
    if not math.isfinite(progress.train_loss):
        raise SystemExit(f"step {progress.steps}: the loss is not finite; lower --learning-rate")


def run(options: argparse.Namespace, text: Text, started: float) -> None:
    """Trains, evaluates after each epoch, prints one JSON object on stdout.

    `started` is time.perf_counter() at the start of the program.
    """
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    model = LanguageModel(options, text.vocabulary_size)
    optimizer = make_optimizer(options, model)
    inputs, targets = streams(text.train, text.begin, options.batch_size)
    # As many tokens at a time as in a training step, so that evaluation never sets the peak.
    chunk = options.batch_size * options.sequence_length
    progress = Progress()
    valid_losses: list[float] = []
    for epoch in range(1, options.epochs + 1):
        train_epoch(options, model, optimizer, inputs, targets, progress)
        valid_losses.append(validation_loss(model, text.valid, chunk))
        if not options.quiet:
            print(
                f"epoch {epoch}: {progress.steps} updates, train {progress.train_loss:.4f}, "
                f"valid {valid_losses[-1]:.4f} nats, "
                f"{progress.tokens / progress.training_seconds:,.0f} tokens/s",
                file=sys.stderr,
            )
        if options.max_steps and progress.steps >= options.max_steps:
            break
    best = min(valid_losses)
    parameters = sum(parameter.numel() for parameter in model.parameters())
    print(json.dumps({
        "task": "lm",
        "runtime": f"PyTorch {torch.__version__}",
        "threads": torch.get_num_threads(),
        "parameters": parameters,
        "vocabulary_size": text.vocabulary_size,
        "epochs": len(valid_losses),
        "steps": progress.steps,
        "tokens": progress.tokens,
        "tokens_per_second": progress.tokens / progress.training_seconds,
        "seconds": time.perf_counter() - started,
        "peak_rss_bytes": peak_rss_bytes(),
        "import_rss_bytes": IMPORT_RSS_BYTES,
        "train_loss": progress.train_loss,
        "valid": {"loss": best, "perplexity": math.exp(best)},
        "valid_losses": valid_losses,
    }))
