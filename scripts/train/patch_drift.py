"""How far a camera has moved since its empty picture was taken.

The daemon does the same in edge/src/vision/drift.ts: over weeks a mount gives by some pixels, and a
reference that is not laid on the present picture looks as if everything had changed.
"""

import cv2
import numpy as np

STRONGEST_EDGE = 8


def edges_of(picture):
    """Edges of an RGB picture, whatever its light: f32[h, w], within ±STRONGEST_EDGE."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    edges = cv2.Laplacian(cv2.GaussianBlur(grey, (0, 0), 1.5), cv2.CV_32F)
    return np.clip(edges, -STRONGEST_EDGE, STRONGEST_EDGE)


def drift_of(empty_edges, present_edges):
    """(right, down) in whole pixels: what is at (x, y) in the empty picture is at (x + right, y + down) now."""
    height, width = empty_edges.shape
    window = cv2.createHanningWindow((width, height), cv2.CV_32F)
    (right, down), _ = cv2.phaseCorrelate(empty_edges, present_edges, window)
    # No mount gives by more: that would be another view, or nothing to hold on to.
    if max(abs(right), abs(down)) > 0.015 * width:
        return 0, 0
    return round(right), round(down)
