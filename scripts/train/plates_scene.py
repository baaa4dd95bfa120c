"""Scenes for the plate localiser: fronts and backs of vehicles before all kinds of grounds.

Everything is drawn here, or comes from our own renderer (`--scenes DIR`): no photograph of a plate
is in it. The vehicles are flat pictures turned in space, busy with what is mistaken for plates:
grilles, lamps, badges, lettering, stickers, signs, fences, the clock of the camera.
"""

import cv2
import numpy as np

from plates_face import DIGITS, LETTERS, ink, plate_face, text_mask

WIDTH, HEIGHT = 640, 400
# Pixels a metre of a vehicle's face as it is drawn before it is turned.
METRE = 300


def _colour(rng, low=0, high=255):
    return tuple(float(v) for v in rng.uniform(low, high, 3))


def _grey(rng, low, high, spread=6):
    return tuple(float(v) for v in np.clip(rng.uniform(low, high) + rng.normal(0, spread, 3), 0, 255))


def _noise(rng, h, w, cells):
    return cv2.resize(rng.random((max(2, cells * h // w), cells)).astype(np.float32), (w, h))[..., None]


def ground(rng, photographs):
    """What stands behind: a rendered lot, or bands, stripes, bricks and spots of our own."""
    if photographs and rng.random() < 0.55:
        image = cv2.imread(photographs[rng.integers(len(photographs))])
        h, w = image.shape[:2]
        scale = rng.uniform(1.0, 2.6)
        crop_w, crop_h = int(w / scale), int(h / scale)
        x, y = rng.integers(0, w - crop_w + 1), rng.integers(0, h - crop_h + 1)
        return cv2.resize(image[y : y + crop_h, x : x + crop_w], (WIDTH, HEIGHT))
    image = np.empty((HEIGHT, WIDTH, 3), np.float32)
    image[:] = _grey(rng, 30, 220, 20)
    horizon = int(rng.uniform(-0.2, 0.9) * HEIGHT)
    image[max(0, horizon) :] = _grey(rng, 40, 190, 12)
    for cells in (4, 16, 80):
        image *= 1 + rng.uniform(0, 0.5) * (_noise(rng, HEIGHT, WIDTH, cells) - 0.5)
    image = np.clip(image, 0, 255).astype(np.uint8)
    for _ in range(rng.integers(0, 14)):
        _clutter(rng, image)
    return image


def _clutter(rng, image):
    h, w = image.shape[:2]
    x, y = int(rng.uniform(-0.1, 1) * w), int(rng.uniform(-0.1, 1) * h)
    size = int(np.exp(rng.uniform(np.log(8), np.log(w * 0.5))))
    kind = rng.integers(7)
    if kind == 0:
        end = (x + size, y + int(size * rng.uniform(0.1, 2)))
        cv2.rectangle(image, (x, y), end, _colour(rng), int(rng.choice([-1, -1, 1, 3])))
    elif kind == 1:
        cv2.circle(image, (x, y), size // 2, _colour(rng), int(rng.choice([-1, 2])))
    elif kind == 2:
        points = (np.array((x, y)) + rng.uniform(0, size, (rng.integers(3, 6), 2))).astype(np.int32)
        cv2.fillPoly(image, [points], _colour(rng))
    elif kind == 3:
        cv2.line(image, (x, y), tuple(int(v) for v in rng.uniform(0, w, 2)), _colour(rng), rng.integers(1, 7))
    elif kind == 4:
        stripes(rng, image, x, y, size, int(size * rng.uniform(0.2, 1)))
    elif kind == 5:
        lettering(rng, image, x, y, size)
    else:
        for _ in range(rng.integers(20, 90)):
            spot = tuple(int(v) for v in np.array((x, y)) + rng.normal(0, size / 3, 2))
            cv2.circle(image, spot, int(rng.integers(1, 5)), _colour(rng), -1)


def stripes(rng, image, x, y, w, h):
    """Fence, grille, kerb or zebra: what repeats like the letters of a plate."""
    step = max(2, int(w / rng.integers(4, 24)))
    colour, thick = _grey(rng, 0, 255), max(1, int(step * rng.uniform(0.2, 0.7)))
    lean = int(rng.uniform(-0.5, 0.5) * h) if rng.random() < 0.3 else 0
    if rng.random() < 0.5:
        for at in range(x, x + w, step):
            cv2.line(image, (at, y), (at + lean, y + h), colour, thick)
    else:
        for at in range(y, y + h, step):
            cv2.line(image, (x, at), (x + w, at + lean), colour, thick)


def lettering(rng, image, x, y, width):
    """Words on walls, vans and shops, on a board or bare, in one line or several."""
    h, w = image.shape[:2]
    high = max(6, int(width * rng.uniform(0.06, 0.2)))
    lines = rng.choice([1, 1, 2, 3, 4])
    colour = _colour(rng)
    if rng.random() < 0.4:
        corner = (x - high // 3, y - high // 3)
        end = (x + width + high // 3, y + int(lines * high * 1.3))
        cv2.rectangle(image, corner, end, _colour(rng), -1)
    for line in range(lines):
        word = "".join(rng.choice(list(LETTERS.lower() + LETTERS + " "), rng.integers(5, 20)))
        top = y + int(line * high * 1.3)
        if x < 0 or top < 0 or x + width > w or top + high > h:
            return
        ink(image, text_mask(rng, word, width, high), x, top, colour)


def vehicle(rng):
    """The front or back of a vehicle, flat.

    Returns ``(picture, mask, plates)``; a plate is ``(corners f32[4, 2], rows)``.
    """
    wide = rng.uniform(1.55, 2.1)
    tall = rng.choice([rng.uniform(1.35, 1.8), rng.uniform(1.9, 3.2)], p=[0.8, 0.2])
    w, h = int(wide * METRE), int(tall * METRE)
    image = np.zeros((h, w, 3), np.uint8)
    mask = np.zeros((h, w), np.uint8)
    paint = _grey(rng, 15, 245, 5) if rng.random() < 0.7 else _colour(rng, 10, 230)
    _body(rng, image, mask, paint, w, h)
    is_rear = rng.random() < 0.5
    waist = int(h * rng.uniform(0.4, 0.55))
    _lamps(rng, image, w, h, waist, is_rear)
    _grille(rng, image, w, h, waist, paint)
    for _ in range(rng.integers(0, 4)):
        _clutter_on(rng, image, w, h, waist)
    plates = []
    if rng.random() < 0.93:
        plates.append(_mount(rng, image, w, h, waist, is_rear))
    image[mask == 0] = 0
    return image, mask, plates


def _body(rng, image, mask, paint, w, h):
    """Bodywork below, cabin above, wheels."""
    roof, shoulder = int(h * rng.uniform(0.0, 0.05)), int(h * rng.uniform(0.35, 0.5))
    narrow = int(w * rng.uniform(0.04, 0.16))
    sill = int(h * rng.uniform(0.86, 0.95))
    cabin = np.array([(narrow, roof), (w - narrow, roof), (w - 2, shoulder), (2, shoulder)], np.int32)
    body = np.array([(2, shoulder), (w - 2, shoulder), (w - int(w * 0.03), sill), (int(w * 0.03), sill)], np.int32)
    for area in (cabin, body):
        cv2.fillConvexPoly(image, area, paint)
        cv2.fillConvexPoly(mask, area, 255)
    for x in (0.05, 0.8):
        corner, end = (int(w * x), sill - 4), (int(w * (x + 0.15)), h - 1)
        cv2.rectangle(image, corner, end, (25, 25, 25), -1)
        cv2.rectangle(mask, corner, end, 255, -1)
    shade = (1 + rng.uniform(-0.25, 0.25) * np.linspace(-1, 1, h))[:, None, None]
    image[:] = np.clip(image * shade, 0, 255)
    inset = int(w * 0.05)
    glass = cabin + np.array([(inset, inset // 2), (-inset, inset // 2), (-inset, -inset), (inset, -inset)], np.int32)
    cv2.fillConvexPoly(image, glass, _grey(rng, 15, 130))
    for _ in range(rng.integers(0, 5)):
        x, y = int(rng.uniform(0.1, 0.8) * w), int(rng.uniform(roof, shoulder))
        cv2.ellipse(image, (x, y), (int(w * 0.08), int(w * 0.05)), 0, 0, 360, _grey(rng, 10, 160), -1)
    for _ in range(rng.integers(1, 5)):
        y = int(rng.uniform(shoulder, sill))
        dark = tuple(v * rng.uniform(0.4, 1.2) for v in paint)
        cv2.line(image, (int(w * 0.03), y), (int(w * 0.97), y), dark, rng.integers(1, 4))
    if rng.random() < 0.5:
        y = int(rng.uniform(0.62, 0.75) * h)
        bumper = _grey(rng, 20, 200) if rng.random() < 0.6 else paint
        cv2.rectangle(image, (4, y), (w - 4, sill), bumper, -1)


def _lamps(rng, image, w, h, waist, is_rear):
    high, wide = int(h * rng.uniform(0.06, 0.2)), int(w * rng.uniform(0.1, 0.24))
    y = waist + int(rng.uniform(0, 0.12) * h)
    colour = (30, 25, rng.uniform(90, 240)) if is_rear else _grey(rng, 120, 255)
    is_round = rng.random() < 0.3
    for x in (int(w * 0.03), int(w * 0.97) - wide):
        if is_round:
            cv2.ellipse(image, (x + wide // 2, y + high // 2), (wide // 2, high // 2), 0, 0, 360, colour, -1)
        else:
            cv2.rectangle(image, (x, y), (x + wide, y + high), colour, -1)
        for _ in range(rng.integers(0, 4)):
            spot = (int(x + rng.uniform(0.1, 0.9) * wide), int(y + rng.uniform(0.1, 0.9) * high))
            cv2.circle(image, spot, int(high * rng.uniform(0.1, 0.4)), _grey(rng, 150, 255), -1)


def _grille(rng, image, w, h, waist, paint):
    if rng.random() < 0.3:
        return
    y, high = waist + int(rng.uniform(0, 0.15) * h), int(h * rng.uniform(0.04, 0.22))
    x = int(w * rng.uniform(0.2, 0.35))
    cv2.rectangle(image, (x, y), (w - x, y + high), _grey(rng, 5, 70), -1)
    stripes(rng, image, x, y, w - 2 * x, high)
    if rng.random() < 0.6:
        cv2.circle(image, (w // 2, y + high // 2), int(high * rng.uniform(0.2, 0.6)), _grey(rng, 80, 255), rng.choice([-1, 2, 4]))


def _clutter_on(rng, image, w, h, waist):
    """Badges, stickers, model names, lettering of a firm, a step, a tow bar."""
    x, y = int(rng.uniform(0.05, 0.75) * w), int(rng.uniform(0.1, 0.85) * h)
    kind = rng.integers(4)
    if kind == 0:
        lettering(rng, image, x, y, int(w * rng.uniform(0.08, 0.5)))
    elif kind == 1:
        end = (x + int(w * rng.uniform(0.03, 0.25)), y + int(h * rng.uniform(0.02, 0.12)))
        cv2.rectangle(image, (x, y), end, _colour(rng), -1)
    elif kind == 2:
        stripes(rng, image, int(w * 0.1), y, int(w * 0.8), int(h * rng.uniform(0.03, 0.12)))
    else:
        cv2.ellipse(image, (x, y), (int(w * 0.04), int(w * 0.02)), 0, 0, 360, _grey(rng, 60, 255), -1)


def _mount(rng, image, w, h, waist, is_rear):
    """Screws a plate on, in its recess, with its lamp or its shadow."""
    face, rows = plate_face(rng)
    scale = METRE / 1000 * rng.uniform(0.92, 1.1)
    wide, high = int(face.shape[1] * scale), int(face.shape[0] * scale)
    face = cv2.resize(face, (wide, high), interpolation=cv2.INTER_AREA)
    x = (w - wide) // 2 + (int(rng.normal(0, 0.08) * w) if rng.random() < 0.3 else 0)
    low = waist if is_rear else int(0.6 * h)
    y = int(rng.uniform(low, 0.92 * h - high))
    x, y = int(np.clip(x, 2, w - wide - 2)), int(np.clip(y, 2, h - high - 2))
    if rng.random() < 0.5:
        left, top, right, bottom = (int(v) for v in rng.uniform(0.03, 0.6, 4) * high)
        cv2.rectangle(image, (x - left, y - top), (x + wide + right, y + high + bottom), _grey(rng, 10, 150), -1)
    if rng.random() < 0.3:
        lettering(rng, image, x, min(h - 12, y + high + 1), wide)
    image[y : y + high, x : x + wide] = face
    if rng.random() < 0.3:
        reach = int(high * rng.uniform(0.1, 0.7))
        part = image[max(0, y - 4) : y + reach, x : x + wide]
        part[:] = (part * rng.uniform(0.3, 0.8)).astype(np.uint8)
    # Pixel i covers i - 0.5 to i + 0.5, as cv2 sees it.
    corners = np.array([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)], np.float32) - 0.5
    return corners, rows


def turned(rng, w, h, scale, centre):
    """A homography that turns a flat picture in space and sets it at ``centre``, ``scale`` times as large."""
    yaw, pitch, roll = np.radians(rng.normal(0, (22, 14, 4)))
    yaw, pitch = np.clip(yaw, -1.0, 1.0), np.clip(pitch, -0.8, 0.8)
    cy, sy, cp, sp, cr, sr = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch), np.cos(roll), np.sin(roll)
    spin = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    turn = spin @ np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]]) @ np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    away = max(w, h) * rng.uniform(2, 6)
    flat = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float32)
    space = np.c_[flat - (w / 2, h / 2), np.zeros(4)] @ turn.T
    seen = space[:, :2] * (away / (away + space[:, 2:])) * scale + centre
    return cv2.getPerspectiveTransform(flat - 0.5, (seen - 0.5).astype(np.float32))


def paste(image, picture, mask, matrix):
    """Draws a flat picture through its homography over the scene."""
    size = (image.shape[1], image.shape[0])
    shrink = np.sqrt(abs(np.linalg.det(matrix[:2, :2])))
    if shrink < 0.6:
        picture = cv2.GaussianBlur(picture, (0, 0), 0.35 / shrink)
    drawn = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR)
    share = cv2.warpPerspective(mask, matrix, size, flags=cv2.INTER_LINEAR)[..., None].astype(np.float32) / 255
    image[:] = (image * (1 - share) + drawn * share).astype(np.uint8)


def scene(rng, photographs):
    """One picture and its plates.

    Returns ``(picture u8[400, 640, 3], corners f32[n, 4, 2], rows i64[n])``: the corners in pixels,
    upper left first and round by the right, as the plate is written; only plates that are whole.
    """
    image = ground(rng, photographs)
    found = []
    count = rng.choice([0, 1, 2, 3], p=[0.06, 0.6, 0.24, 0.1])
    for _ in range(count):
        is_bare = rng.random() < 0.18
        if is_bare:
            picture, rows = plate_face(rng)
            h, w = picture.shape[:2]
            mask = np.full((h, w), 255, np.uint8)
            corners = np.array([(0, 0), (w, 0), (w, h), (0, h)], np.float32) - 0.5
            plates, wide = [(corners, rows)], w
        else:
            picture, mask, plates = vehicle(rng)
            h, w = picture.shape[:2]
            wide = 0.4 * METRE
        aim = np.exp(rng.uniform(np.log(14), np.log(330)))
        scale = aim / wide
        centre = rng.uniform((0.1, 0.2), (0.9, 0.9)) * (WIDTH, HEIGHT)
        if plates and aim > 60:
            # Near vehicles fill the picture: their plate is what must lie within.
            middle = plates[0][0].mean(0) - (w / 2, h / 2)
            centre = rng.uniform((0.25, 0.25), (0.75, 0.8)) * (WIDTH, HEIGHT) - middle * scale
        matrix = turned(rng, w, h, scale, centre)
        paste(image, picture, mask, matrix)
        outline = cv2.perspectiveTransform(np.array([[(0, 0), (w, 0), (w, h), (0, h)]], np.float32), matrix)[0]
        found = [each for each in found if not _covers(outline, each[0])]
        for corners, rows in plates:
            found.append((cv2.perspectiveTransform(corners[None], matrix)[0], rows))
    found = [each for each in found if _is_whole(each[0])]
    image = _seen(rng, image)
    corners = np.array([c for c, _ in found], np.float32).reshape(-1, 4, 2)
    return image, corners, np.array([r for _, r in found], np.int64)


def _covers(outline, corners):
    hull = outline.astype(np.float32)
    points = [*corners, corners.mean(0)]
    return any(cv2.pointPolygonTest(hull, (float(x), float(y)), False) >= 0 for x, y in points)


def _is_whole(corners):
    inside = (corners >= -2).all() and (corners[:, 0] <= WIDTH + 2).all() and (corners[:, 1] <= HEIGHT + 2).all()
    return inside and np.linalg.norm(corners[0] - corners[3]) >= 3.5


def _seen(rng, image):
    """Light, weather and the camera: shadows, lamps, night, rain, blur, grain, the camera's clock."""
    out = image.astype(np.float32)
    for _ in range(rng.integers(0, 3)):
        points = rng.uniform(-0.2, 1.2, (rng.integers(3, 6), 2)) * (WIDTH, HEIGHT)
        shadow = np.zeros((HEIGHT, WIDTH), np.float32)
        cv2.fillConvexPoly(shadow, cv2.convexHull(points.astype(np.int32)), 1)
        out *= 1 - rng.uniform(0.1, 0.6) * shadow[..., None]
    light = rng.random()
    if light < 0.2:
        out *= rng.uniform(0.15, 0.6)
        for _ in range(rng.integers(1, 5)):
            glow = np.zeros((HEIGHT // 4, WIDTH // 4), np.float32)
            spot = (int(rng.uniform(0, WIDTH / 4)), int(rng.uniform(0, HEIGHT / 4)))
            cv2.circle(glow, spot, int(rng.uniform(2, 16)), 1, -1)
            glow = cv2.GaussianBlur(glow, (0, 0), rng.uniform(1, 14))
            out += rng.uniform(80, 320) * cv2.resize(glow, (WIDTH, HEIGHT))[..., None]
    elif light < 0.3:
        out = out * rng.uniform(0.4, 0.8) + rng.uniform(40, 150)
    if rng.random() < 0.1:
        for _ in range(rng.integers(50, 200)):
            x, y, long = int(rng.uniform(0, WIDTH)), int(rng.uniform(0, HEIGHT)), int(rng.integers(3, 16))
            cv2.line(out, (x, y), (x + long // 5, y + long), _grey(rng, 140, 255), 1)
    out = np.clip(out, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        clock = "".join(rng.choice(list(DIGITS), 4)) + "-" + "".join(rng.choice(list(DIGITS + LETTERS + " :/"), 14))
        where = (int(rng.uniform(4, 300)), int(rng.choice([rng.uniform(12, 30), rng.uniform(370, 395)])))
        size = rng.uniform(0.3, 0.8)
        cv2.putText(out, clock, where, cv2.FONT_HERSHEY_SIMPLEX, size, _grey(rng, 180, 255), 1 + int(size > 0.6), cv2.LINE_AA)
    return out
