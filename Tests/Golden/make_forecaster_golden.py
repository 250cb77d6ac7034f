"""Writes the golden values that SeqNet's forecaster is held against.

Run it with a Python that has PyTorch (2.x, CPU):

    python Tests/Golden/make_forecaster_golden.py

It rewrites forecasters.json beside it, the same bytes each time; see make_golden.py.
"""

import torch

from make_golden import draw, fill, make_layers, stored, stored_all, write

ROWS, COLUMNS, TARGETS, CONTEXT, HORIZON, HIDDEN, LAYERS = 14, 3, 2, 5, 3, 4, 2
ORIGINS = [5, 11, 8]


class Forecaster(torch.nn.Module):
    """Two recurrent layers, and a linear one on the states after the last step each way."""

    def __init__(self, cell, bidirectional):
        super().__init__()
        self.rnn = make_layers(cell, COLUMNS, HIDDEN, LAYERS, bidirectional)
        self.directions = 2 if bidirectional else 1
        self.output = torch.nn.Linear(self.directions * HIDDEN, HORIZON * TARGETS)

    def forward(self, windows):
        """[batch, context, columns] to [batch, horizon, targets]."""
        _, state = self.rnn(windows.transpose(0, 1))
        hidden = state[0] if isinstance(state, tuple) else state
        last = torch.cat(list(hidden[-self.directions :]), dim=1)
        return self.output(last).reshape(-1, HORIZON, TARGETS)


def case(cell, bidirectional, subtract_last, series, generator):
    """Forecasts, the mean squared error, and the gradient of each parameter."""
    model = Forecaster(cell, bidirectional).double()
    fill(model, generator)
    contexts = torch.stack([series[o - CONTEXT : o] for o in ORIGINS])
    actual = torch.stack([series[o : o + HORIZON, :TARGETS] for o in ORIGINS])
    base = torch.zeros(len(ORIGINS), 1, TARGETS, dtype=torch.float64)
    if subtract_last:
        base = contexts[:, -1:, :TARGETS]
    inputs = torch.cat([contexts[:, :, :TARGETS] - base, contexts[:, :, TARGETS:]], dim=2)
    forecasts = model(inputs) + base
    loss = torch.nn.functional.mse_loss(forecasts, actual)
    loss.backward()
    return {
        "bidirectional": bidirectional,
        "subtract_last": subtract_last,
        "parameters": stored_all(dict(model.named_parameters())),
        "gradients": {name: stored(p.grad) for name, p in model.named_parameters()},
        "forecasts": stored(forecasts),
        "loss": loss.item(),
    }


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    generator = torch.Generator().manual_seed(500)
    series = draw(generator, ROWS, COLUMNS, scale=1)
    write(
        "forecasters",
        {
            "series": stored(series),
            "context": CONTEXT,
            "horizon": HORIZON,
            "targets": TARGETS,
            "origins": ORIGINS,
            "cases": {
                "lstm": case("lstm", False, True, series, generator),
                "gru_reset_after": case("gru_reset_after", True, False, series, generator),
            },
        },
    )


if __name__ == "__main__":
    main()
