"""Renders a scene to a clip with its truth, or to a still image."""
import pathlib

import cv2

from . import truth
from .encode import Encoder
from .scene import Renderer


def clip(scene, path, crf=26, again=None, tier="", preset="veryfast"):
    """Writes PATH (mp4) and PATH with .truth.json in place of .mp4; gives the truth."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    renderer = Renderer(scene)
    encoder = Encoder(path, *renderer.size, scene.fps, crf, again, preset)
    for i in range(renderer.n):
        encoder.write(renderer.frame(i))
    encoder.close()
    result = truth.describe(renderer, scene, path.name, again or crf, tier)
    truth.write(path.with_suffix(".truth.json"), result)
    return result


def still(scene, path, at=None, quality=88, tier=""):
    """Writes one frame (the middle one, or that at `at` seconds) as an image with its truth; frame 0 in the truth."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    renderer = Renderer(scene)
    i = renderer.n // 2 if at is None else int(at * scene.fps)
    i -= i % 2
    if i:
        renderer.frame(i - 1)
        for c in renderer.cast:
            c["frames"].clear()
    image = renderer.frame(i)
    cv2.imwrite(str(path), image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    result = truth.describe(renderer, scene, path.name, None, tier)
    for d in result["documents"] + result["others"]:
        d.update(first_frame=0, last_frame=0, first_seen_s=0.0, last_seen_s=0.0)
        for f in d["frames"]:
            f.update(frame=0, time_s=0.0)
    result["source"].update(frames=1, duration_s=0.0, fps=0.0)
    truth.write(path.with_suffix(".truth.json"), result)
    return result
