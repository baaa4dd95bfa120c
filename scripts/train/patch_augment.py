"""What weather, light, lenses and people do to a patch, done at random to canvases.

Every function takes and gives colours 0–1 as f32[n, c, h, w]; chance comes from torch's generator.
"""

import math

import torch
import torch.nn.functional as F

from patch_extract import CANVAS_SIZE, DEVIATION_MIN, SIZE


def uniform(n, low, high):
    """One number a sample, shaped to multiply colours."""
    return torch.rand(n, 1, 1, 1) * (high - low) + low


def some(n, share):
    """True for a random share of the samples, shaped to choose colours."""
    return torch.rand(n, 1, 1, 1) < share


def standardise(rgb, mask):
    """The network's input f32[n, 4, 64, 64] of colours 0–1 and a mask 0–1; see patch_extract.py."""
    mean = rgb.mean((1, 2, 3), keepdim=True)
    deviation = rgb.std((1, 2, 3), unbiased=False, keepdim=True).clamp_min(DEVIATION_MIN)
    return torch.cat([(rgb - mean) / deviation, (mask > 0.5).float() * 2 - 1], 1)


def turns(n):
    """Random affine maps f32[n, 2, 3] from the network's view to the canvas: turned, mirrored, moved, stretched."""
    # Mostly a little; sometimes anything, because straight-down cameras know no up.
    angle = torch.where(torch.rand(n) < 0.25, torch.rand(n) * 2 * math.pi, (torch.rand(n) * 2 - 1) * 0.3)
    scale = SIZE / CANVAS_SIZE * torch.exp((torch.rand(n) * 2 - 1) * 0.2)
    stretch = torch.exp((torch.rand(n) * 2 - 1) * 0.2)
    shear = (torch.rand(n) * 2 - 1) * 0.2
    mirror = (torch.rand(n) < 0.5).float() * 2 - 1
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    x = torch.stack([cos * mirror * stretch, -sin / stretch + shear * scale, (torch.rand(n) * 2 - 1) * 0.08], 1)
    y = torch.stack([sin * mirror * stretch, cos / stretch, (torch.rand(n) * 2 - 1) * 0.08], 1)
    return torch.stack([x, y], 1)


def shaken(maps):
    """The same maps a little off: between two pictures a mast sways, and over weeks a camera sinks by some pixels."""
    far = torch.where(torch.rand(len(maps), 1) < 0.5, torch.tensor(0.15), torch.tensor(0.03))
    off = (torch.rand(len(maps), 2) * 2 - 1) * far
    turned = maps * (1 + (torch.rand(len(maps), 2, 3) * 2 - 1) * 0.03)
    return torch.cat([turned[:, :, :2], turned[:, :, 2:] + off[:, :, None]], 2)


def warp(canvas, maps):
    """Canvases seen through the maps: f32[n, c, 64, 64]."""
    grid = F.affine_grid(maps, (len(canvas), canvas.shape[1], SIZE, SIZE), align_corners=False)
    return F.grid_sample(canvas, grid, padding_mode="border", align_corners=False)


def shapes(n, sharp_low, sharp_high):
    """Soft-edged half planes or stripes or blotches, 0–1: f32[n, 1, 64, 64]."""
    line = torch.linspace(-1, 1, SIZE)
    y, x = torch.meshgrid(line, line, indexing="ij")
    angle = uniform(n, 0, 2 * math.pi)
    along = x * torch.cos(angle) + y * torch.sin(angle) - uniform(n, -0.8, 0.8)
    plane = torch.sigmoid(along * uniform(n, sharp_low, sharp_high))
    stripe = torch.sigmoid((uniform(n, 0.05, 0.4) - along.abs()) * uniform(n, sharp_low, sharp_high))
    noise = F.interpolate(torch.rand(n, 1, 7, 7), size=SIZE, mode="bicubic", align_corners=False)
    blotch = torch.sigmoid((noise - uniform(n, 0.4, 0.7)) * uniform(n, 10, 40))
    kind = torch.rand(n, 1, 1, 1)
    return torch.where(kind < 0.45, plane, torch.where(kind < 0.7, stripe, blotch))


def light(rgb):
    """Shadows with hard and soft edges, a slope of brightness, sun or lamp spots."""
    n = len(rgb)
    shadow = shapes(n, 8, 60) * uniform(n, 0.15, 0.75) * some(n, 0.3)
    rgb = rgb * (1 - shadow)
    slope = shapes(n, 0.5, 2.5) * uniform(n, -0.5, 0.6) * some(n, 0.3)
    rgb = rgb * (1 - slope)
    glow = shapes(n, 4, 30) * uniform(n, 0.05, 0.4) * some(n, 0.12)
    return rgb + glow


def weather(rgb):
    """Snow or wet patches on everything, fog, falling flakes."""
    n = len(rgb)
    ground = shapes(n, 4, 40) * uniform(n, 0.3, 0.9) * some(n, 0.06)
    rgb = rgb * (1 - ground) + ground * uniform(n, 0.6, 0.95)
    fog = uniform(n, 0, 0.6) * some(n, 0.1)
    rgb = rgb * (1 - fog) + fog * uniform(n, 0.4, 0.9)
    flakes = (torch.rand(n, 1, SIZE, SIZE) < 0.01).float() * some(n, 0.05)
    flakes = F.max_pool2d(flakes, 2, 1, 1)[:, :, :SIZE, :SIZE] * uniform(n, 0.2, 0.8)
    return rgb * (1 - flakes) + flakes


def camera(rgb):
    """Exposure, colour, blur, few pixels, noise."""
    n = len(rgb)
    rgb = rgb.clamp(1e-3, 1) ** torch.exp(uniform(n, -0.7, 0.7))
    rgb = rgb * (1 + (torch.rand(n, 3, 1, 1) * 2 - 1) * 0.12) * torch.exp(uniform(n, -0.5, 0.25))
    grey = rgb.mean(1, keepdim=True)
    fade = torch.where(some(n, 0.4), uniform(n, -0.3, 1.0), torch.zeros(n, 1, 1, 1)).clamp(-0.3, 1)
    fade = torch.where(some(n, 0.08), torch.ones(n, 1, 1, 1), fade)
    rgb = (rgb * (1 - fade) + grey * fade).clamp(0, 1)
    blurred = F.avg_pool2d(F.pad(rgb, (1, 1, 1, 1), mode="replicate"), 3, 1)
    rgb = torch.where(some(n, 0.3), blurred, rgb)
    few = int(torch.randint(14, 40, ()))
    coarse = F.interpolate(F.interpolate(rgb, size=few, mode="area"), size=SIZE, mode="bilinear", align_corners=False)
    rgb = torch.where(some(n, 0.25), coarse, rgb)
    strength = uniform(n, 0, 0.05) ** 2 * 20 * some(n, 0.7)
    grain = torch.randn_like(rgb)
    lumps = F.interpolate(torch.randn(n, 3, SIZE // 2, SIZE // 2), size=SIZE, mode="bilinear", align_corners=False)
    return (rgb + torch.where(some(n, 0.5), grain, lumps) * strength).clamp(0, 1)


def in_the_way(rgb):
    """A post, a branch or a passer-by before the lens: a thin or small block of one colour."""
    n = len(rgb)
    line = torch.linspace(0, 1, SIZE).view(1, 1, 1, SIZE)
    wide, tall = uniform(n, 0.03, 0.22), uniform(n, 0.1, 1.0)
    x = (line - uniform(n, 0, 1)).abs() < wide / 2
    y = (line.transpose(2, 3) - uniform(n, 0, 1)).abs() < tall / 2
    block = x & y & some(n, 0.12)
    return torch.where(block, torch.rand(n, 3, 1, 1).expand_as(rgb), rgb)


def clutter(now, empty, mask, occupied):
    """Things that were always there, drawn into both pictures: (now, empty), f32[n, 3, 64, 64] each.

    Bushes, kerbs, stains and paint are pieces of other vacant places or blotches, and all ground is worn. Where a vehicle
    stands it hides them, so inside an occupied space only the empty picture shows them.
    """
    n = len(now)
    vacant = torch.nonzero(occupied < 0.5).view(-1)
    pieces = warp(empty[vacant[torch.randint(len(vacant), (n,))]], turns(n)) if len(vacant) else empty.flip(0)
    tint = uniform(n, 0.05, 0.9) + (torch.rand(n, 3, 1, 1) - 0.5) * uniform(n, 0, 0.4)
    speckle = tint + (clouds(n) - 0.5) * uniform(n, 0.0, 1.2)
    what = torch.where(some(n, 0.5), pieces, speckle).clamp(0, 1)
    where = shapes(n, 8, 60) * uniform(n, 0.4, 1.0) * some(n, 0.35)
    wider = F.interpolate(F.max_pool2d(mask, 8), size=SIZE)
    hidden = (occupied.view(-1, 1, 1, 1) > 0.5) * wider
    shown = where * (1 - hidden)
    worn = 1 + (clouds(n) - 0.5) * uniform(n, 0.2, 1.6) * some(n, 0.5)
    now = now * (1 - shown) + what * shown
    empty = empty * (1 - where) + what * where
    return (now * torch.where(hidden > 0, torch.ones(1), worn)).clamp(0, 1), (empty * worn).clamp(0, 1)


def clouds(n):
    """Blotches of every size, about 0.5: f32[n, 1, 64, 64]."""
    sizes = [int(torch.randint(low, high, ())) for low, high in ((2, 6), (6, 14), (14, 33))]
    parts = [
        F.interpolate(torch.rand(n, 1, size, size), size=SIZE, mode="bilinear", align_corners=False) for size in sizes
    ]
    weights = torch.rand(3, n, 1, 1, 1) + 0.1
    return (weights[0] * parts[0] + weights[1] * parts[1] + weights[2] * parts[2]) / weights.sum(0)


def photographed(rgb):
    """Colours 0–1 under some light, in some weather, through some camera."""
    return camera(in_the_way(weather(light(rgb))))


def pair_seen(canvas, other, known, occupied):
    """The network's two inputs from two canvases u8[n, 4, 80, 80] of each place.

    `known` bool[n] says where the second one serves as reference; `occupied` f32[n] is the label.
    """
    maps = turns(len(canvas))
    view = warp(canvas.float() / 255, maps)
    empty = warp(other[:, :3].float() / 255, shaken(maps))
    mask = view[:, 3:]
    now, empty = clutter(view[:, :3], empty, mask, occupied)
    reference = torch.zeros(len(canvas), 4, SIZE, SIZE)
    if known.any():
        reference[known] = standardise(photographed(empty[known]), mask[known])
    return standardise(photographed(now), mask), reference
