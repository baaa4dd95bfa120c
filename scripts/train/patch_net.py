"""The network: it looks at a space's patch, beside the same space's empty patch where one is known."""

import torch
from torch import nn

# Where the empty picture is known a vehicle stands out clearly, and new light on old ground is the
# commoner mistake. Found on the camera left out of training, where 2 to 3 serve alike.
CAUTION = 2.5


def block(inputs, outputs, stride=1):
    """A 3 × 3 convolution with batch norm and ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(True)
    )


class PatchNet(nn.Module):
    """patch and reference f32[n, 4, 64, 64] -> logit f32[n, 1]; above 0 means occupied.

    A reference of zeros means that no empty picture is known. Both pictures pass the same first
    layers; what follows sees the present and the difference, so that what was always there
    (a bush, a kerb, a stain) need not be known to be ignored.
    """

    def __init__(self):
        super().__init__()
        self.eye = nn.Sequential(block(4, 16, 2), block(16, 32, 2), block(32, 48))
        self.mind = nn.Sequential(block(97, 80, 2), block(80, 96), block(96, 128, 2))
        self.word = nn.Sequential(nn.Dropout(0.3), nn.Linear(256, 1))

    def forward(self, patch, reference):
        known = reference.abs().amax((1, 2, 3), keepdim=True).sign()
        now, empty = self.eye(patch), self.eye(reference)
        seen = self.mind(torch.cat([now, (now - empty) * known, known.expand(-1, 1, 16, 16)], 1))
        return self.word(torch.cat([seen.mean((2, 3)), seen.amax((2, 3))], 1))


class Cautious(nn.Module):
    """The trained network as it ships: with a reference it says "occupied" only when it is sure."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, patch, reference):
        known = reference.abs().amax((1, 2, 3)).sign().unsqueeze(1)
        return self.net(patch, reference) - CAUTION * known
