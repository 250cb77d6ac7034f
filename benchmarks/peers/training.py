"""What every training in PyTorch shares: options, recurrent layers, an update, epochs with
their validation, and the JSON object that is printed. Option names and JSON keys are those of
`seqnet train`."""

from __future__ import annotations

import argparse
import json
import math
import resource
import sys
import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from torch import Tensor, nn

State = Tensor | tuple[Tensor, Tensor] | None


def peak_rss_bytes() -> int:
    """The largest resident size of this process so far (Linux counts it in KiB)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


# What importing PyTorch and NumPy costs by itself; the rest of the peak is the training's.
IMPORT_RSS_BYTES = peak_rss_bytes()


@dataclass
class Progress:
    """What training has come to so far; times are of the training steps alone."""

    steps: int = 0
    tokens: int = 0
    training_seconds: float = 0.0
    train_loss: float = math.nan


class Task(Protocol):
    """A model and its data."""

    # As `seqnet train` names it.
    name: str
    model: nn.Module
    vocabulary_size: int

    def train_epoch(self, optimizer: torch.optim.Optimizer, progress: Progress) -> None: ...

    def validate(self) -> dict[str, float]:
        """Metrics of the validation part, `loss` in nats among them."""
        ...


def argument_parser(description: str) -> argparse.ArgumentParser:
    """The options of all tasks; each program sets defaults of its own."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    add = parser.add_argument
    add("--cell", choices=("rnn", "gru", "lstm"), default="lstm", help="recurrent cell")
    add("--activation", choices=("tanh", "relu"), default="tanh", help="of the cell rnn")
    add("--hidden-size", type=int, default=256, help="units of a layer")
    add("--layers", type=int, default=1, help="recurrent layers")
    add("--embedding-size", type=int, default=64, help="width of the embedding")
    add("--dropout", type=float, default=0.0,
        help="on embeddings, between layers and before the output")
    add("--batch-size", type=int, default=32, help="sequences side by side")
    add("--epochs", type=int, default=10, help="passes over the training data")
    add("--max-steps", type=int, default=0, help="stop after so many updates; 0: no limit")
    add("--optimizer", choices=("adam", "adamw", "sgd", "rmsprop"), default="adam", help="update rule")
    add("--learning-rate", type=float, default=2e-3, help="constant")
    add("--momentum", type=float, default=0.0, help="of sgd and rmsprop")
    add("--weight-decay", type=float, default=0.0, help="L2 of the gradient; adamw: decoupled")
    add("--clip-norm", type=float, default=5.0, help="greatest global norm of the gradient; 0: none")
    add("--seed", type=int, default=1, help="of all random numbers")
    add("--threads", type=int, default=torch.get_num_threads(), help="threads of one operation")
    add("--quiet", action="store_true", help="no progress on stderr")
    return parser


def recurrent_layers(
    options: argparse.Namespace, input_size: int, hidden_size: int, bidirectional: bool = False
) -> nn.RNNBase:
    """Layers of the cell that the options name."""
    rest = {
        "num_layers": options.layers, "bidirectional": bidirectional,
        "dropout": options.dropout if options.layers > 1 else 0.0,
    }
    if options.cell == "rnn":
        return nn.RNN(input_size, hidden_size, nonlinearity=options.activation, **rest)
    return (nn.LSTM if options.cell == "lstm" else nn.GRU)(input_size, hidden_size, **rest)


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


def update(
    options: argparse.Namespace, model: nn.Module, optimizer: torch.optim.Optimizer, loss: Tensor
) -> None:
    """New weights by the gradient of the loss."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    if options.clip_norm > 0:
        nn.utils.clip_grad_norm_(model.parameters(), options.clip_norm)
    optimizer.step()


def require_finite(progress: Progress) -> None:
    if not math.isfinite(progress.train_loss):
        raise SystemExit(f"step {progress.steps}: the loss is not finite; lower --learning-rate")


def prepare(options: argparse.Namespace) -> None:
    """Threads, denormals and seed; before the model is made."""
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(options.seed)
    np.random.seed(options.seed)


def run(options: argparse.Namespace, task: Task, started: float) -> None:
    """Trains, validates after each epoch, prints one JSON object on stdout.

    `started` is time.perf_counter() at the start of the program.
    """
    optimizer = make_optimizer(options, task.model)
    progress = Progress()
    history: list[dict[str, float]] = []
    for epoch in range(1, options.epochs + 1):
        task.train_epoch(optimizer, progress)
        require_finite(progress)
        history.append(task.validate())
        if not options.quiet:
            metrics = ", ".join(f"{name} {value:.4f}" for name, value in history[-1].items())
            print(
                f"epoch {epoch}: {progress.steps} updates, train loss {progress.train_loss:.4f}, "
                f"validation {metrics}, "
                f"{progress.tokens / progress.training_seconds:,.0f} tokens/s",
                file=sys.stderr,
            )
        if options.max_steps and progress.steps >= options.max_steps:
            break
    print(json.dumps({
        "task": task.name,
        "runtime": f"PyTorch {torch.__version__}",
        "threads": torch.get_num_threads(),
        "parameters": sum(parameter.numel() for parameter in task.model.parameters()),
        "vocabulary_size": task.vocabulary_size,
        "epochs": len(history),
        "steps": progress.steps,
        "tokens": progress.tokens,
        "tokens_per_second": progress.tokens / progress.training_seconds,
        "seconds": time.perf_counter() - started,
        "peak_rss_bytes": peak_rss_bytes(),
        "import_rss_bytes": IMPORT_RSS_BYTES,
        "train_loss": progress.train_loss,
        # The best epoch, as `seqnet train` chooses it: by accuracy where there is one.
        "valid": min(history, key=lambda metrics: (-metrics.get("accuracy", 0), metrics["loss"])),
        "valid_losses": [metrics["loss"] for metrics in history],
    }))
