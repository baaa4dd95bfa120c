"""Trains the network on canvases, two looks at a place at a time."""

import time

import numpy as np
import torch
import torch.nn.functional as F

from patch_augment import pair_seen
from patch_net import PatchNet

# Without an empty picture the network must also stand alone.
ALONE = 0.3
# A reference that is not empty after all: a car stood there, or stands there still.
SPOILT = 0.04
SMOOTHING = 0.02


class Pairs:
    """Draws batches: a canvas, its label, and another canvas of the same place as its reference."""

    def __init__(self, canvases, seed):
        self.canvases = canvases
        self.chance = np.random.default_rng(seed)
        occupied = canvases.occupied.astype(bool)
        # Both answers come up equally often, whatever the sets hold.
        weight = canvases.weight.astype(np.float64)
        weight[occupied] *= 0.5 / weight[occupied].sum()
        weight[~occupied] *= 0.5 / weight[~occupied].sum()
        self.ends = np.cumsum(weight)
        self.here, self.vacant = {}, {}
        for number, place in enumerate(canvases.place.tolist()):
            self.here.setdefault(place, []).append(number)
            if not occupied[number]:
                self.vacant.setdefault(place, []).append(number)

    def reference_of(self, number):
        """Another canvas of the place, nearly always a vacant one; -1 where there is none."""
        place = int(self.canvases.place[number])
        pool = self.here[place] if self.chance.random() < SPOILT else self.vacant.get(place, [])
        if not pool:
            return -1
        other = pool[self.chance.integers(len(pool))]
        return other if other != number else -1

    def draw(self, size):
        """(canvas u8[n, 4, 80, 80], reference likewise, known bool[n], occupied f32[n])."""
        numbers = np.searchsorted(self.ends, self.chance.random(size) * self.ends[-1])
        others = np.array([self.reference_of(number) for number in numbers])
        known = (others >= 0) & (self.chance.random(size) >= ALONE)
        canvas = self.canvases.canvas
        return (
            torch.from_numpy(canvas[numbers]),
            torch.from_numpy(canvas[np.where(known, others, numbers)]),
            torch.from_numpy(known),
            torch.from_numpy(self.canvases.occupied[numbers].astype(np.float32)),
        )


def train(canvases, minutes, batch=48, rate=2.5e-3, seed=0, start=None):
    """A network trained for about so many minutes; `start` is a network to go on from."""
    torch.manual_seed(seed)
    pairs, net = Pairs(canvases, seed), start or PatchNet()
    # Channels last is half as fast again on a processor.
    net = net.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), rate, weight_decay=0.02)
    net.train()
    begin, step, loss_sum, said = time.time(), 0, 0.0, 0
    while (done := (time.time() - begin) / (minutes * 60)) < 1:
        # Warm up over a tenth, then a cosine down to nothing, by the clock.
        now = done / 0.1 if done < 0.1 else 0.5 * (1 + np.cos(np.pi * (done - 0.1) / 0.9))
        for group in optimiser.param_groups:
            group["lr"] = rate * max(now, 0.01)
        canvas, other, known, occupied = pairs.draw(batch)
        patch, reference = pair_seen(canvas, other, known, occupied)
        loss = F.binary_cross_entropy_with_logits(
            net(last(patch), last(reference)).squeeze(1), occupied * (1 - 2 * SMOOTHING) + SMOOTHING
        )
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        step, loss_sum = step + 1, loss_sum + loss.item()
        if int(done * 10) > said:
            said = int(done * 10)
            print(f"{said * 10} %: loss {loss_sum / step:.4f} over {step} steps", flush=True)
            loss_sum, step = 0.0, 0
    return net.eval()


def last(pictures):
    """The same numbers, stored pixel by pixel."""
    return pictures.contiguous(memory_format=torch.channels_last)
