"""The network that lays a quadrilateral exactly on a plate that was found roughly.

Input ``crop`` f32[n, 1, 64, 128]: 0-1, the rough quadrilateral and its surroundings (`AROUND`) as if
one stood right before it. Output ``fit`` f32[n, 9]:

- 0-7: the corners x0 y0 ... x3 y3 in shares of the crop's width and height, upper left first and
  round by the right as the plate is written;
- 8: how surely there is a plate at all, 0-1.
"""

import torch
from torch import nn

from plates_net import Block, conv

WIDTH, HEIGHT = 128, 64
# How much is seen beside the rough quadrilateral, at either side, in shares of its width and height.
AROUND = (0.35, 0.6)


class FitNet(nn.Module):
    """Where each corner is, as the middle of a heat map (Nibali et al., 2018, DSNT)."""

    def __init__(self, widths=(16, 32, 48, 64)):
        super().__init__()
        a, b, c, d = widths
        self.near = nn.Sequential(conv(1, a, 3, 2), conv(a, b), conv(b, c, 3, 2), Block(c), Block(c))
        self.far = nn.Sequential(conv(c, d, 3, 2), Block(d), Block(d, 2), Block(d, 4), Block(d))
        self.far_in = nn.Conv2d(d, c, 1)
        self.head = nn.Sequential(Block(c), conv(c, c), nn.Conv2d(c, 4, 1))
        self.is_plate = nn.Linear(d, 1)

    def forward(self, crop):
        """Corners f32[n, 4, 2] in shares of the crop, and a logit f32[n] for "there is one"."""
        mean = crop.mean((2, 3), keepdim=True)
        spread = (crop - mean).pow(2).mean((2, 3), keepdim=True).sqrt()
        near = self.near((crop - mean) / (spread + 0.03))
        far = self.far(near)
        joined = near + nn.functional.interpolate(self.far_in(far), scale_factor=2.0)
        # The heat is summed up in full precision, whatever the rest is computed in.
        heat = self.head(joined).float().flatten(2).softmax(2)
        rows, columns = HEIGHT // 4, WIDTH // 4
        heat = heat.view(-1, 4, rows, columns)
        x = (torch.arange(columns, device=crop.device) + 0.5) / columns
        y = (torch.arange(rows, device=crop.device) + 0.5) / rows
        corners = torch.stack([(heat.sum(2) * x).sum(2), (heat.sum(3) * y).sum(2)], 2)
        return corners, self.is_plate(far.mean((2, 3))).float()[:, 0]


class Exported(nn.Module):
    """As the daemon runs it: one row a crop."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, crop):
        corners, logit = self.net(crop)
        return torch.cat([corners.flatten(1), logit.sigmoid()[:, None]], 1)
