"""Licence plates as flat pictures: many makes, none of them a copy of a real one.

A plate is drawn about 500 pixels wide as if one stood right before it. Its letters come from the
free DejaVu fonts (Debian: fonts-dejavu-core), squeezed and thickened until they look stamped: the
localiser has to learn what a plate looks like, not to read it.
"""

import cv2
import numpy as np

FONTS = [
    f"/usr/share/fonts/truetype/dejavu/{name}.ttf"
    for name in ("DejaVuSans-Bold", "DejaVuSansMono-Bold", "DejaVuSans", "DejaVuSansMono")
]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"

# Width and height in millimetres, and how many rows of large characters.
SHAPES = (
    ((520, 110), 1, 0.42),
    ((305, 152), 1, 0.28),
    ((372, 134), 1, 0.06),
    ((400, 130), 1, 0.06),
    ((460, 110), 1, 0.02),
    ((280, 200), 2, 0.07),
    ((340, 220), 2, 0.05),
    ((305, 160), 2, 0.02),
    ((200, 180), 2, 0.02),
)

_fonts = {}


def _font(path):
    if path not in _fonts:
        font = cv2.freetype.createFreeType2()
        font.loadFontData(path, 0)
        _fonts[path] = font
    return _fonts[path]


def text_mask(rng, text, width, height, weight=None):
    """A row of text that fills ``width`` x ``height`` pixels: u8, 255 where there is ink."""
    font = _font(FONTS[rng.integers(len(FONTS))])
    size = 90
    (w, h), baseline = font.getTextSize(text, size, -1)
    canvas = np.zeros((h + baseline + 60, w + 60, 3), np.uint8)
    font.putText(canvas, text, (30, 30 + h), size, (255, 255, 255), -1, cv2.LINE_AA, True)
    canvas = np.ascontiguousarray(canvas[..., 0])
    weight = rng.integers(0, 5) if weight is None else weight
    if weight > 0:
        canvas = cv2.dilate(canvas, np.ones((weight, weight), np.uint8))
    ys, xs = np.nonzero(canvas > 60)
    if len(xs) == 0:
        return np.zeros((height, width), np.uint8)
    canvas = canvas[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    return cv2.resize(canvas, (max(1, width), max(1, height)), interpolation=cv2.INTER_AREA)


def ink(image, mask, x, y, colour, emboss=0):
    """Paints ``colour`` where the mask is, with a light and a dark edge where it is stamped."""
    h, w = mask.shape
    region = image[y : y + h, x : x + w].astype(np.float32)
    mask = mask[: region.shape[0], : region.shape[1], None].astype(np.float32) / 255
    if emboss:
        edge = np.roll(mask, (1, 2), (0, 1)) - np.roll(mask, (-1, -2), (0, 1))
        region = region + emboss * edge
    image[y : y + h, x : x + w] = np.clip(region * (1 - mask) + mask * np.asarray(colour), 0, 255)


def random_text(rng):
    """Groups of letters and digits as plates have them, as one row or as its groups."""
    groups = []
    for _ in range(rng.choice([1, 2, 2, 3, 3])):
        kind = rng.choice([LETTERS, DIGITS, LETTERS + DIGITS], p=[0.42, 0.42, 0.16])
        groups.append("".join(rng.choice(list(kind), rng.integers(1, 5))))
    text = " ".join(groups)[:10].strip()
    return text if len(text) > 2 else text + "".join(rng.choice(list(DIGITS), 3))


def _colours(rng):
    """Ground and ink: dark on light mostly, light on dark sometimes, as blue, green, red."""
    light = {
        "white": (235, 240, 240),
        "grey": (200, 205, 205),
        "yellow": (60, 190, 240),
        "pale blue": (240, 215, 190),
        "pale green": (205, 230, 205),
        "cream": (200, 225, 240),
    }
    dark = {
        "black": (20, 20, 20),
        "navy": (110, 45, 25),
        "green": (50, 85, 25),
        "red": (40, 30, 150),
        "brown": (40, 60, 90),
    }
    names = list(light)
    ground = np.array(light[names[rng.choice(6, p=[0.5, 0.1, 0.17, 0.08, 0.07, 0.08])]], float)
    names = list(dark)
    stamp = np.array(dark[names[rng.choice(5, p=[0.62, 0.16, 0.08, 0.1, 0.04])]], float)
    if rng.random() < 0.1:
        ground, stamp = stamp, ground
    return ground + rng.normal(0, 8, 3), stamp + rng.normal(0, 8, 3)


def _scenery(rng, image):
    """A picture behind the characters, as many states print one."""
    h, w = image.shape[:2]
    kind = rng.integers(4)
    tint = rng.uniform(80, 255, 3)
    if kind == 0:
        share = np.linspace(0, 1, h)[:, None, None] ** rng.uniform(0.5, 3)
        share = share if rng.random() < 0.5 else share[::-1]
    elif kind == 1:
        x = np.linspace(0, rng.uniform(3, 12), w)
        line = h * (rng.uniform(0.4, 0.8) + 0.15 * np.sin(x + rng.uniform(0, 6)))
        share = (np.arange(h)[:, None] > line[None, :])[..., None] * 1.0
    elif kind == 2:
        share = np.zeros((h, w), np.float32)
        cv2.circle(share, (int(rng.uniform(0, w)), int(rng.uniform(0, h))), int(h * 0.6), 1, -1)
        share = share[..., None]
    else:
        share = cv2.resize(rng.random((3, 6)).astype(np.float32), (w, h))[..., None]
    strength = rng.uniform(0.1, 0.5)
    return image * (1 - strength * share) + tint * strength * share


def plate_face(rng):
    """Draws one plate.

    Returns ``(picture u8[h, w, 3], rows)``; the whole picture is the plate, edge to edge.
    """
    shapes, weights = [s[:2] for s in SHAPES], [s[2] for s in SHAPES]
    (wide, high), rows = shapes[rng.choice(len(shapes), p=np.array(weights) / sum(weights))]
    w, h = wide, int(high * rng.uniform(0.93, 1.07))
    ground, stamp = _colours(rng)
    image = np.empty((h, w, 3), np.float32)
    image[:] = ground
    is_american = rows == 1 and wide / high < 2.2
    if is_american and rng.random() < 0.6:
        image = _scenery(rng, image)
    image = np.clip(image, 0, 255).astype(np.uint8)
    emboss = rng.uniform(0, 45) if rng.random() < 0.6 else 0
    left, right = int(w * rng.uniform(0.02, 0.07)), int(w * rng.uniform(0.02, 0.07))
    if not is_american and rng.random() < 0.62:
        left = _band(rng, image, stamp)
    if rows == 2:
        _two_rows(rng, image, stamp, left, right, emboss)
    elif is_american:
        _words(rng, image, stamp)
        top = int(h * rng.uniform(0.2, 0.32))
        _row(rng, image, random_text(rng), (left, top, w - right, int(h * rng.uniform(0.7, 0.84))), stamp, emboss)
    else:
        margin = rng.uniform(0.1, 0.2)
        top, bottom = int(h * margin), int(h * (1 - margin))
        if rng.random() < 0.08:
            top = int(h * 0.28)
            image[: int(h * 0.22)] = (150, 60, 20)
        _row(rng, image, random_text(rng), (left, top, w - right, bottom), stamp, emboss)
    return _worn(rng, image, stamp), rows


def _band(rng, image, stamp):
    """A coloured band with its letters at the left, sometimes at the right too."""
    h, w = image.shape[:2]
    band = int(w * rng.uniform(0.07, 0.12))
    blue = np.array((150, 60, 10)) + rng.normal(0, 15, 3)
    for x in [0] if rng.random() < 0.7 else [0, w - band]:
        image[:, x : x + band] = np.clip(blue, 0, 255)
        code = "".join(rng.choice(list(LETTERS), rng.integers(1, 4)))
        letter = text_mask(rng, code, int(band * 0.6), int(h * 0.25))
        ink(image, letter, x + int(band * 0.2), int(h * 0.65), (240, 240, 240))
        cv2.circle(image, (x + band // 2, int(h * 0.3)), int(band * 0.3), (60, 200, 230), 2)
    return band + int(w * 0.02)


def _row(rng, image, text, box, stamp, emboss):
    """One row of large characters, spread over its box or as wide as its letters need."""
    left, top, right, bottom = (int(v) for v in box)
    high = max(8, bottom - top)
    need = int(len(text) * high * rng.uniform(0.5, 0.72))
    width = min(right - left, max(need, 20))
    x = left + int((right - left - width) * rng.choice([0.5, 0.5, 0, rng.random()]))
    ink(image, text_mask(rng, text, width, high), x, top, stamp, emboss)
    if rng.random() < 0.3:
        centre = (int(rng.uniform(left, right)), (top + bottom) // 2)
        cv2.circle(image, centre, int(high * 0.16), tuple(rng.uniform(0, 255, 3)), -1)


def _two_rows(rng, image, stamp, left, right, emboss):
    h, w = image.shape[:2]
    first, second = (random_text(rng).replace(" ", "")[: rng.integers(2, 6)] for _ in range(2))
    middle = rng.uniform(0.42, 0.52)
    for text, top, bottom in ((first, 0.08, middle), (second, middle + 0.06, 0.92)):
        inset = int(w * rng.uniform(0, 0.15))
        _row(rng, image, text, (left + inset, h * top, w - right - inset, h * bottom), stamp, emboss)


def _words(rng, image, stamp):
    """State above, slogan below, stickers in the corners."""
    h, w = image.shape[:2]
    colour = stamp if rng.random() < 0.5 else rng.uniform(0, 160, 3)
    for y, chance in ((0.04, 0.9), (0.87, 0.7)):
        if rng.random() < chance:
            word = "".join(rng.choice(list(LETTERS), rng.integers(4, 15)))
            width = int(w * rng.uniform(0.25, 0.7))
            mask = text_mask(rng, word, width, int(h * rng.uniform(0.08, 0.13)))
            ink(image, mask, (w - width) // 2, int(h * y), colour)
    for x in (0.03, 0.85):
        if rng.random() < 0.35:
            y = rng.choice([0.04, 0.8])
            corner = (int(w * x), int(h * y))
            end = (corner[0] + int(w * 0.12), corner[1] + int(h * 0.16))
            cv2.rectangle(image, corner, end, tuple(rng.uniform(0, 255, 3)), -1)


def _worn(rng, image, stamp):
    """Border, frame, screws, dirt, and light that falls unevenly."""
    h, w = image.shape[:2]
    if rng.random() < 0.55:
        inset = int(h * rng.uniform(0.01, 0.05))
        thick = int(max(1, h * rng.uniform(0.01, 0.035)))
        cv2.rectangle(image, (inset, inset), (w - 1 - inset, h - 1 - inset), stamp.tolist(), thick)
    if rng.random() < 0.45:
        shade = rng.choice([20, 35, 60, 190])
        thick = int(h * rng.uniform(0.02, 0.09))
        cv2.rectangle(image, (0, 0), (w - 1, h - 1), (float(shade),) * 3, thick)
        if rng.random() < 0.5:
            image[h - int(h * rng.uniform(0.05, 0.14)) :] = shade
    for x in (0.1, 0.9, 0.25, 0.75):
        if rng.random() < 0.25:
            centre = (int(w * x), int(h * rng.choice([0.12, 0.5, 0.88])))
            cv2.circle(image, centre, int(h * 0.03), (float(rng.uniform(30, 200)),) * 3, -1)
    out = image.astype(np.float32)
    if rng.random() < 0.4:
        dirt = cv2.resize(rng.random((5, 12)).astype(np.float32), (w, h))[..., None]
        out *= 1 - rng.uniform(0.1, 0.6) * np.clip(dirt - 0.4, 0, 1)
    if rng.random() < 0.6:
        ramp = np.linspace(rng.uniform(0.5, 1.15), rng.uniform(0.6, 1.15), h)[:, None, None]
        out *= ramp
    if rng.random() < 0.15:
        cut = int(w * rng.uniform(0.1, 0.9))
        lean = rng.uniform(-1, 1)
        edge = (np.arange(w)[None, :] + lean * np.arange(h)[:, None] < cut)[..., None]
        out *= np.where(edge, rng.uniform(0.35, 0.7), 1)
    return np.clip(out, 0, 255).astype(np.uint8)
