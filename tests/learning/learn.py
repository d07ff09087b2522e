"""Learns the points of `nsquilio/core/reply_votes.tsv` from the labelled texts beside it.

`pip install scikit-learn`, then `python -m tests.learning.learn` writes the table anew. Run it after texts were added,
or after the words of `reply_words` changed a lot. `python -m tests.learning.learn --held-out 5` learns from four fifths
and says how the words alone do on the fifth they have not seen, five times.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nsquilio.core import reply_votes
from nsquilio.core.replies import words_of
from nsquilio.core.reply_votes import KINDS, Kind, features_of, opinion_on, row_of

HERE = Path(__file__).parent
TEXTS = HERE / "texts.jsonl"
TABLE = Path(reply_votes.__file__).with_name("reply_votes.tsv")
SEEN_AT_LEAST = 2
SMALLEST = 0.3
EASE = 8  # the higher, the closer to the texts learned from
HEAD = """# Points of words for and against the kinds of a reply: word or two words, weight, points; all in tenths.
# Learned from labelled texts: tests/learning. "^" and "$" are the beginning and the end of a text.
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    text: str
    day: date
    kinds: tuple[Kind, ...]

    @property
    def features(self) -> set[str]:
        return features_of(words_of(self.text, self.day))


def labelled_texts(file: Path = TEXTS) -> list[Labelled]:
    """The first kind is the one to learn; the others are right as well."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [Labelled(r["text"], date.fromisoformat(r["day"]), tuple(map(Kind, r["kinds"]))) for r in rows]


def learned(texts: Sequence[Labelled]) -> str:
    """The table's text."""
    import numpy
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    features = [text.features for text in texts]
    seen = Counter(name for each in features for name in each)
    names = sorted(name for name, count in seen.items() if count >= SEEN_AT_LEAST)
    weights = numpy.array([math.log((1 + len(texts)) / (1 + seen[name])) + 1 for name in names])
    place = {name: number for number, name in enumerate(names)}
    rows, columns, values = [], [], []
    for number, each in enumerate(features):
        known = sorted(place[name] for name in each if name in place)
        length = math.sqrt(sum(weights[known] ** 2)) or 1.0
        rows += [number] * len(known)
        columns += known
        values += list(weights[known] / length)
    told = csr_matrix((values, (rows, columns)), shape=(len(texts), len(names)))
    model = LogisticRegression(C=EASE, max_iter=3000, class_weight="balanced")
    model.fit(told, [str(text.kinds[0]) for text in texts])
    points = numpy.where(abs(model.coef_) >= SMALLEST, model.coef_, 0.0)
    kinds = [Kind(name) for name in model.classes_]
    order = [kinds.index(kind) for kind in KINDS]
    lines = [row_of("*", 1, zip(KINDS, model.intercept_[order], strict=True))]
    for name, column in place.items():
        if points[:, column].any():
            lines.append(row_of(name, weights[column], zip(KINDS, points[order, column], strict=True)))
    return HEAD + "\n".join(lines) + "\n"


def right(texts: Sequence[Labelled]) -> Iterator[bool]:
    for text in texts:
        told = opinion_on(words_of(text.text, text.day))
        yield told is not None and told.kind in text.kinds


def _held_out(parts: int) -> None:
    texts = labelled_texts()
    kept = TABLE.read_text(encoding="utf-8")
    try:
        for part in range(parts):
            unseen = texts[part::parts]
            TABLE.write_text(learned([t for n, t in enumerate(texts) if n % parts != part]), encoding="utf-8")
            reply_votes._table.cache_clear()
            good = list(right(unseen))
            sys.stdout.write(f"{sum(good)} of {len(good)} unseen texts right, {sum(good) / len(good):.1%}\n")
    finally:
        TABLE.write_text(kept, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--held-out"]:
        _held_out(int(sys.argv[2]))
    else:
        TABLE.write_text(learned(labelled_texts()), encoding="utf-8")
