"""The truth of a clip as JSON (schema kualik.truth/1): what is shown, where, when. Quads run as in a record: the document's own
top left, top right, bottom right, bottom left, in pixels of the finished frame, the middle of the first pixel being (0, 0)."""
import json

import cv2
import numpy as np

from . import draw


def describe(renderer, scene, name, crf, tier=""):
    """Dict for one finished clip."""
    width, height = renderer.size
    documents, others = [], []
    for c in renderer.cast:
        doc, frames = c["actor"].doc, c["frames"]
        if not frames:
            continue
        h, w = doc.image.shape[:2]
        whole = draw.Part(doc.kind, [0, 0, w, h], list(range(len(doc.fields))))
        for part in doc.parts or [whole]:
            entry = {"kind": part.kind,
                     "first_frame": frames[0][0], "last_frame": frames[-1][0],
                     "first_seen_s": round(frames[0][0] / scene.fps, 4), "last_seen_s": round(frames[-1][0] / scene.fps, 4),
                     "rotation": (c["actor"].turn + scene.frame_turn) % 360, "mirrored": scene.mirrored, "fonts": doc.fonts}
            px, py, pw, ph = part.box
            if doc.genuine:
                entry["fields"] = []
                for k in part.fields:
                    f = doc.fields[k]
                    item = {"key": f.key, "value": f.value, "in_view_frames": in_view(c, k, f),
                            "boxes": [[round((x - px) / pw, 4), round((y - py) / ph, 4), round(bw / pw, 4), round(bh / ph, 4)] for x, y, bw, bh in f.boxes]}
                    if f.subject:
                        item["subject"] = f.subject
                    entry["fields"].append(item)
                if doc.lines:
                    entry["lines"] = [{"text": f.value, "in_view_frames": in_view(c, len(doc.fields) + k, f)} for k, f in enumerate(doc.lines)]
            entry["frames"] = []
            for i, q, v, _ in frames:
                if doc.parts:
                    q, v = part_of(q, part.box, (w, h), (width, height))
                entry["frames"].append({"frame": i, "time_s": round(i / scene.fps, 4), "visible": round(v, 3), "cut": v < 0.995, "quad": np.round(q, 1).tolist()})
            (documents if doc.genuine else others).append(entry)
    return {"schema": "kualik.truth/1", "tier": tier, "seed": scene.seed, "split": scene.split,
            "source": {"name": name, "width": width, "height": height, "fps": scene.fps, "frames": renderer.n,
                       "duration_s": round(renderer.n / scene.fps, 4), "crf": crf},
            "documents": documents, "others": others}


def part_of(quad, box, size, picture):
    """The quad of a part of a sheet whose corners are `quad`, and how much of it the picture shows."""
    w, h = size
    m = cv2.getPerspectiveTransform(np.float32([[0, 0], [w, 0], [w, h], [0, h]]), np.float32(quad))
    x, y, bw, bh = box
    part = cv2.perspectiveTransform(np.float32([[[x, y], [x + bw, y], [x + bw, y + bh], [x, y + bh]]]), m)[0]
    inside, _ = cv2.intersectConvexConvex(part, np.float32([[0, 0], [picture[0], 0], [picture[0], picture[1]], [0, picture[1]]]))
    return part, min(1.0, inside / max(abs(cv2.contourArea(part)), 1e-6))


def in_view(cast, k, field):
    """Frames with the whole value inside the picture (counted on every second frame); 0 where a finger lies on it."""
    count = 2 * sum(1 for fr in cast["frames"] if fr[3] and fr[3][k])
    return 0 if hidden(cast["cover"], np.array(field.boxes) * cast["shrink"]) else count


def hidden(cover, boxes):
    """True where fingers hide more than a sliver of a value."""
    for x, y, w, h in boxes:
        part = cover[max(0, int(y)):int(y + h) + 1, max(0, int(x)):int(x + w) + 1]
        if part.size and part.mean() > 0.03:
            return True
    return False


def write(path, truth):
    """One line a frame record, so that the file can be read and compared by eye."""
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    import re
    text = re.sub(r"\{\s*\"frame\": [^{}]*?\}", lambda m: re.sub(r"\s*\n\s*", " ", m.group(0)), text)
    text = re.sub(r"\{\s*\"(?:key|text)\": [^{}]*?\}", lambda m: re.sub(r"\s*\n\s*", " ", m.group(0)), text)
    path.write_text(text + "\n", encoding="utf-8")
