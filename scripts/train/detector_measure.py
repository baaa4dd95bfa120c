"""How well a detector finds what is there: recall and precision at a few confidences."""

import cv2
import numpy as np
import torch

from detector_loss import overlaps
from detector_net import HEIGHT, WIDTH, boxes_of, grid_of

CONFIDENCES = (0.1, 0.15, 0.25, 0.4)
SAME_VEHICLE, FOUND = 0.6, 0.5


def letterboxed(picture, width=WIDTH, height=HEIGHT):
    """As the daemon lays a picture into the YOLOX family's input; and the scale."""
    high, wide = picture.shape[:2]
    scale = min(width / wide, height / high)
    inner = cv2.resize(picture, (round(wide * scale), round(high * scale)), interpolation=cv2.INTER_AREA)
    image = np.full((height, width, 3), 114, np.uint8)
    image[: inner.shape[0], : inner.shape[1]] = inner
    return image, scale


@torch.no_grad()
def detect(net, picture):
    """Boxes f32[k, 4] in pixels of the picture, scores, classes; the surest first."""
    image, scale = letterboxed(picture)
    rows = net(torch.from_numpy(image).permute(2, 0, 1)[None].float())[0]
    kinds = rows[:, 5:].sigmoid()
    score, kind = (rows[:, 4:5].sigmoid() * kinds).max(1)
    possible = (score >= CONFIDENCES[0]).nonzero()[:, 0]
    possible = possible[score[possible].argsort(descending=True)]
    boxes = boxes_of(rows, grid_of(WIDTH, HEIGHT))[possible] / scale
    kept = []
    for index in range(len(possible)):
        if len(kept) == 0 or overlaps(boxes[index : index + 1], boxes[kept]).max() <= SAME_VEHICLE:
            kept.append(index)
    return boxes[kept], score[possible][kept], kind[possible][kept]


def measure(net, scenes):
    """Shares over all scenes: {confidence: {recall, precision}} and how many classes are right."""
    net.eval()
    found = {c: [0, 0, 0] for c in CONFIDENCES}
    right = known = 0
    for scene in scenes:
        boxes, scores, kinds = detect(net, cv2.imread(scene.file))
        wanted = torch.from_numpy(scene.boxes)
        match = matches(boxes, wanted)
        unsure = in_ignored(boxes, torch.from_numpy(scene.ignored))
        for confidence, counts in found.items():
            sure = scores >= confidence
            hits = int((sure & (match >= 0)).sum())
            counts[0] += hits
            counts[1] += len(wanted)
            counts[2] += hits + int((sure & (match < 0) & ~unsure).sum())
        hit = (match >= 0) & (scores >= CONFIDENCES[1])
        known += int(hit.sum())
        right += int((kinds[hit] == torch.from_numpy(scene.classes)[match[hit]]).sum())
    shares = {
        str(c): {"recall": share(hits, all_), "precision": share(hits, said)}
        for c, (hits, all_, said) in found.items()
    }
    return {**shares, "class_right": share(right, known), "vehicles": sum(len(s.boxes) for s in scenes)}


def matches(boxes, wanted):
    """For each box, the surest first, the vehicle it finds, or -1; a vehicle is found once."""
    match = torch.full((len(boxes),), -1, dtype=torch.long)
    if len(boxes) == 0 or len(wanted) == 0:
        return match
    table = overlaps(boxes, wanted)
    for index in range(len(boxes)):
        best, vehicle = table[index].max(0)
        if best >= FOUND:
            match[index] = vehicle
            table[:, vehicle] = -1
    return match


def in_ignored(boxes, ignored):
    """Whether a box's centre lies where nobody knows."""
    if len(boxes) == 0 or len(ignored) == 0:
        return torch.zeros(len(boxes), dtype=torch.bool)
    centre = (boxes[:, None, :2] + boxes[:, None, 2:]) / 2
    return ((centre > ignored[None, :, :2]) & (centre < ignored[None, :, 2:])).all(-1).any(1)


def share(part, whole):
    """Rounded, None of nothing."""
    return None if whole == 0 else round(part / whole, 4)
