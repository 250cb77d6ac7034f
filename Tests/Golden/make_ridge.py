"""Writes ridge.json: the linear forecast of SeqNet is held against NumPy's.

    python Tests/Golden/make_ridge.py

The series is of multiples of 1/128. Each window of CONTEXT rows of two columns forecasts the first of
them, or both, for HORIZON rows. Targets are counted from their last value in the context; the weights
follow from the normal equations of centred differences, with RIDGE on the diagonal.
"""

import json
import pathlib

import numpy as np

ROWS, COLUMNS, CONTEXT, HORIZON, RIDGE = 40, 2, 5, 3, 1.0


def stored(array):
    return {"shape": list(array.shape), "values": array.ravel().tolist()}


def forecast(values, targets):
    """The forecast of the first columns from all of them, for every window."""
    origins = range(CONTEXT, ROWS - HORIZON + 1)
    last = np.stack([values[origin - 1, :targets] for origin in origins])
    x = np.stack([values[origin - CONTEXT : origin] for origin in origins])
    y = np.stack([values[origin : origin + HORIZON, :targets] for origin in origins])
    x[:, :, :targets] -= last[:, None]
    y = y - last[:, None]
    x, y = x.reshape(len(x), -1), y.reshape(len(y), -1)
    centred_x, centred_y = x - x.mean(0), y - y.mean(0)
    gram = centred_x.T @ centred_x + RIDGE * np.eye(x.shape[1])
    weights = np.linalg.solve(gram, centred_x.T @ centred_y)
    differences = centred_x @ weights + y.mean(0)
    errors = differences - y
    return {
        "values": stored(differences + np.tile(last, HORIZON)),
        "mse": float((errors**2).mean()),
        "mae": float(np.abs(errors).mean()),
    }


def main():
    generator = np.random.default_rng(1)
    steps = generator.integers(-64, 65, (ROWS, COLUMNS)) / 128
    values = np.round(np.cumsum(steps, axis=0) * 0.9**np.arange(COLUMNS) * 128) / 128
    text = json.dumps(
        {
            "context": CONTEXT,
            "horizon": HORIZON,
            "series": stored(values),
            "forecasts": [forecast(values, targets) for targets in range(1, COLUMNS + 1)],
        },
        separators=(",", ":"),
        sort_keys=True,
    )
    (pathlib.Path(__file__).parent / "ridge.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
