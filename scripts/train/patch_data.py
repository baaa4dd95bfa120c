"""Canvases to train on and patches to measure on, from labelled pictures.

A *place* is one polygon in one camera's view. Vacant canvases of a place serve as the empty
picture (the reference) for the others, so a network can be shown "now" beside "empty".
"""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from patch_drift import drift_of, edges_of
from patch_extract import canvas_of, patch_of, view_of

# Smaller than this, in pixels of the picture, a space holds too little to learn from.
VIEW_MIN = 14
# Of a rendered space at least this share must not be hidden by other things.
SEEN_MIN = 0.35


@dataclass
class Canvases:
    """Training material: canvas u8[n, 4, 80, 80], occupied u8[n], place i64[n], weight f32[n]."""

    canvas: np.ndarray
    occupied: np.ndarray
    place: np.ndarray
    weight: np.ndarray


def gather(rows):
    """Canvases from rows of (canvas, occupied, place); any hashable names a place."""
    places = {}
    numbered = [places.setdefault(place, len(places)) for _, _, place in rows]
    return Canvases(
        np.stack([canvas for canvas, _, _ in rows]),
        np.array([occupied for _, occupied, _ in rows], np.uint8),
        np.array(numbered, np.int64),
        np.ones(len(rows), np.float32),
    )


def join(parts):
    """One set of several: (Canvases, share) pairs; a set's samples weigh `share` together."""
    offset, places = 0, []
    for part, _ in parts:
        places.append(part.place + offset)
        offset += int(part.place.max()) + 1
    return Canvases(
        np.concatenate([part.canvas for part, _ in parts]),
        np.concatenate([part.occupied for part, _ in parts]),
        np.concatenate(places),
        np.concatenate([np.full(len(part.place), share / len(part.place)) for part, share in parts]),
    )


def read_rgb(path):
    """A picture file as u8[h, w, 3], red first."""
    picture = cv2.imread(str(path))
    if picture is None:
        raise SystemExit(f"{path}: not a picture")
    return np.ascontiguousarray(picture[:, :, ::-1])


def labelled_frames(folder):
    """(file name, picture, spaces) of a folder with `labels.json`."""
    labels = json.loads((Path(folder) / "labels.json").read_text())
    for frame in labels["frames"]:
        yield frame["file"], read_rgb(Path(folder) / frame["file"]), frame["spaces"]


def camera_canvases(folders):
    """Canvases of one fixed camera, whose pictures lie in several folders."""
    rows = []
    for folder in folders:
        for _, picture, spaces in labelled_frames(folder):
            for space in spaces:
                rows.append((canvas_of(picture, space["polygon"]), space["occupied"], space["id"]))
    return gather(rows)


def crop_canvases(folder, count, seed=0):
    """Canvases from the aerial crops (`occupied/`, `vacant/`): each crop amid eight random others, as in a lot."""
    chance = random.Random(seed)
    width, height = 60, 30
    crops = {
        kind: [cv2.resize(read_rgb(path), (width, height)) for path in sorted((Path(folder) / kind).iterdir())]
        for kind in ("occupied", "vacant")
    }
    flat = crops["occupied"] + crops["vacant"]
    rows = []
    for number in range(count):
        around = [chance.choice(flat) for _ in range(8)]
        # The same neighbours stand around the vacant crop half of the time only: cars come and go.
        later = around if chance.random() < 0.5 else [chance.choice(flat) for _ in range(8)]
        jitter = [chance.uniform(-0.06, 0.06) for _ in range(8)]
        box = [[0.09, 0.09], [0.91, 0.09], [0.91, 0.91], [0.09, 0.91]]
        polygon = [
            [width * (1 + x + jitter[2 * i]), height * (1 + y + jitter[2 * i + 1])] for i, (x, y) in enumerate(box)
        ]
        vacant = chance.choice(crops["vacant"])
        occupied = chance.random() < 0.5
        middle = chance.choice(crops["occupied"]) if occupied else vacant
        for crop, ring, is_occupied in ((middle, around, occupied), (vacant, later, False)):
            tiles = [*ring[:4], crop, *ring[4:]]
            lot = np.vstack([np.hstack(tiles[row * 3 : row * 3 + 3]) for row in range(3)])
            rows.append((canvas_of(lot, polygon), is_occupied, number))
    return gather(rows)


def video_canvases(path, count, seed=0):
    """Canvases from a road seen by a fixed camera: boxes around the moving cars, and boxes without one."""
    frames = frames_of(path)
    empty = np.median(np.stack(frames[::8]), 0).astype(np.uint8)
    height, width = empty.shape[:2]
    moved = [cv2.medianBlur(cv2.absdiff(frame, empty).max(2), 7) > 28 for frame in frames]
    chance = random.Random(seed)
    rows = []
    for _ in range(count * 50):
        if len(rows) >= 2 * count:
            break
        number = chance.randrange(len(frames))
        box = car_box(moved[number], chance) if chance.random() < 0.6 else random_box(width, height, chance)
        if box is None:
            continue
        occupied = share_moved(moved[number], box)
        other = chance.randrange(len(frames))
        # Neither clearly a car nor clearly none, or no empty picture of this place: no sample.
        if 0.06 < occupied < 0.5 or share_moved(moved[other], box) > 0.01:
            continue
        polygon = quad_of(box, chance)
        place = len(rows)
        rows.append((canvas_of(frames[number], polygon), occupied >= 0.5, place))
        rows.append((canvas_of(frames[other], polygon), False, place))
    return gather(rows)


def frames_of(path):
    """Every picture of a video file, red first."""
    video, frames = cv2.VideoCapture(str(path)), []
    while True:
        ok, frame = video.read()
        if not ok:
            break
        frames.append(np.ascontiguousarray(frame[:, :, ::-1]))
    if not frames:
        raise SystemExit(f"{path}: no video")
    return frames


def car_box(moved, chance):
    """The box [x0, y0, x1, y1] of one moving thing as large as a car, a little off; None where there is none."""
    _, _, boxes, _ = cv2.connectedComponentsWithStats(moved.astype(np.uint8))
    cars = [box for box in boxes[1:] if box[4] > 5000 and 90 < box[3] < 380 and 60 < box[2] < 260]
    if not cars:
        return None
    x, y, w, h, _ = (float(value) for value in chance.choice(cars))
    grow = chance.uniform(0.0, 0.25)
    dx, dy = chance.uniform(-0.12, 0.12) * w, chance.uniform(-0.12, 0.12) * h
    return [x - grow * w / 2 + dx, y - grow * h / 2 + dy, x + w + grow * w / 2 + dx, y + h + grow * h / 2 + dy]


def random_box(width, height, chance):
    """A box as large as a car, anywhere."""
    w, h = chance.uniform(100, 190), chance.uniform(150, 300)
    x, y = chance.uniform(0, width - w), chance.uniform(0, height - h)
    return [x, y, x + w, y + h]


def share_moved(moved, box):
    """How much of a box's inside moved, 0–1."""
    x0, y0, x1, y1 = (max(0, round(value)) for value in box)
    part = moved[y0:y1, x0:x1]
    return float(part.mean()) if part.size else 0.0


def quad_of(box, chance):
    """A box as a polygon whose corners are a little off."""
    x0, y0, x1, y1 = box
    off = lambda length: chance.uniform(-0.08, 0.08) * length
    return [[x + off(x1 - x0), y + off(y1 - y0)] for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]


def scene_canvases(folder, limit=None):
    """Canvases of rendered scenes (`scenes.jsonl`): every space that is large and open enough to be judged."""
    rows = []
    lines = (Path(folder) / "scenes.jsonl").read_text().splitlines()[:limit]
    for line in lines:
        scene = json.loads(line)
        picture = read_rgb(Path(folder) / scene["file"])
        # All pictures of a view share its empty picture, which names none itself.
        view = scene.get("empty", scene["file"])
        for space in scene["spaces"]:
            if space["seen"] >= SEEN_MIN and is_usable(space["polygon"], scene["width"], scene["height"]):
                place = (view, space["id"])
                rows.append((canvas_of(picture, space["polygon"]), space["occupied"], place))
    return gather(rows)


def is_usable(polygon, width, height):
    """Large enough, and its middle inside the picture."""
    left, top, side = view_of(polygon, 1.0)
    x, y = left + side / 2, top + side / 2
    return side >= VIEW_MIN and 0.03 * width < x < 0.97 * width and 0.03 * height < y < 0.97 * height


@dataclass
class Patches:
    """Labelled patches of one camera: patch f32[n, 4, 64, 64], occupied u8[n], frame and space of each."""

    patch: np.ndarray
    occupied: np.ndarray
    frame: list
    space: list


def camera_patches(folder):
    """Every labelled space of every picture, as the daemon would cut it."""
    patch, occupied, frame, space = [], [], [], []
    for name, picture, spaces in labelled_frames(folder):
        for one in spaces:
            patch.append(patch_of(picture, one["polygon"]))
            occupied.append(one["occupied"])
            frame.append(name)
            space.append(one["id"])
    return Patches(np.stack(patch), np.array(occupied, np.uint8), frame, space)


def references_for(folder, empty_folder, count):
    """{empty picture's name: f32[n, 4, 64, 64]}: for each of `camera_patches(folder)` its space when empty.

    `count` empty pictures, spread evenly, each laid on every picture of the folder before the cut.
    """
    empties = list(labelled_frames(empty_folder))
    chosen = empties[:: max(1, len(empties) // count)][:count]
    edges = [edges_of(empty) for _, empty, _ in chosen]
    references = {name: [] for name, _, _ in chosen}
    for _, picture, spaces in labelled_frames(folder):
        present = edges_of(picture)
        for (name, empty, _), empty_edges in zip(chosen, edges):
            right, down = drift_of(empty_edges, present)
            for space in spaces:
                polygon = [[x - right, y - down] for x, y in space["polygon"]]
                references[name].append(patch_of(empty, polygon))
    return {name: np.stack(patches) for name, patches in references.items()}


def crop_patches(folder):
    """The aerial crops themselves, each a space that fills 0.82 of its crop."""
    patch, occupied, names = [], [], []
    for kind in ("occupied", "vacant"):
        for path in sorted((Path(folder) / kind).iterdir()):
            crop = read_rgb(path)
            h, w = crop.shape[:2]
            low, high = 0.09, 0.91
            polygon = [[w * low, h * low], [w * high, h * low], [w * high, h * high], [w * low, h * high]]
            patch.append(patch_of(crop, polygon))
            occupied.append(kind == "occupied")
            names.append(path.name)
    return Patches(np.stack(patch), np.array(occupied, np.uint8), names, names)


