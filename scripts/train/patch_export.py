"""Writes a trained network as ONNX, and the card that says what it is and what it is worth."""

import hashlib
from pathlib import Path

import onnx
import torch

from patch_extract import SIZE

BYTES_MAX = 1_500_000


def export(net, path):
    """Writes the ONNX file (opset 13, any number of spaces) and returns its SHA-256."""
    example = torch.randn(3, 4, SIZE, SIZE)
    torch.onnx.export(
        net.to(memory_format=torch.contiguous_format).eval(),
        (example, example),
        str(path),
        input_names=["patch", "reference"],
        output_names=["logit"],
        dynamic_axes={name: {0: "n"} for name in ("patch", "reference", "logit")},
        opset_version=13,
    )
    onnx.checker.check_model(onnx.load(str(path)))
    data = Path(path).read_bytes()
    if len(data) > BYTES_MAX:
        raise SystemExit(f"{path}: {len(data)} bytes are too many")
    return hashlib.sha256(data).hexdigest()


def card_of(file, sha256, figures, made_by):
    """The model's card: what it learnt from, what goes in and comes out, what it reached, where it fails."""
    return {
        "name": "occupancy-patch",
        "kind": "occupancy-patch",
        "file": file,
        "sha256": sha256,
        "licence": "Apache-2.0",
        "trained_on": [
            {
                "what": "PKLot, camera UFPR05: 30 photographs with cars, 58 of the empty lot",
                "licence": "CC BY 4.0",
                "attribution": "P. Almeida, L. S. Oliveira, E. Silva Jr, A. Britto Jr, A. Koerich: "
                "PKLot – A robust dataset for parking lot classification, "
                "Expert Systems with Applications 42(11), 2015",
            },
            {
                "what": "545 aerial crops of parking spaces (parking_spots_detector)",
                "licence": "MIT",
                "attribution": "github.com/priya-dwivedi/Deep-Learning, parking_spots_detector/train_data",
            },
            {
                "what": "car-detection.mp4 of Intel's sample videos",
                "licence": "CC BY 4.0",
                "attribution": "Intel Corporation, github.com/intel-iot-devkit/sample-videos",
            },
            {
                "what": "scenes drawn by our own renderer (firmware-sim/bin/render-scenes.mjs)",
                "licence": "Apache-2.0",
                "attribution": "Gatehouse",
            },
        ],
        "inputs": {
            "patch": "f32[n, 4, 64, 64]: a space in the present picture, cut as scripts/train/patch_extract.py says",
            "reference": "f32[n, 4, 64, 64]: the same space in one picture of the empty lot, cut likewise; "
            "zeros where no such picture is known",
        },
        "output": {"logit": "f32[n, 1]: above 0 means occupied"},
        "figures": {
            "what": "percent of spaces right; `occupied` and `free` are the recall of each; `area` is that under "
            "the ROC curve; `one_empty_frame` is the mean over six empty pictures used as reference, `worst` the "
            "least of the six; `first_frames` moves the threshold to the split of the first ten pictures' logits",
            **figures,
        },
        "limits": [
            "A set that was trained on says nothing about other cameras: read pklot_ufpr05 under "
            "'trained without ufpr05', mall_aerial under 'trained without mall'.",
            "Its threshold with a reference (2.5 is taken off the logit) was set by looking at the camera left out, "
            "where 2 to 3 serve alike; those figures are so far a little optimistic.",
            "Without a reference it takes half of the stained, planted ground of an unknown lot (UFPR05 left out) "
            "for occupied: calibrate by one empty picture, laid on the present one (edge/src/vision/drift.ts), "
            "as the figures do.",
            "smartlot_nethken and carpark_topdown were never trained on; their own labels are partly made by detectors.",
            "Two real lots and one road were seen in training; night, snow and rain come from rendered scenes only.",
            "A space of which less than a third is visible was never judged in training.",
            "Whether a thing is a vehicle is learnt from cars, vans, pickups, lorries, buses and motorcycles only.",
        ],
        "made_by": made_by,
    }
