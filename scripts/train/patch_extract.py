"""The patch of one space, cut from a picture: what the occupancy classifier sees.

The daemon repeats this in TypeScript, to 1e-3. The rules, in full:

1. The view is a square. Its centre is the centre of the polygon's bounding box; its side is
   ``VIEW`` (1.25) times the longer side of that bounding box, at least 8 pixels. It may reach
   beyond the picture. Pixel k of a row covers the interval [k, k + 1).
2. The view is divided into ``SIZE`` × ``SIZE`` (64 × 64) cells, each ``step = side / 64`` pixels wide.
   A cell's colour is the mean of the picture over a window centred on the cell and
   ``max(1, step)`` pixels wide and high, pixels taken as squares of one colour. So a large view
   is shrunk by exact area averaging, and a small one is enlarged by linear interpolation.
   Beyond the picture's edge its outermost row or column goes on.
   Values are not rounded to whole numbers.
3. The mask is 1 in a cell whose centre lies inside the polygon (even-odd rule), else -1.
4. The colours, 0–255, are divided by 255, then standardised: from every value the mean of all
   3 · 64 · 64 values is taken away, and the rest is divided by their standard deviation
   (of the population), which is at least 0.05.
5. Channels: red, green, blue, mask; rows downwards; 32-bit floats.
"""

import numpy as np

VIEW = 1.25
SIZE = 64
DEVIATION_MIN = 0.05

# Training sees a quarter more around the view, for turning, moving and scaling it.
CANVAS_VIEW = VIEW * 1.25
CANVAS_SIZE = 80


def view_of(polygon, view=VIEW):
    """The square around a polygon [[x, y], ...] in pixels: (left, top, side)."""
    points = np.asarray(polygon, np.float64)
    low, high = points.min(0), points.max(0)
    side = max(8.0, float((high - low).max()) * view)
    left, top = (low + high) / 2 - side / 2
    return float(left), float(top), side


def window_weights(start, side, cells, length):
    """What each of ``length`` pixels adds to each cell of one axis.

    Returns (first, weights): weights[cell, i] belongs to pixel first + i; each row sums to 1.
    """
    step = side / cells
    half = max(1.0, step) / 2
    centres = start + (np.arange(cells) + 0.5) * step
    low, high = centres - half, centres + half
    begin, end = int(np.floor(low[0])), int(np.ceil(high[-1]))
    pixels = np.arange(begin, end)
    share = np.minimum(high[:, None], pixels + 1) - np.maximum(low[:, None], pixels)
    share = np.clip(share, 0, None) / (2 * half)
    # Beyond the edge the outermost pixel goes on: what lies outside is folded onto it.
    inside = np.clip(pixels, 0, length - 1)
    first = int(inside[0])
    if begin >= 0 and end <= length:
        return first, share
    folded = np.zeros((cells, int(inside[-1]) - first + 1))
    np.add.at(folded.T, inside - first, share.T)
    return first, folded


def colours(picture, left, top, side, cells):
    """The view of a picture u8[h, w, 3] as f32[cells, cells, 3], still 0–255."""
    height, width = picture.shape[:2]
    x, across = window_weights(left, side, cells, width)
    y, down = window_weights(top, side, cells, height)
    part = picture[y : y + down.shape[1], x : x + across.shape[1]].astype(np.float32)
    rows = down.astype(np.float32) @ part.reshape(len(part), -1)
    return across.astype(np.float32) @ rows.reshape(cells, -1, 3)


def mask_of(polygon, left, top, side, cells):
    """True in the cells whose centre lies inside the polygon: bool[cells, cells]."""
    points = np.asarray(polygon, np.float64)
    centres = (np.arange(cells) + 0.5) * side / cells
    x, y = left + centres[None, :], top + centres[:, None]
    inside = np.zeros((cells, cells), bool)
    for (ax, ay), (bx, by) in zip(points, np.roll(points, 1, axis=0)):
        if ay == by:
            continue
        crosses = (ay > y) != (by > y)
        inside ^= crosses & (x < ax + (y - ay) * (bx - ax) / (by - ay))
    return inside


def patch_of(picture, polygon):
    """The network's input for one space: f32[4, 64, 64] from an RGB picture u8[h, w, 3]."""
    left, top, side = view_of(polygon)
    rgb = colours(picture, left, top, side, SIZE).astype(np.float64) / 255
    rgb = (rgb - rgb.mean()) / max(rgb.std(), DEVIATION_MIN)
    mask = np.where(mask_of(polygon, left, top, side, SIZE), 1.0, -1.0)
    return np.concatenate([rgb.transpose(2, 0, 1), mask[None]]).astype(np.float32)


def canvas_of(picture, polygon):
    """The wider view that training turns and moves: u8[4, 80, 80], mask 0 or 255."""
    left, top, side = view_of(polygon, CANVAS_VIEW)
    rgb = colours(picture, left, top, side, CANVAS_SIZE).transpose(2, 0, 1)
    mask = mask_of(polygon, left, top, side, CANVAS_SIZE) * 255.0
    return np.concatenate([rgb, mask[None]]).round().clip(0, 255).astype(np.uint8)
