"""Trains, measures and writes the occupancy patch classifier that ships (`edge/models/occupancy-patch.onnx`).

First a network learns from rendered scenes and the road video. From there it goes on three times:
with every clean camera (this one ships), and with one camera left out, to see what it is worth on
a camera it has never met. Sets without a licence are measured on, never trained on or chosen by.

    python3 scripts/train/patch.py --data DIR --scenes DIR --out edge/models

Needs Debian's python3-torch, python3-opencv and python3-onnx, and about half an hour on one core
for the canvases and the minutes below. Scenes come from firmware-sim/bin/render-scenes.mjs.
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
    scene_canvases,
    video_canvases,
)
from patch_export import card_of, export
from patch_measure import measure
from patch_train import train

# What each set's canvases weigh together.
SHARES = {"scenes": 1.0, "video": 0.15, "ufpr05": 0.7, "mall": 0.3}


def main():
    """Reads the arguments and does all of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the test data: parking/, crops/, video/")
    parser.add_argument("--scenes", type=Path, required=True, nargs="+", help="folders of rendered scenes")
    parser.add_argument("--out", type=Path, required=True, help="where the ONNX file and its card go")
    parser.add_argument("--base-minutes", type=float, default=15, help="on scenes and video")
    parser.add_argument("--minutes", type=float, default=8, help="on the cameras, for each of the three networks")
    parser.add_argument("--threads", type=int, default=1, help="more are slower where others work too")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    made = "python3 scripts/train/patch.py " + shlex.join(sys.argv[1:])

    material = material_of(options.data, options.scenes)
    sets = sets_of(options.data)
    base = train(chosen(material, ["scenes", "video"]), options.base_minutes, seed=options.seed)
    figures = {}
    for left_out in (None, "ufpr05", "mall"):
        names = [name for name in SHARES if name != left_out]
        net = train(chosen(material, names), options.minutes, seed=options.seed + 1, start=copy.deepcopy(base))
        title = f"trained without {left_out}" if left_out else "as shipped"
        figures[title] = measure(net, sets)
        print(json.dumps({title: figures[title]}, indent=1), flush=True)
        if left_out is None:
            shipped = net
    path = options.out / "occupancy-patch.onnx"
    card = card_of(path.name, export(shipped, path), figures, made)
    path.with_suffix(".json").write_text(json.dumps(card, indent=2, ensure_ascii=False) + "\n")


def material_of(data, scenes):
    """The canvases to train on, by set: only clearly licensed pictures and our own scenes."""
    rendered = [scene_canvases(folder) for folder in scenes]
    return {
        "scenes": join([(part, len(part.place)) for part in rendered]),
        "video": video_canvases(data / "video" / "intel_car-detection.mp4", 1200),
        "ufpr05": camera_canvases([data / "parking" / "pklot_ufpr05", data / "parking" / "pklot_ufpr05_empty"]),
        "mall": crop_canvases(data / "crops" / "mall_aerial", 2000),
    }


def chosen(material, names):
    """Some of the material, in its shares."""
    return join([(material[name], SHARES[name]) for name in names])


def sets_of(data):
    """The sets to measure on: {name: (Patches, Patches of the same lot empty or None)}."""
    parking = data / "parking"
    empty = camera_patches(parking / "pklot_ufpr05_empty")
    return {
        "pklot_ufpr05": (camera_patches(parking / "pklot_ufpr05"), empty),
        "pklot_ufpr05_empty": (empty, empty),
        "mall_aerial": (crop_patches(data / "crops" / "mall_aerial"), None),
        "smartlot_nethken": (camera_patches(parking / "smartlot_nethken"), None),
        "carpark_topdown": (camera_patches(parking / "carpark_topdown"), None),
    }


if __name__ == "__main__":
    main()
