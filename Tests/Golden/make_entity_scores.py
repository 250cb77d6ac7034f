"""Writes entity_scores.json, which SeqNet's entities and their scores are held against.

Run it with a Python that has seqeval 1.2.2:

    python Tests/Golden/make_entity_scores.py

It rewrites the file, the same bytes each time. Tags are drawn at random, so that most make no
sense and all the rules of repair are met.
"""

import json
import pathlib
import random

from seqeval.metrics.sequence_labeling import get_entities, precision_recall_fscore_support

FILE = pathlib.Path(__file__).parent / "entity_scores.json"
PLACES = {"bio": "BI", "bioes": "BIES"}


def draw_tag(generator, places):
    if generator.random() < 0.3:
        return "O"
    return f"{generator.choice(places)}-{generator.choice(['LOC', 'ORG', 'PER'])}"


def draw_case(scheme, sentences):
    generator = random.Random(f"{scheme} {sentences}")
    actual, predicted = [], []
    for _ in range(sentences):
        tags = [draw_tag(generator, PLACES[scheme]) for _ in range(generator.randint(1, 9))]
        actual.append(tags)
        # Most tags agree, so that some entities do.
        predicted.append(
            [
                tag if generator.random() < 0.8 else draw_tag(generator, PLACES[scheme])
                for tag in tags
            ]
        )
    types = sorted({entity[0] for tags in actual + predicted for entity in get_entities(tags)})
    by_type = precision_recall_fscore_support(actual, predicted, average=None, zero_division=0)
    total = precision_recall_fscore_support(actual, predicted, average="micro", zero_division=0)

    def scores(values, support):
        precision, recall, f1 = (float(value) for value in values)
        return {"precision": precision, "recall": recall, "f1": f1, "actual": int(support)}

    return {
        "name": f"{scheme}, {sentences} sentences",
        "actual": [" ".join(tags) for tags in actual],
        "predicted": [" ".join(tags) for tags in predicted],
        "entities": [
            [f"{kind} {first} {last}" for kind, first, last in get_entities(tags)]
            for tags in actual
        ],
        "total": scores(total[:3], total[3]),
        "types": {
            kind: scores([column[index] for column in by_type[:3]], by_type[3][index])
            for index, kind in enumerate(types)
        },
    }


cases = [draw_case(scheme, count) for scheme in PLACES for count in (1, 60)]
FILE.write_text(json.dumps(cases, separators=(",", ":"), sort_keys=True) + "\n")
print(f"{FILE.name}: {FILE.stat().st_size} bytes")
