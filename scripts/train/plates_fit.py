"""Trains the network that lays a quadrilateral exactly on a plate. Run by hand, never by tests.

    plates_fit.py train --data DIR [DIR ...] --out FILE.pt --minutes 20 [--resume FILE.pt]
    plates_fit.py export --weights FILE.pt --out edge/models/plate-fit.onnx

The folders are those that `plates.py` learns from; one scene in twenty is kept apart for measuring.
"""

import argparse
import time

import cv2
import numpy as np
import torch

from plates import load, photographed
from plates_face import plate_face
from plates_fit_net import AROUND, HEIGHT, WIDTH, Exported, FitNet

UNIT = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
FACES = 2500


def mapped(matrix, points):
    return cv2.perspectiveTransform(np.asarray(points, np.float32)[None], matrix)[0]


def size_of(quad):
    wide = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    high = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
    return wide, high


def near_plate(rng, grey, corners, pick, faces):
    """A photograph of a plate's surroundings: anew in size, angle, light, sharpness, often with another face.

    Returns the picture, the corners of all plates in it and of this one, in cv2's pixels; None for a plate too small.
    """
    quad = corners[pick]
    wide, high = size_of(quad)
    if high < 5 or wide < 14:
        return None
    aim = np.exp(rng.uniform(np.log(24), np.log(220)))
    scale = min(aim / wide, 2.5)
    size = (int(2.8 * wide * scale) + 8, int(max(1.6 * wide, 3.8 * high) * scale) + 8)
    roll, squeeze = rng.normal(0, 0.06), np.exp(rng.normal(0, 0.1))
    turn = np.array([[np.cos(roll), -np.sin(roll)], [np.sin(roll), np.cos(roll)]])
    linear = scale * np.diag([squeeze, 1 / squeeze]) @ np.array([[1, rng.normal(0, 0.08)], [0, 1]]) @ turn
    shift = np.array(size) / 2 - linear @ quad.mean(0)
    matrix = np.vstack([np.c_[linear, shift], (0, 0, 1)])
    # Steeper than it stood: the far side shrinks.
    frame = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    tilted = frame + rng.normal(0, 0.04, (4, 2)) * size
    matrix = cv2.getPerspectiveTransform(frame, tilted.astype(np.float32)) @ matrix
    if scale < 0.8:
        grey = cv2.GaussianBlur(grey, (0, 0), 0.4 / scale)
    edge = cv2.BORDER_REPLICATE if rng.random() < 0.7 else cv2.BORDER_CONSTANT
    image = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_LINEAR, borderMode=edge, borderValue=114)
    seen = cv2.perspectiveTransform(corners.reshape(1, -1, 2), matrix)[0].reshape(-1, 4, 2)
    if rng.random() < 0.55:
        repaint(rng, image, seen[pick], faces)
    return photographed(rng, image), seen, seen[pick]


def repaint(rng, image, quad, faces):
    """Another plate in the same place, as bright as the one that was there."""
    face = faces[rng.integers(len(faces))]
    h, w = face.shape
    wide, high = size_of(quad)
    if not 0.55 < (w / h) / (wide / high) < 1.8:
        return
    flat = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(flat, quad.astype(np.float32))
    shrink = w / wide
    if shrink > 1.4:
        face = cv2.GaussianBlur(face, (0, 0), 0.35 * shrink)
    size = image.shape[::-1]
    drawn = cv2.warpPerspective(face, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpPerspective(np.full_like(face, 255), matrix, size) > 127
    if not mask.any():
        return
    light = image[mask].mean() / max(20, face.mean()) * np.exp(rng.normal(0, 0.15))
    image[mask] = np.clip(drawn[mask] * light, 0, 255)


def rough(rng, quad):
    """Where the plate may be thought to be: sometimes nearly right, sometimes far off."""
    large = rng.random() < 0.6
    wide, high = size_of(quad)
    spread = 1.0 if large else 0.3
    step = rng.normal(0, (0.09, 0.16), 2) * spread * (wide, high)
    grow = np.exp(rng.normal(0, (0.16, 0.22), 2) * spread)
    jitter = rng.normal(0, (0.03, 0.06), (4, 2)) * spread * (wide, high)
    middle = quad.mean(0)
    base = quad
    if rng.random() < 0.2:
        # As a box without corners says it.
        (left, top), (right, bottom) = quad.min(0), quad.max(0)
        base = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return ((base - middle) * grow + middle + step + jitter).astype(np.float32)


def elsewhere(rng, quad, size):
    """A place that shows no plate, or a small part of one."""
    wide, high = size_of(quad)
    grow = np.exp(rng.normal(0, 0.4))
    shape = np.array((wide, max(high, wide / rng.uniform(1.3, 5)))) * grow
    middle = rng.uniform((0, 0), size)
    if abs((middle - quad.mean(0)) / (shape + (wide, high))).max() < 0.5:
        return None
    return ((UNIT - 0.5) * shape + middle + rng.normal(0, 0.04, (4, 2)) * shape).astype(np.float32)


def crop_of(image, quad):
    """The crop around a rough quadrilateral, and the matrix from the picture into shares of the crop."""
    outer = (UNIT * (1 + 2 * np.array(AROUND)) - AROUND).astype(np.float32)
    corners = mapped(cv2.getPerspectiveTransform(UNIT, (quad + 0.5).astype(np.float32)), outer)
    wide, high = size_of(corners)
    across, down = (int(np.clip(round(v), 1, 4)) for v in (wide / WIDTH, high / HEIGHT))
    size = (WIDTH * across, HEIGHT * down)
    matrix = cv2.getPerspectiveTransform(corners - 0.5, UNIT * np.float32(size) - 0.5)
    drawn = cv2.warpPerspective(image, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    if across * down > 1:
        drawn = cv2.resize(drawn, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return drawn, cv2.getPerspectiveTransform(corners - 0.5, UNIT)


def samples(rng, items, faces):
    """Several looks at one plate: ``(crop u8[64, 128], corners f32[4, 2] in shares of it, is_plate)`` each."""
    grey, corners, _ = items[rng.integers(len(items))]
    near = near_plate(rng, grey, corners, int(rng.integers(len(corners))), faces)
    if near is None:
        return
    image, seen, quad = near
    place = elsewhere(rng, quad, image.shape[::-1])
    if place is not None and not any(overlaps(place, other) for other in seen):
        yield crop_of(image, place)[0], UNIT, 0
    for _ in range(3):
        crop, matrix = crop_of(image, rough(rng, quad))
        shares = mapped(matrix, quad)
        if shares.min() >= 0.01 and shares.max() <= 0.99:
            yield crop, shares, 1


def overlaps(quad, other):
    area, _ = cv2.intersectConvexConvex(cv2.convexHull(quad), cv2.convexHull(other.astype(np.float32)))
    return area > 0.1 * cv2.contourArea(cv2.convexHull(quad))


class Batches(torch.utils.data.IterableDataset):
    def __init__(self, items, size, seed):
        self.items, self.size, self.seed = items, size, seed

    def __iter__(self):
        cv2.setNumThreads(0)
        rng = np.random.default_rng(self.seed)
        faces = [cv2.cvtColor(plate_face(rng)[0], cv2.COLOR_BGR2GRAY) for _ in range(FACES)]
        while True:
            yield batch_of(rng, self.items, faces, self.size)


def batch_of(rng, items, faces, size):
    drawn = []
    while len(drawn) < size:
        drawn.extend(samples(rng, items, faces))
    crops, corners, is_plate = zip(*drawn[:size])
    crop = torch.from_numpy(np.stack(crops)).float().div(255)[:, None]
    return crop, torch.from_numpy(np.stack(corners)), torch.tensor(is_plate, dtype=torch.float32)


def loss_of(found, logit, corners, is_plate):
    """Corners in shares of the crop; whether there is a plate counts a little."""
    off = torch.nn.functional.smooth_l1_loss(found, corners, reduction="none", beta=0.01).sum((1, 2))
    sure = torch.nn.functional.binary_cross_entropy_with_logits(logit, is_plate)
    corner = (off * is_plate).sum() / is_plate.sum().clamp(min=1)
    return corner + 0.08 * sure, corner, sure


def train(options):
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    items = [item for item in load(options.data) if len(item[1])]
    apart, items = items[::20], [item for index, item in enumerate(items) if index % 20]
    rng = np.random.default_rng(0)
    faces = [cv2.cvtColor(plate_face(rng)[0], cv2.COLOR_BGR2GRAY) for _ in range(200)]
    trial = [batch_of(rng, apart, faces, 64) for _ in range(12)]
    net = FitNet().to(memory_format=torch.channels_last)
    print(len(items), "scenes,", sum(p.numel() for p in net.parameters()), "parameters", flush=True)
    if options.resume:
        net.load_state_dict(torch.load(options.resume))
    mean_net = FitNet()
    mean_net.load_state_dict(net.state_dict())
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.02)
    loader = iter(torch.utils.data.DataLoader(
        Batches(items, options.batch, options.seed), batch_size=None, num_workers=1, prefetch_factor=4))
    next(loader)
    start, step, sums = time.process_time(), 0, np.zeros(3)
    budget = options.minutes * 60
    while (spent := time.process_time() - start) < budget:
        share = 0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * spent / budget))
        for group in optimizer.param_groups:
            group["lr"] = options.rate * min(1, (step + 1) / 100) * share
        crop, corners, is_plate = next(loader)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found, logit = net(crop.contiguous(memory_format=torch.channels_last))
        total, corner, sure = loss_of(found, logit, corners, is_plate)
        optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimizer.step()
        keep = min(0.998, (1 + step) / (10 + step))
        for mean, value in zip(mean_net.state_dict().values(), net.state_dict().values()):
            mean.copy_(mean * keep + value * (1 - keep) if value.dtype.is_floating_point else value)
        sums += (total.item(), corner.item(), sure.item())
        step += 1
        if step % 100 == 0:
            print(f"{spent / 60:5.1f} min step {step} loss {sums / 100}", flush=True)
            sums[:] = 0
        if step % 500 == 0:
            torch.save(mean_net.state_dict(), options.out)
            print(measured(mean_net, trial), flush=True)
    torch.save(mean_net.state_dict(), options.out)
    print(measured(mean_net, trial), flush=True)


def measured(net, trial):
    """How far the corners are off in scenes kept apart, in shares of the crop, across and down; and how often
    "is a plate" is right."""
    net.eval()
    off, right = [], []
    with torch.no_grad():
        for crop, corners, is_plate in trial:
            found, logit = net(crop)
            off.append((found - corners).abs().mean(1)[is_plate > 0])
            right.append((logit > 0) == (is_plate > 0))
    off = torch.cat(off)
    return f"apart: off {off.mean(0).tolist()} median {off.median(0)[0].tolist()} right {torch.cat(right).float().mean():.3f}"


def export(options):
    net = FitNet()
    net.load_state_dict(torch.load(options.weights))
    net.eval()
    torch.onnx.export(
        Exported(net), torch.zeros(1, 1, HEIGHT, WIDTH), options.out, opset_version=13,
        input_names=["crop"], output_names=["fit"], dynamic_axes={"crop": {0: "n"}, "fit": {0: "n"}},
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("train")
    verb.set_defaults(run=train)
    verb.add_argument("--data", required=True, nargs="+", help="folders with scenes")
    verb.add_argument("--out", required=True)
    verb.add_argument("--minutes", type=float, default=20, help="of computing")
    verb.add_argument("--batch", type=int, default=64)
    verb.add_argument("--rate", type=float, default=3e-3)
    verb.add_argument("--resume")
    verb.add_argument("--seed", type=int, default=1)
    verb = verbs.add_parser("export")
    verb.set_defaults(run=export)
    verb.add_argument("--weights", required=True)
    verb.add_argument("--out", required=True)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
