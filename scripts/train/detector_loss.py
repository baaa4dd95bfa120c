"""Which cell learns which vehicle, and what a wrong answer costs (SimOTA, after YOLOX)."""

import torch
from torch.nn import functional as F

from detector_net import boxes_of

# A cell this many strides from a vehicle's centre may learn it.
CENTRE_RADIUS = 1.5
CANDIDATES = 10

PLACE_WEIGHT = 5.0


def loss_of(rows, targets, grid):
    """Mean cost of a batch, and its parts for a person to read.

    rows: f32[n, cells, 5 + classes] logits. targets: for each picture (boxes f32[k, 4],
    classes i64[k], ignored f32[m, 4]); in ignored boxes nobody knows what is there.
    """
    boxes = boxes_of(rows, grid)
    place, present, kind, learners = 0.0, 0.0, 0.0, 0
    for picture in range(rows.shape[0]):
        row, box = rows[picture], boxes[picture]
        wanted, classes, ignored = targets[picture]
        cells, owners, overlap = assign(row.detach(), box.detach(), wanted, classes, grid)
        is_vehicle = torch.zeros(row.shape[0])
        is_vehicle[cells] = 1.0
        cost = F.binary_cross_entropy_with_logits(row[:, 4], is_vehicle, reduction="none")
        counts = torch.ones(row.shape[0])
        counts[unknown_cells(ignored, grid)] = 0.0
        counts[cells] = 1.0
        present = present + (cost * counts).sum()
        if len(cells) == 0:
            continue
        learners += len(cells)
        place = place + (1 - overlap_of(box[cells], wanted[owners]) ** 2).sum()
        meant = F.one_hot(classes[owners], row.shape[1] - 5) * overlap[:, None]
        kind = kind + F.binary_cross_entropy_with_logits(row[cells, 5:], meant, reduction="sum")
    share = 1.0 / max(learners, rows.shape[0])
    parts = (PLACE_WEIGHT * place * share, present * share, kind * share)
    return sum(parts), [float(part) for part in parts]


@torch.no_grad()
def assign(row, box, wanted, classes, grid):
    """Cells that learn, the vehicle each learns, and their present overlap."""
    none = torch.zeros(0, dtype=torch.long)
    if len(wanted) == 0:
        return none, none, torch.zeros(0)
    x, y, stride = grid
    centre_x, centre_y = (x + 0.5) * stride, (y + 0.5) * stride
    near, inside = near_and_inside(centre_x, centre_y, stride, wanted)
    possible = (near | inside).any(0).nonzero()[:, 0]
    if len(possible) == 0:
        return none, none, torch.zeros(0)
    overlap = overlaps(wanted, box[possible])
    score = (row[possible, 4:5].sigmoid() * row[possible, 5:].sigmoid()).sqrt()
    meant = F.one_hot(classes, score.shape[1]).float()
    kind_cost = F.binary_cross_entropy(
        score[None].expand(len(wanted), -1, -1).clamp(1e-6, 1 - 1e-6),
        meant[:, None].expand(-1, len(possible), -1),
        reduction="none",
    ).sum(-1)
    off_centre = ~(near & inside)[:, possible]
    cost = kind_cost - 3.0 * (overlap + 1e-8).log() + 1e5 * off_centre
    chosen = torch.zeros_like(cost, dtype=torch.bool)
    best = overlap.topk(min(CANDIDATES, len(possible)), 1).values
    for vehicle, count in enumerate(best.sum(1).int().clamp(1, len(possible)).tolist()):
        chosen[vehicle, cost[vehicle].topk(count, largest=False).indices] = True
    # A cell that several vehicles chose learns the one that costs it least.
    rivals = chosen.sum(0) > 1
    if rivals.any():
        winner = cost[:, rivals].argmin(0)
        chosen[:, rivals] = False
        chosen[winner, rivals.nonzero()[:, 0]] = True
    owners, cells = chosen.nonzero(as_tuple=True)
    return possible[cells], owners, overlap[owners, cells]


def near_and_inside(centre_x, centre_y, stride, wanted):
    """bool[vehicles, cells] each: near a vehicle's centre, and within its box."""
    left, top, right, bottom = (wanted[:, side, None] for side in range(4))
    inside = (
        (centre_x > left) & (centre_x < right) & (centre_y > top) & (centre_y < bottom)
    )
    reach = CENTRE_RADIUS * stride
    near = ((centre_x - (left + right) / 2).abs() < reach) & (
        (centre_y - (top + bottom) / 2).abs() < reach
    )
    return near, inside


def unknown_cells(ignored, grid):
    """bool[cells]: whose centre lies in an ignored box."""
    x, y, stride = grid
    if len(ignored) == 0:
        return torch.zeros(len(x), dtype=torch.bool)
    _, inside = near_and_inside((x + 0.5) * stride, (y + 0.5) * stride, stride, ignored)
    return inside.any(0)


def overlaps(a, b):
    """Intersection over union f32[len(a), len(b)]."""
    return overlap_of(a[:, None].expand(-1, len(b), -1), b[None].expand(len(a), -1, -1))


def overlap_of(a, b):
    """Intersection over union of pairs of boxes f32[..., 4]."""
    low = torch.maximum(a[..., :2], b[..., :2])
    high = torch.minimum(a[..., 2:], b[..., 2:])
    shared = (high - low).clamp(min=0).prod(-1)
    area_a = (a[..., 2:] - a[..., :2]).clamp(min=0).prod(-1)
    area_b = (b[..., 2:] - b[..., :2]).clamp(min=0).prod(-1)
    return shared / (area_a + area_b - shared + 1e-9)
