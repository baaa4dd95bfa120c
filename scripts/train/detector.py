"""Trains the vehicle detector that ships: `edge/models/gatehouse-vehicles.onnx`.

    python3 scripts/train/detector.py --scenes DIR [DIR...] --data DIR --labels FILE \\
        --work DIR --minutes 45 [--leave-out-pklot]

Progress is kept in `--work` every two minutes; run the same command again to go on. Time is the
process's own CPU time, so that a busy machine trains as long as an idle one. See README.md.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import torch

from detector_data import Mixture, rendered_scenes
from detector_loss import loss_of
from detector_mall import mall_scenes
from detector_measure import measure
from detector_net import VehicleNet, grid_of
from detector_real import checked_scenes, empty_scenes, moving_scenes

WIDTH, HEIGHT, BATCH = 416, 256, 8
RATE, DECAY, WARM_SHARE = 3e-3, 0.03, 0.03
EVERY_S = 120
HELD_OUT = 0.04


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenes", nargs="+", required=True, help="folders of render-scenes")
    parser.add_argument("--data", help="the test data's folder `data/vision`")
    parser.add_argument("--labels", help="what label-pictures.ts said of parking/pklot_ufpr05")
    parser.add_argument("--work", required=True, help="where progress is kept")
    parser.add_argument("--minutes", type=float, required=True, help="of CPU time, in all")
    parser.add_argument("--leave-out-pklot", action="store_true", help="to measure on it honestly")
    parser.add_argument("--start-from", help="a progress.pt whose weights to begin with")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def material(args):
    """Groups of scenes with their shares, and rendered scenes that are kept for measuring."""
    train, held = [], []
    for folder in args.scenes:
        scenes = rendered_scenes(folder)
        last = len(scenes) - int(len(scenes) * HELD_OUT)
        train += scenes[:last]
        held += scenes[last:]
    groups = [
        ([s for s in train if len(s.boxes) > 0], 0.74),
        ([s for s in train if len(s.boxes) == 0], 0.06),
    ]
    if args.data is not None:
        data, work = Path(args.data), Path(args.work)
        video = moving_scenes(data / "video/intel_car-detection.mp4", work / "video")
        groups.append(([s for s in video if len(s.boxes) > 0], 0.03))
        groups.append((mall_scenes(data / "crops/mall_aerial", work / "mall"), 0.04))
        if not args.leave_out_pklot:
            pklot = checked_scenes(args.labels, data / "parking/pklot_ufpr05")
            groups.append(([s for s in pklot if len(s.boxes) > 0], 0.09))
            groups.append((empty_scenes(data / "parking/pklot_ufpr05_empty"), 0.04))
    return groups, held


class Progress:
    """Network, running mean of its weights, optimiser, and the CPU time spent so far."""

    def __init__(self, args):
        torch.manual_seed(args.seed)
        self.file = Path(args.work) / "progress.pt"
        self.saw_pklot = args.data is not None and not args.leave_out_pklot
        self.net = VehicleNet().to(memory_format=torch.channels_last)
        self.mean = copy.deepcopy(self.net).eval()
        decayed = [p for p in self.net.parameters() if p.ndim > 1]
        plain = [p for p in self.net.parameters() if p.ndim <= 1]
        self.optimiser = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": DECAY}, {"params": plain, "weight_decay": 0.0}],
            lr=args.rate,
        )
        self.steps, self.spent_s = 0, 0.0
        if self.file.exists():
            kept = torch.load(self.file)
            self.net.load_state_dict(kept["net"])
            self.mean.load_state_dict(kept["mean"])
            self.optimiser.load_state_dict(kept["optimiser"])
            self.steps, self.spent_s = kept["steps"], kept["spent_s"]
        elif args.start_from is not None:
            begun = torch.load(args.start_from)["mean"]
            self.net.load_state_dict(begun)
            self.mean.load_state_dict(begun)

    def keep(self):
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part = self.file.with_suffix(".part")
        torch.save(
            {
                "net": self.net.state_dict(),
                "mean": self.mean.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "steps": self.steps,
                "spent_s": self.spent_s,
                "pklot": self.saw_pklot,
            },
            part,
        )
        part.rename(self.file)

    def follow(self):
        """Moves the running mean a little towards the present weights."""
        self.steps += 1
        keep = min(0.999, self.steps / (self.steps + 10))
        with torch.no_grad():
            for mean, now in zip(self.mean.state_dict().values(), self.net.state_dict().values()):
                if mean.dtype.is_floating_point:
                    mean.mul_(keep).add_(now, alpha=1 - keep)
                else:
                    mean.copy_(now)


def rate_at(share, top):
    """Up at first, then down along a cosine. `share` 0-1 of the time spent."""
    if share < WARM_SHARE:
        return top * (share / WARM_SHARE + 0.01)
    return top * (0.02 + 0.98 * (1 + math.cos(math.pi * min(1.0, share))) / 2)


def step(progress, mixture, grid, rate):
    """One batch. Returns the parts of its cost."""
    for group in progress.optimiser.param_groups:
        group["lr"] = rate
    views, targets = mixture.batch(BATCH, WIDTH, HEIGHT)
    images = torch.from_numpy(views).permute(0, 3, 1, 2).float()
    images = images.contiguous(memory_format=torch.channels_last)
    wanted = [tuple(torch.from_numpy(part) for part in target) for target in targets]
    progress.net.train()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rows = progress.net(images)
    cost, parts = loss_of(rows.float(), wanted, grid)
    progress.optimiser.zero_grad(set_to_none=True)
    cost.backward()
    torch.nn.utils.clip_grad_norm_(progress.net.parameters(), 10.0)
    progress.optimiser.step()
    progress.follow()
    return parts


def main():
    args = arguments()
    torch.set_num_threads(args.threads)
    Path(args.work).mkdir(parents=True, exist_ok=True)
    groups, held = material(args)
    print("scenes", [(len(scenes), share) for scenes, share in groups], "held", len(held), flush=True)
    progress = Progress(args)
    mixture = Mixture(groups, args.seed + progress.steps)
    grid = grid_of(WIDTH, HEIGHT)
    begun, before = time.process_time(), progress.spent_s
    kept_at, sums, count = before, [0.0, 0.0, 0.0], 0
    while progress.spent_s < args.minutes * 60:
        parts = step(progress, mixture, grid, rate_at(progress.spent_s / (args.minutes * 60), args.rate))
        sums = [a + b for a, b in zip(sums, parts)]
        count += 1
        progress.spent_s = before + time.process_time() - begun
        if progress.spent_s - kept_at > EVERY_S:
            kept_at = progress.spent_s
            progress.keep()
            costs = [round(each / count, 3) for each in sums]
            print(f"{progress.spent_s / 60:.1f} min, {progress.steps} steps, cost {costs}", flush=True)
            sums, count = [0.0, 0.0, 0.0], 0
    progress.keep()
    print(json.dumps(measure(progress.mean, held)))


if __name__ == "__main__":
    main()
