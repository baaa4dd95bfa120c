"""Trains the plate localiser on scenes drawn by `plates_scene.py`. Run by hand, never by tests.

    plates.py draw --out DIR --count 6000 --seed 1 [--scenes DIR]
    plates.py train --data DIR [DIR ...] --out FILE.pt --minutes 30 [--resume FILE.pt]
    plates.py export --weights FILE.pt [FILE.pt ...] --out edge/models/plate-corners.onnx
"""

import argparse
import glob
import json
import os
import time

import cv2
import numpy as np
import torch

from plates_net import STRIDE, Exported, PlateNet
from plates_scene import scene

TRAIN_WIDTH, TRAIN_HEIGHT = 448, 288


def draw(options):
    os.makedirs(options.out, exist_ok=True)
    photographs = sorted(glob.glob(f"{options.scenes}/*.jpg")) if options.scenes else []
    with open(f"{options.out}/{options.seed}.jsonl", "a", encoding="utf8") as lines:
        for number in range(options.count):
            rng = np.random.default_rng((options.seed, number))
            image, corners, rows = scene(rng, photographs)
            name = f"{options.seed}-{number:06d}.jpg"
            cv2.imwrite(f"{options.out}/{name}", image, [cv2.IMWRITE_JPEG_QUALITY, 92])
            plates = [{"corners": c.tolist(), "rows": int(r)} for c, r in zip(corners, rows)]
            lines.write(json.dumps({"file": name, "plates": plates}) + "\n")
            lines.flush()


def load(folders):
    """All scenes as grey pictures in memory: ``(grey u8[h, w], corners f32[n, 4, 2], rows)``."""
    items = []
    for file in sorted(file for folder in folders for file in glob.glob(f"{folder}/*.jsonl")):
        for line in open(file, encoding="utf8"):
            entry = json.loads(line)
            grey = cv2.imread(f"{os.path.dirname(file)}/{entry['file']}", cv2.IMREAD_GRAYSCALE)
            if grey is None:
                continue
            plates = entry["plates"] if "plates" in entry else rendered_plates(entry)
            corners = np.array([p["corners"] for p in plates], np.float32)
            items.append((grey, corners.reshape(-1, 4, 2), np.array([p["rows"] for p in plates])))
    return items


def rendered_plates(entry):
    """The plates of a scene of our own renderer; how many rows one has, its shape tells well enough."""
    plates = [v["plate"] for v in entry["vehicles"] if "plate" in v]
    for plate in plates:
        corners = np.array(plate["corners"])
        wide = np.linalg.norm(corners[1] - corners[0]) + np.linalg.norm(corners[2] - corners[3])
        high = np.linalg.norm(corners[3] - corners[0]) + np.linalg.norm(corners[2] - corners[1])
        plate["rows"] = 2 if wide < 1.8 * high else 1
    return plates


def view(rng, item):
    """Looks at a scene anew: another part, size, sharpness, light and grain.

    A third of the views come near a plate, as the daemon's second look does.
    """
    grey, corners, rows = item
    h, w = grey.shape
    scale = np.exp(rng.uniform(np.log(0.55), np.log(1.6)))
    middle = rng.uniform((0, 0), (w, h))
    if len(corners) and rng.random() < 0.75:
        pick = corners[rng.integers(len(corners))]
        wide = np.linalg.norm(pick[1] - pick[0])
        if rng.random() < 0.4:
            scale = np.clip(rng.uniform(0.16, 0.8) * TRAIN_WIDTH / wide, 0.3, 6)
        middle = pick.mean(0) + rng.normal(0, (0.15, 0.15)) * (TRAIN_WIDTH / scale, TRAIN_HEIGHT / scale)
    squeeze = np.exp(rng.normal(0, 0.08))
    angle = rng.normal(0, 0.05)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    linear = scale * np.diag([squeeze, 1 / squeeze]) @ turn
    shift = np.array([TRAIN_WIDTH, TRAIN_HEIGHT]) / 2 - linear @ middle
    matrix = np.c_[linear, shift]
    if scale < 0.8:
        grey = cv2.GaussianBlur(grey, (0, 0), 0.4 / scale)
    edge = cv2.BORDER_REPLICATE if rng.random() < 0.5 else cv2.BORDER_CONSTANT
    image = cv2.warpAffine(grey, matrix, (TRAIN_WIDTH, TRAIN_HEIGHT), flags=cv2.INTER_LINEAR, borderMode=edge, borderValue=114)
    corners = corners @ linear.T + shift
    return photographed(rng, image), corners, rows


def photographed(rng, image):
    """Blur, light, grain and JPEG."""
    out = image.astype(np.float32)
    if rng.random() < 0.35:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.8))
    if rng.random() < 0.15:
        length = int(rng.integers(3, 9))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1 / length
        turn = cv2.getRotationMatrix2D((length / 2 - 0.5, length / 2 - 0.5), rng.uniform(0, 180), 1)
        out = cv2.filter2D(out, -1, cv2.warpAffine(kernel, turn, (length, length)))
    if rng.random() < 0.2:
        low = cv2.GaussianBlur(out, (0, 0), 2)
        out = out + rng.uniform(0.3, 1.2) * (out - low)
    out = 255 * np.clip(out / 255, 0, 1) ** np.exp(rng.normal(0, 0.35))
    mean = out.mean()
    out = (out - mean) * np.exp(rng.normal(0, 0.25)) + mean * np.exp(rng.normal(0, 0.25))
    out += rng.normal(0, abs(rng.normal(0, 7)), out.shape)
    out = np.clip(out, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        quality = int(rng.integers(25, 90))
        out = cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_GRAYSCALE)
    return 255 - out if rng.random() < 0.03 else out


def target(corners, rows):
    """What the cells should say: heat, corners, rows, and how much each cell's corners count."""
    h, w = TRAIN_HEIGHT // STRIDE, TRAIN_WIDTH // STRIDE
    heat = np.zeros((h, w), np.float32)
    place = np.zeros((8, h, w), np.float32)
    two = np.zeros((h, w), np.float32)
    weight = np.zeros((h, w), np.float32)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    for quad, row in zip(corners / STRIDE, rows):
        middle = quad.mean(0)
        wide = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
        high = max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
        if not (0 < middle[0] < w and 0 < middle[1] < h) or high * STRIDE < 4.5:
            continue
        axis = (quad[1] - quad[0]) / max(np.linalg.norm(quad[1] - quad[0]), 1e-6)
        dx, dy = x + 0.5 - middle[0], y + 0.5 - middle[1]
        along, beside = dx * axis[0] + dy * axis[1], dy * axis[0] - dx * axis[1]
        sigma_along, sigma_beside = max(0.45, 0.13 * wide), max(0.45, 0.18 * high)
        bell = np.exp(-0.5 * ((along / sigma_along) ** 2 + (beside / sigma_beside) ** 2))
        cell = (min(h - 1, int(middle[1])), min(w - 1, int(middle[0])))
        bell[cell] = 1
        nearer = bell > np.maximum(heat, 0.3)
        heat = np.maximum(heat, bell)
        for k in range(4):
            place[2 * k][nearer] = np.arcsinh(quad[k, 0] - x - 0.5)[nearer]
            place[2 * k + 1][nearer] = np.arcsinh(quad[k, 1] - y - 0.5)[nearer]
        two[nearer] = float(row == 2)
        weight[nearer] = bell[nearer]
    return heat, place, two, weight


def loss_of(out, heat, place, two, weight):
    """Focal loss of the heat (CornerNet's, Law and Deng 2018, eq. 1), L1 of the corners."""
    share = out[:, 0].sigmoid().clamp(1e-5, 1 - 1e-5)
    is_middle = (heat > 0.995).float()
    hit = -((1 - share) ** 2) * share.log() * is_middle
    miss = -((1 - heat) ** 4) * share**2 * (1 - share).log() * (1 - is_middle)
    number = is_middle.sum().clamp(min=1)
    sure = (hit + miss).sum() / number
    total = weight.sum().clamp(min=1)
    corner = (nn_l1(out[:, 1:9], place).mean(1) * weight).sum() / total
    row = nn_bce(out[:, 9], two)
    row = (row * weight).sum() / total
    return sure + 4 * corner + 0.3 * row, sure, corner


def nn_l1(a, b):
    return torch.nn.functional.smooth_l1_loss(a, b, reduction="none", beta=0.03)


def nn_bce(a, b):
    return torch.nn.functional.binary_cross_entropy_with_logits(a, b, reduction="none")


def batch_of(rng, items, size):
    pictures, targets = [], []
    for _ in range(size):
        image, corners, rows = view(rng, items[rng.integers(len(items))])
        pictures.append(image)
        targets.append(target(corners, rows))
    grey = torch.from_numpy(np.stack(pictures)).float().div(255)[:, None]
    return grey, [torch.from_numpy(np.stack(part)) for part in zip(*targets)]


class Batches(torch.utils.data.IterableDataset):
    def __init__(self, items, size, seed):
        self.items, self.size, self.seed = items, size, seed

    def __iter__(self):
        cv2.setNumThreads(0)
        rng = np.random.default_rng(self.seed)
        while True:
            yield batch_of(rng, self.items, self.size)


def train(options):
    torch.set_num_threads(1)
    items = load(options.data)
    print(len(items), "scenes", flush=True)
    net = PlateNet().to(memory_format=torch.channels_last)
    print(sum(p.numel() for p in net.parameters()), "parameters", flush=True)
    if options.resume:
        net.load_state_dict(torch.load(options.resume))
    mean_net = {k: v.clone() for k, v in net.state_dict().items()}
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.02)
    seed = int(time.time()) if options.seed is None else options.seed
    loader = iter(torch.utils.data.DataLoader(Batches(items, options.batch, seed), batch_size=None, num_workers=1, prefetch_factor=4))
    start, step, sums = time.process_time(), 0, np.zeros(3)
    budget = options.minutes * 60
    while (spent := time.process_time() - start) < budget:
        share = spent / budget
        for group in optimizer.param_groups:
            group["lr"] = options.rate * min(1, (step + 1) / 100) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * share)))
        grey, parts = next(loader)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = net((grey * 2 - 1).contiguous(memory_format=torch.channels_last))
        total, sure, corner = loss_of(out.float(), *parts)
        optimizer.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimizer.step()
        keep = min(0.998, (1 + step) / (10 + step))
        for key, value in net.state_dict().items():
            if value.dtype.is_floating_point:
                mean_net[key].mul_(keep).add_(value, alpha=1 - keep)
            else:
                mean_net[key].copy_(value)
        sums += (total.item(), sure.item(), corner.item())
        step += 1
        if step % 50 == 0:
            print(f"{spent / 60:5.1f} min step {step} loss {sums / 50}", flush=True)
            sums[:] = 0
        if step % 200 == 0:
            torch.save(mean_net, options.out)
    torch.save(mean_net, options.out)


def export(options):
    net = PlateNet()
    net.load_state_dict(mean_of([torch.load(file) for file in options.weights]))
    net.eval()
    axes = {"grey": {2: "height", 3: "width"}, "cells": {2: "rows", 3: "columns"}}
    torch.onnx.export(
        Exported(net), torch.zeros(1, 1, 320, 512), options.out, opset_version=13,
        input_names=["grey"], output_names=["cells"], dynamic_axes=axes,
    )


def mean_of(states):
    """The mean of several moments of one training knows less of its drawn scenes by heart than its last one."""
    return {
        key: (sum(state[key].float() for state in states) / len(states)).to(value.dtype)
        for key, value in states[0].items()
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("draw")
    verb.set_defaults(run=draw)
    verb.add_argument("--out", required=True)
    verb.add_argument("--count", type=int, default=6000)
    verb.add_argument("--seed", type=int, default=1)
    verb.add_argument("--scenes", help="pictures of our renderer, as grounds")
    verb = verbs.add_parser("train")
    verb.set_defaults(run=train)
    verb.add_argument("--data", required=True, nargs="+", help="folders with scenes")
    verb.add_argument("--out", required=True)
    verb.add_argument("--minutes", type=float, default=30, help="of computing")
    verb.add_argument("--batch", type=int, default=16)
    verb.add_argument("--rate", type=float, default=3e-3)
    verb.add_argument("--resume")
    verb.add_argument("--seed", type=int)
    verb = verbs.add_parser("export")
    verb.set_defaults(run=export)
    verb.add_argument("--weights", required=True, nargs="+", help="one or several, whose mean is taken")
    verb.add_argument("--out", required=True)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
