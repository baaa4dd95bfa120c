"""Trains, measures and writes the occupancy patch classifier that ships (`edge/models/occupancy-patch.onnx`).

First a network learns from rendered scenes and the road video. From there it goes on without one
of the clean cameras or the other, to see what it is worth on a camera it has never met; the one
that ships goes on with all of them. Sets without a licence are measured on, never trained on.

    python3 scripts/train/patch.py --data DIR --scenes DIR... --painted DIR --out edge/models

Needs Debian's python3-torch, python3-opencv and python3-onnx, and about an hour on one core.
The scenes come from our renderer:

    node firmware-sim/bin/render-scenes.mjs --out DIR --count 3000 --seed 1001
    node firmware-sim/bin/render-scenes.mjs --out DIR --count 1400 --seed 2001 --kind street --per-view 2
    node firmware-sim/bin/render-scenes.mjs --out DIR --count 300 --seed 4001 --background .../pklot_ufpr05_empty
"""

import argparse
import copy
import json
import shlex
import sys
from pathlib import Path

import torch

from patch_data import (
    camera_canvases,
    camera_patches,
    crop_canvases,
    crop_patches,
    join,
    references_for,
    scene_canvases,
    video_canvases,
)
from patch_export import card_of, export
from patch_measure import measure
from patch_net import Cautious
from patch_train import train

# What each set's canvases weigh together; `painted` are drawn vehicles on photographs of UFPR05.
SHARES = {"scenes": 1.3, "video": 0.15, "mall": 0.3, "ufpr05": 0.7, "painted": 0.4}
# So many different pictures of an empty lot each serve as the one empty picture.
EMPTIES = 4


def main():
    """Reads the arguments and does all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the test data: parking/, crops/, video/")
    parser.add_argument("--scenes", type=Path, required=True, nargs="+", help="folders of rendered scenes")
    parser.add_argument("--painted", type=Path, required=True, help="vehicles rendered on UFPR05's empty pictures")
    parser.add_argument("--out", type=Path, required=True, help="where the ONNX file and its card go")
    parser.add_argument("--base-minutes", type=float, default=15, help="on scenes and video")
    parser.add_argument("--minutes", type=float, default=12, help="for each of the three networks after that")
    parser.add_argument("--threads", type=int, default=1, help="more are slower where others work too")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    material, sets = material_of(options), sets_of(options.data)

    def learn(names, minutes, seed, start=None):
        some = join([(material[name], SHARES[name]) for name in names])
        return train(some, minutes, seed=seed, start=copy.deepcopy(start))

    base = learn(["scenes", "video"], options.base_minutes, 0)
    without_ufpr05 = learn(["scenes", "video", "mall"], options.minutes, 1, base)
    without_mall = learn(["scenes", "video", "ufpr05", "painted"], options.minutes, 2, base)
    shipped = learn(list(SHARES), options.minutes, 3, without_ufpr05)

    figures = {
        "trained without ufpr05": measure(Cautious(without_ufpr05), sets),
        "trained without mall": measure(Cautious(without_mall), sets),
        "as shipped": measure(Cautious(shipped), sets),
    }
    write(Cautious(shipped), options.out, figures, "python3 scripts/train/patch.py " + shlex.join(sys.argv[1:]))


def write(net, out, figures, made_by):
    """The ONNX file and its card."""
    path = out / "occupancy-patch.onnx"
    card = card_of(path.name, export(net, path), figures, made_by)
    path.with_suffix(".json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")


def material_of(options):
    """The canvases to train on, by set: only clearly licensed pictures and our own scenes."""
    parking = options.data / "parking"
    rendered = [scene_canvases(folder) for folder in options.scenes]
    return {
        "scenes": join([(part, len(part.place)) for part in rendered]),
        "painted": scene_canvases(options.painted),
        "video": video_canvases(options.data / "video" / "intel_car-detection.mp4", 1200),
        "ufpr05": camera_canvases([parking / "pklot_ufpr05", parking / "pklot_ufpr05_empty"]),
        "mall": crop_canvases(options.data / "crops" / "mall_aerial", 2000),
    }


def sets_of(data):
    """The sets to measure on, with what the same spaces look like empty where that is known."""
    parking = data / "parking"
    lot, empty = parking / "pklot_ufpr05", parking / "pklot_ufpr05_empty"
    return {
        "pklot_ufpr05": (camera_patches(lot), references_for(lot, empty, EMPTIES)),
        "pklot_ufpr05_empty": (camera_patches(empty), references_for(empty, empty, EMPTIES)),
        "mall_aerial": (crop_patches(data / "crops" / "mall_aerial"), None),
        "smartlot_nethken": (camera_patches(parking / "smartlot_nethken"), None),
        "carpark_topdown": (camera_patches(parking / "carpark_topdown"), None),
    }


if __name__ == "__main__":
    main()
