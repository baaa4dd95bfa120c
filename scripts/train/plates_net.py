"""The network that finds plates: small, fully convolutional, four corners a plate.

Input ``grey`` f32[1, 1, height, width]: 0-1, sides in multiples of 32. Output ``cells``
f32[1, 10, height / 8, width / 8], for each cell of 8 x 8 pixels:

- 0: how surely the middle of a plate lies in the cell, 0-1;
- 1-8: its corners x0 y0 ... x3 y3 from the middle of the cell, upper left first and round by the
  right as the plate is written, in cells, each as ``asinh`` of it: near corners are exact and far
  ones right in proportion;
- 9: how surely its text stands in two rows, 0-1.
"""

import torch
from torch import nn

STRIDE = 8


def conv(inputs, outputs, size=3, stride=1, dilation=1):
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, dilation * (size // 2), dilation, bias=False),
        nn.BatchNorm2d(outputs, momentum=0.05),
        nn.ReLU(True),
    )


class Block(nn.Module):
    """A bottleneck beside a short cut."""

    def __init__(self, channels, dilation=1):
        super().__init__()
        half = channels // 2
        self.path = nn.Sequential(
            conv(channels, half, 1), conv(half, half, 3, 1, dilation), conv(half, channels, 1)
        )

    def forward(self, x):
        return x + self.path(x)


class PlateNet(nn.Module):
    def __init__(self, widths=(16, 24, 48, 64, 80)):
        super().__init__()
        a, b, c, d, e = widths
        self.near = nn.Sequential(conv(1, a, 3, 2), conv(a, b, 3, 2), conv(b, c, 3, 2), Block(c), Block(c))
        self.middle = nn.Sequential(conv(c, d, 3, 2), Block(d), Block(d))
        self.far = nn.Sequential(conv(d, e, 3, 2), Block(e), Block(e, 2), Block(e, 3))
        self.far_in = nn.Conv2d(e, d, 1)
        self.middle_in = nn.Conv2d(d, c, 1)
        self.join = conv(d, d, 1)
        self.head = nn.Sequential(conv(c, c), nn.Conv2d(c, 10, 1))
        # At first everything is background, so that the many empty cells do not drown the rest.
        nn.init.constant_(self.head[1].bias, 0)
        with torch.no_grad():
            self.head[1].bias[0] = -4.0

    def forward(self, x):
        near = self.near(x)
        middle = self.middle(near)
        far = self.far(middle)
        middle = self.join(middle + nn.functional.interpolate(self.far_in(far), scale_factor=2.0))
        near = near + nn.functional.interpolate(self.middle_in(middle), scale_factor=2.0)
        return self.head(near)


class Exported(nn.Module):
    """As the daemon runs it: shares instead of logits."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, grey):
        out = self.net(grey * 2 - 1)
        return torch.cat([out[:, :1].sigmoid(), out[:, 1:9], out[:, 9:].sigmoid()], 1)
