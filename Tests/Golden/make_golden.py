"""Writes the golden values that SeqNet's cells, models and optimisers are held against.

Run it with a Python that has PyTorch (2.x, CPU):

    python Tests/Golden/make_golden.py

It rewrites every *.json beside it, the same bytes each time. All arithmetic is float64.
Weights, inputs and states are multiples of 1/128, so that they are exact in float32 too.
Tensors are stored as {"shape": [...], "values": [...]}, row-major.
"""

import json
import math
import pathlib

import torch
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

FOLDER = pathlib.Path(__file__).parent
LARGEST_FILE = 100_000  # bytes


def draw(generator, *shape, scale=0.5):
    """Uniform multiples of 1/128 in [-scale, scale]."""
    bound = int(scale * 128)
    return torch.randint(-bound, bound + 1, shape, generator=generator).double() / 128


def stored(tensor):
    tensor = tensor.detach()
    values = tensor.reshape(-1).tolist()
    if tensor.is_floating_point():
        assert all(math.isfinite(value) for value in values)
    return {"shape": list(tensor.shape), "values": values}


def stored_all(named):
    return {name: stored(tensor) for name, tensor in named.items()}


def write(name, content):
    text = json.dumps(content, separators=(",", ":"), sort_keys=True) + "\n"
    assert len(text) < LARGEST_FILE, (name, len(text))
    (FOLDER / f"{name}.json").write_text(text)
    print(f"{name}.json: {len(text)} bytes")


# Recurrent layers -------------------------------------------------------------------

INPUT_SIZE, HIDDEN_SIZE = 3, 4
LENGTHS = [5, 4, 4, 2, 1]


def reset_before_step(x, h, w_ih, w_hh, b_ih, b_hh):
    """GRU as in Cho et al. 2014: the reset gate acts before the matrix product."""
    size = h.shape[-1]
    inputs = x @ w_ih.T + b_ih
    r = torch.sigmoid(inputs[:, :size] + h @ w_hh[:size].T + b_hh[:size])
    z = torch.sigmoid(
        inputs[:, size : 2 * size] + h @ w_hh[size : 2 * size].T + b_hh[size : 2 * size]
    )
    n = torch.tanh(inputs[:, 2 * size :] + (r * h) @ w_hh[2 * size :].T + b_hh[2 * size :])
    return (1 - z) * n + z * h


def simplified_step(x, h, w_ih, w_hh, b_ih, b_hh):
    """GRU without the reset gate: gates z and n."""
    size = h.shape[-1]
    sums = x @ w_ih.T + b_ih + h @ w_hh.T + b_hh
    z, n = torch.sigmoid(sums[:, :size]), torch.tanh(sums[:, size:])
    return (1 - z) * n + z * h


class UnrolledLayers(torch.nn.Module):
    """Layers of a cell that torch.nn lacks, with torch.nn.GRU's names and results."""

    def __init__(self, step, gates, input_size, hidden_size, num_layers=1, bidirectional=False):
        super().__init__()
        self.step, self.hidden_size, self.num_layers = step, hidden_size, num_layers
        self.suffixes = ["", "_reverse"] if bidirectional else [""]
        for layer in range(num_layers):
            width = input_size if layer == 0 else hidden_size * len(self.suffixes)
            for suffix in self.suffixes:
                shapes = {
                    "weight_ih": (gates * hidden_size, width),
                    "weight_hh": (gates * hidden_size, hidden_size),
                    "bias_ih": (gates * hidden_size,),
                    "bias_hh": (gates * hidden_size,),
                }
                for name, shape in shapes.items():
                    parameter = torch.nn.Parameter(torch.zeros(shape, dtype=torch.float64))
                    self.register_parameter(f"{name}_l{layer}{suffix}", parameter)

    def run_direction(self, data, batch_sizes, h0, layer, suffix):
        weights = [
            getattr(self, f"{name}_l{layer}{suffix}")
            for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        ]
        steps = list(torch.split(data, batch_sizes.tolist()))
        state = list(h0)
        outputs = [None] * len(steps)
        order = range(len(steps)) if suffix == "" else reversed(range(len(steps)))
        for t in order:
            rows = steps[t].shape[0]
            h = self.step(steps[t], torch.stack(state[:rows]), *weights)
            state[:rows] = list(h)
            outputs[t] = h
        return torch.cat(outputs), torch.stack(state)

    def forward(self, packed, h0=None):
        data, finals = packed.data, []
        directions = len(self.suffixes)
        if h0 is None:
            batch = int(packed.batch_sizes[0])
            h0 = data.new_zeros(self.num_layers * directions, batch, self.hidden_size)
        for layer in range(self.num_layers):
            results = []
            for direction, suffix in enumerate(self.suffixes):
                initial = h0[layer * directions + direction]
                y, hn = self.run_direction(data, packed.batch_sizes, initial, layer, suffix)
                results.append(y)
                finals.append(hn)
            data = torch.cat(results, dim=1)
        return PackedSequence(data, packed.batch_sizes), torch.stack(finals)


def make_layers(cell, input_size, hidden_size, layers, bidirectional):
    sizes = dict(num_layers=layers, bidirectional=bidirectional)
    if cell == "lstm":
        module = torch.nn.LSTM(input_size, hidden_size, **sizes)
    elif cell == "gru_reset_after":
        module = torch.nn.GRU(input_size, hidden_size, **sizes)
    elif cell in ("rnn_tanh", "rnn_relu"):
        module = torch.nn.RNN(input_size, hidden_size, nonlinearity=cell[4:], **sizes)
    elif cell == "gru_reset_before":
        module = UnrolledLayers(reset_before_step, 3, input_size, hidden_size, **sizes)
    elif cell == "gru_simplified":
        module = UnrolledLayers(simplified_step, 2, input_size, hidden_size, **sizes)
    else:
        raise ValueError(cell)
    return module.double()


def fill(module, generator):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(generator, *parameter.shape, scale=0.75))


def write_layers(cell, layers, bidirectional, seed):
    """Packed ragged sequences with initial states; loss = (y*w).sum() + final states' terms."""
    generator = torch.Generator().manual_seed(seed)
    module = make_layers(cell, INPUT_SIZE, HIDDEN_SIZE, layers, bidirectional)
    fill(module, generator)
    padded = draw(generator, max(LENGTHS), len(LENGTHS), INPUT_SIZE, scale=2)
    packed = pack_padded_sequence(padded, LENGTHS)
    x = packed.data.clone().requires_grad_()
    state_shape = (layers * (2 if bidirectional else 1), len(LENGTHS), HIDDEN_SIZE)
    names = ["h", "c"] if cell == "lstm" else ["h"]
    initial = [draw(generator, *state_shape).requires_grad_() for _ in names]
    state = tuple(initial) if cell == "lstm" else initial[0]
    output, final = module(PackedSequence(x, packed.batch_sizes), state)
    finals = list(final) if cell == "lstm" else [final]

    loss_weights = {"y": draw(generator, *output.data.shape, scale=1)}
    loss = (output.data * loss_weights["y"]).sum()
    for name, value in zip(names, finals):
        loss_weights[f"{name}n"] = draw(generator, *state_shape, scale=1)
        loss = loss + (value * loss_weights[f"{name}n"]).sum()
    loss.backward()

    gradients = {"x": x.grad}
    gradients |= {f"{name}0": value.grad for name, value in zip(names, initial)}
    gradients |= {name: parameter.grad for name, parameter in module.named_parameters()}
    direction = "bidirectional" if bidirectional else "forward"
    write(
        f"layers_{cell}_{layers}_{direction}",
        {
            "cell": cell,
            "layers": layers,
            "bidirectional": bidirectional,
            "input_size": INPUT_SIZE,
            "hidden_size": HIDDEN_SIZE,
            "lengths": LENGTHS,
            "parameters": stored_all(dict(module.named_parameters())),
            "inputs": stored_all({"x": x} | {f"{n}0": v for n, v in zip(names, initial)}),
            "outputs": stored_all(
                {"y": output.data} | {f"{n}n": v for n, v in zip(names, finals)}
            ),
            "loss_weights": stored_all(loss_weights),
            "loss": loss.item(),
            "gradients": stored_all(gradients),
        },
    )


# A tiny language model --------------------------------------------------------------

VOCABULARY, SEQUENCES, STEPS, LAYERS = 11, 3, 6, 2
OPTIMIZERS = {
    "sgd": dict(make=torch.optim.SGD, lr=0.5),
    "sgd_momentum": dict(make=torch.optim.SGD, lr=0.25, momentum=0.9, weight_decay=0.001),
    "adam": dict(make=torch.optim.Adam, lr=0.02, betas=(0.9, 0.999), eps=1e-8),
    "adamw": dict(
        make=torch.optim.AdamW, lr=0.02, betas=(0.9, 0.99), eps=1e-6, weight_decay=0.05
    ),
    "rmsprop": dict(
        make=torch.optim.RMSprop, lr=0.005, alpha=0.95, eps=1e-6, momentum=0.5, weight_decay=0.001
    ),
}
CLIP_NORM = 0.2
TRAINING_STEPS = 10


class TinyLanguageModel(torch.nn.Module):
    """Embedding, recurrent layers, output projection, under SeqNet's tensor names."""

    def __init__(self, cell, embedding_size, hidden_size, tied):
        super().__init__()
        self.embedding = torch.nn.Embedding(VOCABULARY, embedding_size)
        self.rnn = make_layers(cell, embedding_size, hidden_size, LAYERS, False)
        self.output = torch.nn.Linear(hidden_size, VOCABULARY)
        self.double()
        if tied:
            self.output.weight = self.embedding.weight

    def forward(self, ids, state=None):
        steps, sequences = ids.shape
        data = self.embedding(ids).reshape(steps * sequences, -1)
        sizes = torch.full((steps,), sequences, dtype=torch.int64)
        y, state = self.rnn(PackedSequence(data, sizes), state)
        return self.output(y.data), state


def mean_loss(model, ids, targets, state=None):
    logits, state = model(ids, state)
    return torch.nn.functional.cross_entropy(logits, targets.reshape(-1)), logits, state


def detached(state):
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def as_parts(state):
    """The states by SeqNet's names, each [layers, sequences, hidden]."""
    return dict(zip("hc", state)) if isinstance(state, tuple) else {"h": state}


def training_losses(model, initial, ids, targets, settings):
    """Losses before each of ten steps on the same batch, and the norms before clipping."""
    model.load_state_dict(initial)
    options = {key: value for key, value in settings.items() if key != "make"}
    optimizer = settings["make"](model.parameters(), **options)
    losses, norms = [], []
    for _ in range(TRAINING_STEPS):
        optimizer.zero_grad()
        loss = mean_loss(model, ids, targets)[0]
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP_NORM).item())
        optimizer.step()
        losses.append(loss.item())
    return {"options": options, "losses": losses, "gradient_norms": norms}


def write_language_model(name, cell, embedding_size, hidden_size, tied, seed):
    generator = torch.Generator().manual_seed(seed)
    model = TinyLanguageModel(cell, embedding_size, hidden_size, tied)
    fill(model, generator)
    initial = {key: value.clone() for key, value in model.state_dict().items()}
    tokens = torch.randint(0, VOCABULARY, (2 * STEPS + 1, SEQUENCES), generator=generator)
    chunks = [
        (tokens[start : start + STEPS], tokens[start + 1 : start + STEPS + 1])
        for start in (0, STEPS)
    ]
    loss, logits, state = mean_loss(model, *chunks[0])
    loss.backward()
    gradients = {key: parameter.grad.clone() for key, parameter in model.named_parameters()}

    # The second chunk goes on from the first one's state; its gradient stops at the cut.
    model.zero_grad()
    carried, _, last_state = mean_loss(model, *chunks[1], state=detached(state))
    carried.backward()
    carried_norm = math.sqrt(sum(p.grad.square().sum().item() for p in model.parameters()))

    parameters = {k: v for k, v in initial.items() if not (tied and k == "output.weight")}
    write(
        f"language_model_{name}",
        {
            "cell": cell,
            "layers": LAYERS,
            "embedding_size": embedding_size,
            "hidden_size": hidden_size,
            "vocabulary_size": VOCABULARY,
            "tie_weights": tied,
            "parameters": stored_all(parameters),
            "ids": stored(tokens),  # [2*steps+1, sequences]; inputs, and targets one later
            "steps": STEPS,
            "logits": stored(logits),  # [steps*sequences, vocabulary], time-major
            "loss": loss.item(),
            "gradients": stored_all(gradients),
            "final_states": stored_all(as_parts(state)),
            "carried_loss": carried.item(),
            "carried_gradient_norm": carried_norm,
            "carried_final_states": stored_all(as_parts(last_state)),
            "clip_norm": CLIP_NORM,
            "training": {
                key: training_losses(model, initial, *chunks[0], settings)
                for key, settings in OPTIMIZERS.items()
            },
        },
    )


# Optimisers -------------------------------------------------------------------------


def write_optimizers(seed):
    """Three steps of each optimiser on seven weights with given gradients."""
    generator = torch.Generator().manual_seed(seed)
    start = draw(generator, 7, scale=1)
    gradients = [draw(generator, 7, scale=2) for _ in range(3)]
    gradients[1][3] = 0
    cases = {}
    settings = OPTIMIZERS | {
        "adam_decay": dict(
            make=torch.optim.Adam, lr=0.01, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.1
        ),
        "rmsprop_plain": dict(make=torch.optim.RMSprop, lr=0.01, alpha=0.99, eps=1e-8),
    }
    for name, setting in settings.items():
        weights = torch.nn.Parameter(start.clone())
        options = {key: value for key, value in setting.items() if key != "make"}
        optimizer = setting["make"]([weights], **options)
        after = []
        for gradient in gradients:
            weights.grad = gradient.clone()
            optimizer.step()
            after.append(stored(weights))
        cases[name] = {"options": options, "after": after}
    write(
        "optimizers",
        {"start": stored(start), "gradients": [stored(g) for g in gradients], "cases": cases},
    )


def write_softmax_loss(seed):
    """Logits h·Wᵀ + b, cross-entropy of each row, gradients of scale * the sum of losses."""
    generator = torch.Generator().manual_seed(seed)
    rows, hidden_size, vocabulary, scale = 5, 4, 9, 0.25
    h = draw(generator, rows, hidden_size, scale=2).requires_grad_()
    w = draw(generator, vocabulary, hidden_size, scale=2).requires_grad_()
    b = draw(generator, vocabulary, scale=2).requires_grad_()
    targets = torch.randint(0, vocabulary, (rows,), generator=generator)
    losses = torch.nn.functional.cross_entropy(h @ w.T + b, targets, reduction="none")
    (scale * losses.sum()).backward()
    write(
        "softmax_loss",
        {
            "inputs": stored_all({"h": h, "w": w, "b": b, "targets": targets}),
            "scale": scale,
            "losses": stored(losses),
            "gradients": stored_all({"h": h.grad, "w": w.grad, "b": b.grad}),
        },
    )


def write_weighted_softmax_loss(seed):
    """Cross-entropy with a weight for each class; gradients of their weighted mean."""
    generator = torch.Generator().manual_seed(seed)
    rows, hidden_size, vocabulary = 6, 4, 5
    h = draw(generator, rows, hidden_size, scale=2).requires_grad_()
    w = draw(generator, vocabulary, hidden_size, scale=2).requires_grad_()
    b = draw(generator, vocabulary, scale=2).requires_grad_()
    class_weights = draw(generator, vocabulary, scale=1) + 1.5
    targets = torch.randint(0, vocabulary, (rows,), generator=generator)
    logits = h @ w.T + b
    entropy = torch.nn.functional.cross_entropy
    losses = entropy(logits, targets, weight=class_weights, reduction="none")
    total = entropy(logits, targets, weight=class_weights, reduction="sum")
    entropy(logits, targets, weight=class_weights).backward()
    inputs = {"h": h, "w": w, "b": b, "class_weights": class_weights, "targets": targets}
    write(
        "softmax_loss_weighted",
        {
            "inputs": stored_all(inputs),
            "losses": stored(losses),
            "sum": total.item(),
            "gradients": stored_all({"h": h.grad, "w": w.grad, "b": b.grad}),
        },
    )


# Pooling ----------------------------------------------------------------------------


def additive_attention(steps, w, b, v):
    """Yang et al. 2016: the weights of the steps [T, D] of one sequence."""
    return torch.softmax(torch.tanh(steps @ w.T + b) @ v, dim=0)


def write_pooling(seed):
    """Each pooling over packed ragged sequences; loss = (pooled * loss_weights).sum()."""
    generator = torch.Generator().manual_seed(seed)
    size, attention_size = 6, 5
    padded = draw(generator, max(LENGTHS), len(LENGTHS), size, scale=2)
    packed = pack_padded_sequence(padded, LENGTHS)
    data = packed.data.clone().requires_grad_()
    parameters = {
        "projection.weight": draw(generator, attention_size, size, scale=1).requires_grad_(),
        "projection.bias": draw(generator, attention_size, scale=1).requires_grad_(),
        "query": draw(generator, attention_size, scale=2).requires_grad_(),
    }
    loss_weights = draw(generator, len(LENGTHS), size, scale=1)
    steps = torch.split(data, packed.batch_sizes.tolist())
    sequences = [
        torch.stack([rows[index] for rows in steps if len(rows) > index])
        for index in range(len(LENGTHS))
    ]
    weights = [additive_attention(rows, *parameters.values()) for rows in sequences]
    pooled = {
        "mean": torch.stack([rows.mean(0) for rows in sequences]),
        "max": torch.stack([rows.max(0).values for rows in sequences]),
        "attention": torch.stack([a @ rows for a, rows in zip(weights, sequences)]),
    }
    gradients = {}
    for kind, output in pooled.items():
        wanted = [data] + (list(parameters.values()) if kind == "attention" else [])
        found = torch.autograd.grad((output * loss_weights).sum(), wanted, retain_graph=True)
        gradients[kind] = stored_all(dict(zip(["x", *parameters], found)))
    write(
        "pooling",
        {
            "lengths": LENGTHS,
            "attention_size": attention_size,
            "x": stored(data),
            "parameters": stored_all(parameters),
            "loss_weights": stored(loss_weights),
            "attention_weights": [stored(part) for part in weights],  # sequence by sequence
            "outputs": stored_all(pooled),
            "gradients": gradients,
        },
    )


# Classifier -------------------------------------------------------------------------

POOLINGS = ["last", "mean", "max", "attention"]


class Classifier(torch.nn.Module):
    """embedding → LSTM both ways → pooling over the steps of each sequence → logits."""

    def __init__(self, pooling, vocabulary, embedding_size, hidden_size, labels):
        super().__init__()
        self.kind = pooling
        self.embedding = torch.nn.Embedding(vocabulary, embedding_size)
        self.rnn = torch.nn.LSTM(embedding_size, hidden_size, bidirectional=True)
        self.output = torch.nn.Linear(2 * hidden_size, labels)
        if pooling == "attention":
            self.pooling = torch.nn.Module()
            self.pooling.projection = torch.nn.Linear(2 * hidden_size, 2 * hidden_size)
            self.pooling.query = torch.nn.Parameter(torch.zeros(2 * hidden_size))

    def pool(self, states, finals):
        """states [T, 2H] of one sequence, its own final states [2H]."""
        if self.kind == "last":
            return finals
        if self.kind == "mean":
            return states.mean(0)
        if self.kind == "max":
            return states.max(0).values
        scores = torch.tanh(self.pooling.projection(states)) @ self.pooling.query
        return torch.softmax(scores, 0) @ states

    def forward(self, sequences):
        pooled = []
        for ids in sequences:
            states, (h, _) = self.rnn(self.embedding(ids))
            pooled.append(self.pool(states, h.reshape(-1)))
        return self.output(torch.stack(pooled))


def write_classifiers(seed):
    """Logits, weighted cross-entropy, and every gradient of its sum over that of the weights."""
    lengths, vocabulary, label_count = [5, 3, 3, 1], 7, 3
    generator = torch.Generator().manual_seed(seed)
    sequences = [torch.randint(0, vocabulary, (n,), generator=generator) for n in lengths]
    labels = torch.tensor([2, 0, 1, 0])
    class_weights = torch.tensor([0.5, 2.0, 1.0], dtype=torch.float64)
    cases = {}
    for pooling in POOLINGS:
        model = Classifier(pooling, vocabulary, 3, 4, label_count).double()
        fill(model, generator)
        logits = model(sequences)
        loss = torch.nn.functional.cross_entropy(logits, labels, weight=class_weights)
        loss.backward()
        cases[pooling] = {
            "parameters": stored_all(dict(model.named_parameters())),
            "gradients": {name: stored(p.grad) for name, p in model.named_parameters()},
            "logits": stored(logits),
            "loss": loss.item(),
        }
    write(
        "classifiers",
        {
            "sequences": [ids.tolist() for ids in sequences],
            "labels": labels.tolist(),
            "class_weights": class_weights.tolist(),
            "cases": cases,
        },
    )


def main():
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    cells = [
        "rnn_tanh", "rnn_relu", "gru_reset_after", "gru_reset_before", "gru_simplified", "lstm",
    ]
    for index, cell in enumerate(cells):
        for layers in (1, 2):
            for bidirectional in (False, True):
                write_layers(cell, layers, bidirectional, 100 + 10 * index + layers)
    for index, cell in enumerate(cells):
        write_language_model(cell, cell, 4, 5, False, 200 + index)
    write_language_model("lstm_tied", "lstm", 5, 5, True, 220)
    write_language_model("gru_tied", "gru_reset_after", 5, 5, True, 221)
    write_optimizers(300)
    write_softmax_loss(301)
    write_weighted_softmax_loss(302)
    write_pooling(303)
    write_classifiers(400)


if __name__ == "__main__":
    main()
