"""Writes a trained detector as the ONNX file and the model card that ship.

    python3 scripts/train/detector_export.py --work DIR --figures FILE.json [--out edge/models]

The network's confidences are moved so that the daemon's default for the YOLOX family lies where
precision and recall meet (`--shift`, in log-odds of "is a vehicle").
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch

from detector_net import CLASSES, HEIGHT, WIDTH, Exported, VehicleNet

NAME = "gatehouse-vehicles"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", required=True, help="the training's folder")
    parser.add_argument("--figures", required=True, help="what was measured, for the card")
    parser.add_argument("--shift", type=float, default=0.0)
    parser.add_argument("--out", default="edge/models")
    return parser.parse_args()


PKLOT = {
    "what": "PKLot, camera UFPR05 (30 frames with vehicles, 58 without)",
    "licence": "CC BY 4.0",
    "attribution": "P. Almeida, L. S. Oliveira, E. Silva Jr., A. Britto Jr., A. Koerich:"
    " PKLot - A robust dataset for parking lot classification",
    "labels": "boxes by DEIMv2-Femto (Apache-2.0), checked against the human labels",
}


def card_of(model, figures, kept):
    """The model card beside the model; `figures` and `limits` are said by whoever measured."""
    return {
        "name": NAME,
        "kind": "detector",
        "family": "yolox",
        "file": model.name,
        "sha256": hashlib.sha256(model.read_bytes()).hexdigest(),
        "licence": "Apache-2.0",
        "classes": list(CLASSES),
        "input": {"width": WIDTH, "height": HEIGHT},
        "trained_on": [
            {
                "what": "car parks, streets and vehicles in photographs, drawn by render-scenes",
                "licence": "Apache-2.0",
                "attribution": "our own renderer",
            },
            *([PKLOT] if kept.get("pklot", False) else []),
            {
                "what": "car-detection.mp4 of the Intel IoT DevKit sample videos",
                "licence": "CC BY 4.0",
                "attribution": "Intel Corporation",
                "labels": "what differs from the empty road",
            },
            {
                "what": "aerial crops of single spaces (priya-dwivedi/Deep-Learning)",
                "licence": "MIT",
                "attribution": "Priya Dwivedi",
            },
        ],
        "made_by": f"scripts/train/detector.py, {kept['spent_s'] / 60:.0f} minutes of one core",
        **figures,
    }


def main():
    args = arguments()
    kept = torch.load(Path(args.work) / "progress.pt")
    net = VehicleNet()
    net.load_state_dict(kept["mean"])
    net.eval()
    with torch.no_grad():
        for head in net.heads:
            head.present.bias += args.shift
    model = Path(args.out) / f"{NAME}.onnx"
    torch.onnx.export(
        Exported(net),
        torch.zeros(1, 3, HEIGHT, WIDTH),
        str(model),
        input_names=["images"],
        output_names=["output"],
        opset_version=13,
    )
    figures = json.loads(Path(args.figures).read_text())
    card = card_of(model, figures, kept)
    model.with_suffix(".json").write_text(json.dumps(card, indent=2) + "\n")
    print(model, model.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
