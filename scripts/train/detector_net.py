"""The network of the vehicle detector: small, anchor-free, read as the YOLOX family.

Input ``images`` f32[1, 3, height, width]: blue, green, red, 0-255, as the family asks for; the
network scales them itself. Output ``output`` f32[1, cells, 5 + classes]: for each cell of three
grids (strides 8, 16, 32; row by row) the centre relative to the cell, the logarithm of the size in
strides, "is a vehicle", and the classes, the last two as probabilities.
"""

import torch
from torch import nn

STRIDES = (8, 16, 32)
CLASSES = ("car", "truck", "bus", "motorcycle", "van", "bicycle")

# The network is run at this width and height; pictures of cameras are wider than high.
WIDTH, HEIGHT = 512, 320


def conv(inputs, outputs, size=3, stride=1):
    """Convolution, batch norm, ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.03),
        nn.ReLU(True),
    )


class Block(nn.Module):
    """A bottleneck beside a short cut."""

    def __init__(self, channels):
        super().__init__()
        self.path = nn.Sequential(
            conv(channels, channels // 2, 1), conv(channels // 2, channels)
        )

    def forward(self, x):
        return x + self.path(x)


class Stage(nn.Sequential):
    """Half the size, then ``blocks`` blocks."""

    def __init__(self, inputs, outputs, blocks):
        super().__init__(
            conv(inputs, outputs, 3, 2), *[Block(outputs) for _ in range(blocks)]
        )


class Head(nn.Module):
    """Two paths to one level's numbers: what it is, and where."""

    def __init__(self, channels, classes):
        super().__init__()
        self.kind_path = conv(channels, channels)
        self.place_path = conv(channels, channels)
        self.kind = nn.Conv2d(channels, classes, 1)
        self.place = nn.Conv2d(channels, 4, 1)
        self.present = nn.Conv2d(channels, 1, 1)
        # At first everything is background, so that the many empty cells do not drown the rest.
        nn.init.constant_(self.kind.bias, -2.0)
        nn.init.constant_(self.present.bias, -4.6)

    def forward(self, x):
        place = self.place_path(x)
        return torch.cat(
            [self.place(place), self.present(place), self.kind(self.kind_path(x))], 1
        )


class VehicleNet(nn.Module):
    """f32[n, 3, height, width], sides divisible by 32 -> logits f32[n, cells, 5 + classes]."""

    def __init__(self, classes=len(CLASSES), neck=48):
        super().__init__()
        self.stem = conv(3, 16, 3, 2)
        self.stage4 = Stage(16, 32, 1)
        self.stage8 = Stage(32, 64, 2)
        self.stage16 = Stage(64, 96, 2)
        self.stage32 = Stage(96, 128, 2)
        self.side8, self.side16, self.side32 = (
            conv(channels, neck, 1) for channels in (64, 96, 128)
        )
        self.join8, self.join16, self.join32 = (conv(neck, neck) for _ in range(3))
        self.heads = nn.ModuleList(Head(neck, classes) for _ in STRIDES)

    def forward(self, images):
        x8 = self.stage8(self.stage4(self.stem((images - 114.0) / 58.0)))
        x16 = self.stage16(x8)
        x32 = self.stage32(x16)
        p32 = self.join32(self.side32(x32))
        p16 = self.join16(self.side16(x16) + twice(p32))
        p8 = self.join8(self.side8(x8) + twice(p16))
        levels = [head(p) for head, p in zip(self.heads, (p8, p16, p32))]
        return torch.cat([level.flatten(2).transpose(1, 2) for level in levels], 1)


class Exported(nn.Module):
    """The network as it ships: probabilities instead of logits."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, images):
        rows = self.net(images)
        return torch.cat([rows[..., :4], rows[..., 4:].sigmoid()], -1)


def twice(x):
    """Each pixel four times."""
    return nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")


def grid_of(width, height):
    """(x, y, stride) f32[cells] of every cell, in the order of the output's rows."""
    parts = []
    for stride in STRIDES:
        y, x = torch.meshgrid(
            torch.arange(height // stride), torch.arange(width // stride), indexing="ij"
        )
        parts.append(
            torch.stack([x.flatten(), y.flatten(), torch.full((x.numel(),), stride)], 1).float()
        )
    return torch.cat(parts).unbind(1)


def boxes_of(rows, grid):
    """Boxes f32[..., cells, 4] (x1, y1, x2, y2 in pixels) of rows of the output."""
    x, y, stride = grid
    centre_x, centre_y = (rows[..., 0] + x) * stride, (rows[..., 1] + y) * stride
    half = rows[..., 2:4].clamp(max=8).exp() * stride[:, None] / 2
    return torch.stack(
        [
            centre_x - half[..., 0],
            centre_y - half[..., 1],
            centre_x + half[..., 0],
            centre_y + half[..., 1],
        ],
        -1,
    )
