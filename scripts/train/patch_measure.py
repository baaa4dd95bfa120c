"""How often the network is right: raw, with one empty picture, and after the first frames."""

import numpy as np
import torch

BATCH = 256
# Both parts of a split hold at least this share of the words, else nothing is split.
PART_MIN = 0.03
# A split needs the parts this many of their own deviations apart: one heap cut in half has about 2.6.
APART_MIN = 3.2


def logits_of(net, patch, reference=None):
    """The network's word on patches f32[n, 4, 64, 64]: f32[n]; without reference none is known."""
    net.eval()
    words = []
    with torch.no_grad():
        for start in range(0, len(patch), BATCH):
            now = torch.from_numpy(patch[start : start + BATCH])
            empty = torch.zeros_like(now) if reference is None else torch.from_numpy(reference[start : start + BATCH])
            words.append(net(now, empty).squeeze(1))
    return torch.cat(words).numpy()


def split_of(words):
    """Where a camera's pooled logits fall apart into free and occupied; 0 where they do not.

    Otsu's threshold, taken only when both parts are real: an empty or a full lot is one heap.
    """
    words = np.sort(np.asarray(words, np.float64))
    n = len(words)
    below = np.arange(1, n)
    sums = np.cumsum(words)[:-1]
    low, high = sums / below, (words.sum() - sums) / (n - below)
    cut = int((below * (n - below) * (high - low) ** 2).argmax()) + 1
    left, right = words[:cut], words[cut:]
    inner = np.sqrt((left.var() * len(left) + right.var() * len(right)) / n)
    if min(len(left), len(right)) < PART_MIN * n or right.mean() - left.mean() < APART_MIN * inner:
        return 0.0
    # Half of the way: a few first pictures weigh no more than what the network learnt before.
    return float((left.mean() + right.mean()) / 4)


def first_frames(words, frames, count=10):
    """The split learnt from the first `count` pictures as they come."""
    first = list(dict.fromkeys(frames))[:count]
    return split_of([word for word, frame in zip(words, frames) if frame in first])


def score(words, occupied, threshold=0.0):
    """Accuracy and both recalls in percent, None where a class is absent, and the area under the curve."""
    said, truth = words > threshold, occupied.astype(bool)
    recall = lambda part: round(100 * float(part.mean()), 2) if len(part) else None
    return {
        "accuracy": recall(said == truth),
        "occupied": recall(said[truth]),
        "free": recall(~said[~truth]),
        "area": area(words, truth),
    }


def area(words, truth):
    """The chance that an occupied space's logit lies above a free one's; None with one class only."""
    if truth.all() or not truth.any():
        return None
    ranks = words.argsort().argsort() + 1.0
    yes, no = int(truth.sum()), int((~truth).sum())
    return round(float((ranks[truth].sum() - yes * (yes + 1) / 2) / (yes * no)), 4)


def measure(net, sets):
    """Figures of every set: {name: {raw, first_frames, one_empty_frame?}}.

    `sets` maps a name to (Patches, references or None); references map the name of an empty picture
    to each patch's reference from it. Each empty picture serves once, and is not scored itself; the
    figures are their means, `worst` the least accurate one.
    """
    report = {}
    for name, (patches, references) in sets.items():
        words = logits_of(net, patches.patch)
        split = first_frames(words, patches.frame)
        report[name] = {
            "raw": score(words, patches.occupied),
            "first_frames": {**score(words, patches.occupied, split), "threshold": round(split, 2)},
        }
        if references is None:
            continue
        runs = []
        for frame, reference in references.items():
            scored = np.array([other != frame for other in patches.frame])
            with_empty = logits_of(net, patches.patch, reference)
            runs.append(score(with_empty[scored], patches.occupied[scored]))
        report[name]["one_empty_frame"] = mean_of(runs)
    return report


def mean_of(runs):
    """The mean of several scores, and the worst accuracy among them."""
    mean = {
        key: None if runs[0][key] is None else round(float(np.mean([run[key] for run in runs])), 4)
        for key in runs[0]
    }
    return {**mean, "worst": min(run["accuracy"] for run in runs)}
