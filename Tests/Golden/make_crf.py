"""Writes crf.json, the golden values of the conditional random field; see make_golden.py.

    python Tests/Golden/make_crf.py

The likelihood is the textbook recursion over torch.logsumexp, gradients are autograd's; the best
tags are found among all there are.
"""

import itertools

import torch
from torch.nn.utils.rnn import pack_padded_sequence

from make_golden import draw, stored, stored_all, write

TAGS = 4
LENGTHS = [6, 4, 4, 2, 1]
SCALE = 0.25
# Tag 0 is O, 1 is B-X, 2 is I-X, which needs B-X or I-X before it; tag 3 never ends a sequence.
FORBIDDEN_TRANSITIONS = [(0, 2), (3, 2)]
FORBIDDEN_STARTS = [2]
FORBIDDEN_ENDS = [3]


def forbidden(indices, *shape):
    mask = torch.zeros(*shape, dtype=torch.bool)
    for index in indices:
        mask[index] = True
    return mask


def path_score(emissions, tags, transitions, start, end):
    score = start[tags[0]] + end[tags[-1]]
    for step, tag in enumerate(tags):
        score = score + emissions[step, tag]
        if step > 0:
            score = score + transitions[tags[step - 1], tag]
    return score


def log_normaliser(emissions, transitions, start, end):
    scores = start + emissions[0]
    for row in emissions[1:]:
        scores = torch.logsumexp(scores[:, None] + transitions, dim=0) + row
    return torch.logsumexp(scores + end, dim=0)


def draw_tags(generator, length):
    """Random tags that nothing forbids."""
    while True:
        tags = torch.randint(0, TAGS, (length,), generator=generator).tolist()
        steps = zip(tags, tags[1:])
        if (
            tags[0] not in FORBIDDEN_STARTS
            and tags[-1] not in FORBIDDEN_ENDS
            and not any(step in FORBIDDEN_TRANSITIONS for step in steps)
        ):
            return tags


def packed(sequences):
    """One value a row, time-major."""
    steps = range(max(LENGTHS))
    return [sequence[t] for t in steps for sequence in sequences if t < len(sequence)]


def main():
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(400)
    padded = draw(generator, max(LENGTHS), len(LENGTHS), TAGS, scale=2)
    emissions = pack_padded_sequence(padded, LENGTHS).data.clone().requires_grad_()
    weights = {
        "transitions": draw(generator, TAGS, TAGS, scale=1).requires_grad_(),
        "start": draw(generator, TAGS, scale=1).requires_grad_(),
        "end": draw(generator, TAGS, scale=1).requires_grad_(),
    }
    masks = {
        "transitions": forbidden(FORBIDDEN_TRANSITIONS, TAGS, TAGS),
        "start": forbidden(FORBIDDEN_STARTS, TAGS),
        "end": forbidden(FORBIDDEN_ENDS, TAGS),
    }
    field = [weights[name].masked_fill(masks[name], float("-inf")) for name in weights]
    rows = packed([[(b, t) for t in range(length)] for b, length in enumerate(LENGTHS)])
    of_sequence = [
        [row for row, (sequence, _) in enumerate(rows) if sequence == b]
        for b in range(len(LENGTHS))
    ]
    targets = [draw_tags(generator, length) for length in LENGTHS]

    losses, normalisers, best, best_scores = [], [], [], []
    for tags, indices in zip(targets, of_sequence):
        own = emissions[indices]
        normalisers.append(log_normaliser(own, *field))
        losses.append(normalisers[-1] - path_score(own, tags, *field))
        with torch.no_grad():
            paths = itertools.product(range(TAGS), repeat=len(indices))
            scores = {path: path_score(own, path, *field).item() for path in paths}
        best.append(max(scores, key=scores.get))
        best_scores.append(scores[best[-1]])
    losses = torch.stack(losses)
    # The marginals are the gradient of log Z by the emissions.
    marginals = torch.autograd.grad(torch.stack(normalisers).sum(), emissions, retain_graph=True)[0]
    (SCALE * losses.sum()).backward()
    write(
        "crf",
        {
            "lengths": LENGTHS,
            "emissions": stored(emissions),
            "parameters": stored_all(weights),
            "allowed": {name: stored((~mask).int()) for name, mask in masks.items()},
            "targets": packed(targets),
            "scale": SCALE,
            "losses": stored(losses),
            "marginals": stored(marginals),
            "best": packed(best),
            "best_scores": best_scores,
            "gradients": stored_all(
                {"emissions": emissions.grad} | {name: w.grad for name, w in weights.items()}
            ),
        },
    )


if __name__ == "__main__":
    main()
