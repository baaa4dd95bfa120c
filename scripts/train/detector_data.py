"""Pictures with vehicles to train the detector on, each time seen a little differently."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from detector_net import CLASSES

# Of a rendered vehicle less than this can be seen: nobody may call it missed or imagined.
VISIBLE_MIN = 0.3
# What is left of a box at the edge of a view, and its shorter side in pixels, to be learnt at all.
KEPT_MIN, SIDE_MIN = 0.4, 6.0

PAD = 114


@dataclass
class Scene:
    """One picture: boxes f32[k, 4] in pixels, classes i64[k]; `ignored` f32[m, 4]: nobody knows."""

    file: str
    boxes: np.ndarray
    classes: np.ndarray
    ignored: np.ndarray


def scene_of(file, boxes, classes, ignored=()):
    """A scene from lists of boxes [x1, y1, x2, y2] and class numbers."""
    return Scene(
        str(file),
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array(classes, np.int64),
        np.array(list(ignored), np.float32).reshape(-1, 4),
    )


def rendered_scenes(folder):
    """The scenes of a folder that `render-scenes` wrote, in its order."""
    scenes = []
    for line in (Path(folder) / "scenes.jsonl").read_text().splitlines():
        said = json.loads(line)
        seen = [v for v in said["vehicles"] if v["visible"] >= VISIBLE_MIN]
        hidden = [v["box"] for v in said["vehicles"] if v["visible"] < VISIBLE_MIN]
        boxes = [v["box"] for v in seen]
        classes = [CLASSES.index(v["class"]) for v in seen]
        scenes.append(scene_of(Path(folder) / said["file"], boxes, classes, hidden))
    return scenes


def view_of(scene, width, height, chance, nearest=3.0, most_change=1.0):
    """A random view of a scene: (u8[height, width, 3] blue first, boxes, classes, ignored).

    From the whole picture (with grey bars) to a part of it, up to `nearest` times as large.
    """
    picture = cv2.imread(scene.file)
    if picture is None:
        raise SystemExit(f"{scene.file}: not a picture")
    high, wide = picture.shape[:2]
    zoom = min(width / wide, height / high) * nearest ** (chance.random() ** 1.6)
    zoom_x, zoom_y = zoom * chance.uniform(0.92, 1.08), zoom
    left = offset(width, wide * zoom_x, chance)
    top = offset(height, high * zoom_y, chance)
    flip = chance.random() < 0.5
    matrix = np.array([[zoom_x, 0, left], [0, zoom_y, top]], np.float32)
    if flip:
        matrix[0] = [-zoom_x, 0, width - left]
    if zoom < 0.6:
        # Much smaller: average first, as a careful resize does.
        picture = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        matrix[:, :2] *= 2
    view = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(PAD, PAD, PAD)
    )
    if zoom < 0.6:
        matrix[:, :2] /= 2
    boxes, kept, small = moved(scene.boxes, matrix, width, height)
    ignored, partly, _ = moved(scene.ignored, matrix, width, height)
    unsure = np.concatenate([boxes[small & ~kept], ignored])
    return changed(view, chance, most_change), boxes[kept], scene.classes[kept], unsure


def offset(length, own, chance):
    """Where a picture `own` pixels long begins in a view of `length`."""
    if own <= length:
        return chance.choice([0.0, (length - own) * chance.random()])
    return -(own - length) * chance.random()


def moved(boxes, matrix, width, height):
    """Boxes in the view, and which of them are worth learning, or at least partly in view."""
    if len(boxes) == 0:
        return boxes, np.zeros(0, bool), np.zeros(0, bool)
    x = boxes[:, [0, 2]] * matrix[0, 0] + matrix[0, 2]
    y = boxes[:, [1, 3]] * matrix[1, 1] + matrix[1, 2]
    x.sort(1)
    whole = (x[:, 1] - x[:, 0]) * (y[:, 1] - y[:, 0])
    x, y = x.clip(0, width), y.clip(0, height)
    sides = np.stack([x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]], 1)
    kept = (sides.prod(1) >= KEPT_MIN * whole) & (sides.min(1) >= SIDE_MIN)
    partly = sides.min(1) > 0
    return np.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], 1), kept, partly


def changed(view, chance, most):
    """Other light, colours, sharpness and noise, up to `most` of what is done to photographs."""
    if chance.random() > 0.7:
        return view
    # Rendered pictures bring their own weather; photographs of few cameras need this more.
    pixels = view.astype(np.float32)
    amount = most * chance.random()
    pixels *= 1 + amount * chance.uniform(-0.4, 0.5)
    pixels += amount * chance.uniform(-30, 30)
    pixels *= np.array([1 + amount * chance.uniform(-0.12, 0.12) for _ in range(3)], np.float32)
    if chance.random() < 0.35:
        grey = pixels.mean(2, keepdims=True)
        pixels = grey + (pixels - grey) * chance.uniform(0, 1)
    if chance.random() < 0.15 * most:
        pixels = cv2.GaussianBlur(pixels, (0, 0), chance.uniform(0.5, 1.4))
    if chance.random() < 0.25 * most:
        noise = np.random.default_rng(chance.getrandbits(32))
        pixels += noise.normal(0, 14 * chance.random(), pixels.shape).astype(np.float32)
    return pixels.clip(0, 255).astype(np.uint8)


class Mixture:
    """Draws scenes from several groups, each with its share of the draws."""

    def __init__(self, groups, seed):
        self.groups = [(scenes, share) for scenes, share in groups if len(scenes) > 0]
        self.chance = random.Random(seed)

    def batch(self, count, width, height):
        """`count` views: u8[count, height, width, 3] and their targets, as numpy."""
        views, targets = [], []
        shares = [share for _, share in self.groups]
        for scenes, _ in self.chance.choices(self.groups, shares, k=count):
            scene = self.chance.choice(scenes)
            scene = scene(self.chance) if callable(scene) else scene
            view, *target = view_of(scene, width, height, self.chance)
            views.append(view)
            targets.append(target)
        return np.stack(views), targets
