"""Labels for photographs: what another detector says, put right by what people said.

The teacher's words come from `label-pictures.ts`. People labelled PKLot's spaces as free or
occupied: a box on a free space is wrong, and an occupied space without a box hides a vehicle
that nobody has drawn.
"""

import json
from pathlib import Path

import cv2
import numpy as np

from detector_data import scene_of
from detector_net import CLASSES

# The teacher is believed from here on; below, down to UNSURE, nobody knows.
SURE, UNSURE = 0.35, 0.1
GROUND_SHARE, ON_SPACE = 0.65, 0.2


def taught_scenes(labels_file):
    """Scenes as the teacher alone sees them."""
    return [
        scene_from_words(word, word["vehicles"], [])
        for word in (json.loads(line) for line in Path(labels_file).read_text().splitlines())
    ]


def checked_scenes(labels_file, folder):
    """Scenes of a folder with `labels.json`, the teacher's words checked against the spaces."""
    frames = json.loads((Path(folder) / "labels.json").read_text())["frames"]
    spaces_of = {frame["file"]: frame["spaces"] for frame in frames}
    scenes = []
    for line in Path(labels_file).read_text().splitlines():
        word = json.loads(line)
        vehicles, hidden = checked(word["vehicles"], spaces_of[Path(word["file"]).name])
        scenes.append(scene_from_words(word, vehicles, hidden))
    return scenes


def empty_scenes(folder):
    """Scenes of photographs in which there is no vehicle, as people said."""
    return [scene_of(file, [], []) for file in sorted(Path(folder).glob("*.jpg"))]


def scene_from_words(word, vehicles, hidden):
    """A scene of what is believed; what is doubtful is ignored."""
    sure = [v for v in vehicles if v["score"] >= SURE]
    doubtful = [v["box"] for v in vehicles if UNSURE <= v["score"] < SURE]
    classes = [CLASSES.index(v["class"]) for v in sure]
    return scene_of(word["file"], [v["box"] for v in sure], classes, doubtful + hidden)


def checked(vehicles, spaces):
    """The vehicles that people do not deny, and boxes around occupied spaces that have none.

    A vehicle that stands on an occupied space is believed however weak the teacher's score.
    """
    kept, taken = [], set()
    pairs = sorted(
        (
            (on_ground(space["polygon"], vehicle["box"]), s, v)
            for s, space in enumerate(spaces)
            for v, vehicle in enumerate(vehicles)
        ),
        reverse=True,
    )
    owner = {}
    for overlap, s, v in pairs:
        if overlap < ON_SPACE:
            break
        if v not in owner and s not in taken:
            owner[v] = s
            taken.add(s)
    for v, vehicle in enumerate(vehicles):
        if v not in owner:
            kept.append(vehicle)
        elif spaces[owner[v]]["occupied"]:
            kept.append({**vehicle, "score": max(vehicle["score"], SURE)})
    hidden = [
        around(space["polygon"])
        for s, space in enumerate(spaces)
        if space["occupied"] and s not in taken
    ]
    return kept, hidden


def around(polygon):
    """A box in which a vehicle on this ground must be, with room for its height."""
    points = np.array(polygon, np.float32)
    (left, top), (right, bottom) = points.min(0), points.max(0)
    return [left, top - 0.5 * (bottom - top), right, bottom]


def on_ground(polygon, box):
    """Overlap (intersection over union) of a space with the lower part of a box."""
    left, top, right, bottom = box
    top = bottom - GROUND_SHARE * (bottom - top)
    ground = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    space = cv2.convexHull(np.array(polygon, np.float32)).reshape(-1, 2)
    shared, _ = cv2.intersectConvexConvex(space, ground)
    area = cv2.contourArea(space) + (right - left) * (bottom - top) - shared
    return shared / max(area, 1e-6)


def moving_scenes(video, folder, every=5):
    """Scenes of a fixed camera's video: whatever differs from the empty road is a vehicle.

    Writes the frames to `folder`. Small things (people, leaves) are ignored.
    """
    reader, frames = cv2.VideoCapture(str(video)), []
    while True:
        more, frame = reader.read()
        if not more:
            break
        frames.append(frame)
    frames = frames[::every]
    road = np.median(np.stack(frames), 0).astype(np.uint8)
    Path(folder).mkdir(parents=True, exist_ok=True)
    scenes = []
    for number, frame in enumerate(frames):
        file = Path(folder) / f"{number:05d}.jpg"
        cv2.imwrite(str(file), frame, [cv2.IMWRITE_JPEG_QUALITY, 95])
        difference = frame.astype(np.float32) - road
        # The camera sets its exposure anew when a white car fills the picture.
        difference -= np.median(difference, (0, 1))
        difference = cv2.GaussianBlur(np.abs(difference), (0, 0), 2).max(2)
        mask = (difference > 22).astype(np.uint8)
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((31, 31), np.uint8))
        mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((15, 15), np.uint8))
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        vehicles, small = [], []
        for outline in outlines:
            x, y, w, h = cv2.boundingRect(outline)
            large = min(w, h) >= 90 and w * h >= 15_000
            (vehicles if large else small).append([x, y, x + w, y + h])
        scenes.append(scene_of(file, vehicles, [0] * len(vehicles), small))
    return scenes
