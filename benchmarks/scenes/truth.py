"""The truth of a clip as JSON (schema kualik.truth/1): what is shown, where, when. Quads run as in a record: the document's own
top left, top right, bottom right, bottom left, in pixels of the finished frame, the middle of the first pixel being (0, 0)."""
import json

import numpy as np


def describe(renderer, scene, name, crf, tier=""):
    """Dict for one finished clip."""
    width, height = renderer.size
    documents, others = [], []
    for c in renderer.cast:
        doc, frames = c["actor"].doc, c["frames"]
        if not frames:
            continue
        entry = {"kind": doc.kind,
                 "first_frame": frames[0][0], "last_frame": frames[-1][0],
                 "first_seen_s": round(frames[0][0] / scene.fps, 4), "last_seen_s": round(frames[-1][0] / scene.fps, 4),
                 "rotation": (c["actor"].turn + scene.frame_turn) % 360, "mirrored": scene.mirrored, "fonts": doc.fonts}
        if doc.genuine:
            entry["fields"] = []
            for k, f in enumerate(doc.fields):
                count = in_view(c, k, f)
                h, w = doc.image.shape[:2]
                item = {"key": f.key, "value": f.value, "in_view_frames": count,
                        "boxes": [[round(x / w, 4), round(y / h, 4), round(bw / w, 4), round(bh / h, 4)] for x, y, bw, bh in f.boxes]}
                if f.subject:
                    item["subject"] = f.subject
                entry["fields"].append(item)
            if doc.lines:
                entry["lines"] = [{"text": f.value, "in_view_frames": in_view(c, len(doc.fields) + k, f)} for k, f in enumerate(doc.lines)]
        entry["frames"] = [{"frame": i, "time_s": round(i / scene.fps, 4), "visible": round(v, 3), "cut": v < 0.995,
                            "quad": np.round(q, 1).tolist()} for i, q, v, _ in frames]
        (documents if doc.genuine else others).append(entry)
    return {"schema": "kualik.truth/1", "tier": tier, "seed": scene.seed, "split": scene.split,
            "source": {"name": name, "width": width, "height": height, "fps": scene.fps, "frames": renderer.n,
                       "duration_s": round(renderer.n / scene.fps, 4), "crf": crf},
            "documents": documents, "others": others}


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
