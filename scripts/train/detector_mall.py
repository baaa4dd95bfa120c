"""Rows of spaces seen from straight above, laid out of real crops of single spaces."""

from pathlib import Path

import cv2
import numpy as np

from detector_data import scene_of

ROWS = 220
# A crop shows the space with a little of its neighbours; the car fills about this much of it.
CAR_SHARE = 0.86


def mall_scenes(crops, folder, seed=7):
    """Writes pictures of rows of crops to `folder`; returns their scenes, all of cars."""
    chance = np.random.default_rng(seed)
    Path(folder).mkdir(parents=True, exist_ok=True)
    occupied, vacant = (
        [cv2.imread(str(file)) for file in sorted((Path(crops) / kind).glob("*"))]
        for kind in ("occupied", "vacant")
    )
    return [row_scene(Path(folder) / f"{n:04d}.png", occupied, vacant, chance) for n in range(ROWS)]


def row_scene(file, occupied, vacant, chance):
    """One picture: two to four rows of spaces with lanes between, upright or turned."""
    width, height = 384, 240
    across, down = int(chance.integers(56, 96)), int(chance.integers(26, 44))
    fullness = chance.uniform(0.1, 1.0)
    picture = lane_like(vacant[chance.integers(len(vacant))], width, height)
    boxes, x = [], int(chance.integers(0, 30))
    while x + across <= width:
        for y in range(int(chance.integers(0, 20)), height - down, down):
            is_car = chance.random() < fullness
            crops = occupied if is_car else vacant
            crop = cv2.resize(crops[chance.integers(len(crops))], (across, down))
            if chance.random() < 0.5:
                crop = crop[:, ::-1]
            picture[y : y + down, x : x + across] = crop
            if is_car:
                edge_x, edge_y = across * (1 - CAR_SHARE) / 2, down * (1 - CAR_SHARE) / 2
                boxes.append([x + edge_x, y + edge_y, x + across - edge_x, y + down - edge_y])
        x += across + (0 if chance.random() < 0.4 else int(chance.integers(20, 90)))
    if chance.random() < 0.5:
        picture = cv2.transpose(picture)
        boxes = [[y1, x1, y2, x2] for x1, y1, x2, y2 in boxes]
    cv2.imwrite(str(file), picture)
    return scene_of(file, boxes, [0] * len(boxes))


def lane_like(crop, width, height):
    """Plain ground of a vacant crop's colour."""
    ground = np.empty((height, width, 3), np.uint8)
    ground[:] = np.median(crop.reshape(-1, 3), 0)
    return ground
