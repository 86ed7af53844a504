"""Composes a clip frame by frame: background, speaker, documents in hands, light, lens, sensor. Gives frames and their truth."""
import dataclasses

import cv2
import numpy as np

from . import backgrounds, bend, degrade, hands, motion
from .draw import Document, Faces


@dataclasses.dataclass
class Actor:
    """A document (or a thing that is none) that is shown from `start` to `end` seconds."""
    doc: Document
    start: float
    end: float
    scale: float = 0.5              # its width as a fraction of the frame's width, seen flat
    cx: float = 0.5
    cy: float = 0.55
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    turn: int = 0                   # turned in the hand: degrees clockwise
    entry: str = "below"            # below, left, right, none (there all the time)
    wander: float = 0.012           # drift, fractions of the frame
    swing: float = 2.0              # drift of the angles, degrees
    tremble: float = 0.0012         # tremor, fractions of the frame
    glare: float = 0.0              # 0..1
    defocus: float = 0.0            # sigma in pixels of a 720-line frame, at the worst moments
    two_hands: bool = False
    bare: bool = False              # no hands: a thing that stands or hangs there
    deep: float = 0.0               # how far thumbs reach in, 0..1
    grip: tuple = (0.62, 0.88)      # where along the sides they lie, from the top
    gain: float = 1.0
    bend: object = None             # bend.Bend of a sheet that is curved or folded
    close_ups: list = dataclasses.field(default_factory=list)   # [(time from start, {scale, cx, cy}), ...]


@dataclasses.dataclass
class Scene:
    width: int
    height: int
    fps: float
    duration: float
    seed: int
    split: str
    actors: list
    speaker: bool = True
    photo_share: float = 0.6
    photos: bool = True             # False: nothing but what is drawn (for clips that are committed)
    shake: float = 0.004            # camera, fractions of the frame
    focal: float = 1.1              # in frame widths; shorter is stronger perspective
    light: float = 1.0
    uneven: float = 0.12
    noise: float = 2.0
    mirrored: bool = False
    frame_turn: int = 0             # the whole picture turned: degrees clockwise, no rotation tag
    shutter: float = 0.4            # share of the frame time during which the shutter is open
    subtitle: object = None         # BGRA strip laid over the finished picture
    wall: list = dataclasses.field(default_factory=list)        # (Document, x, y, width) fractions: things in the background


def _poses(actor, scene, rng, times, family):
    """Arrays of pose values over the clip's times, and where the actor is seen at all."""
    n, fps = len(times), scene.fps
    aspect = actor.doc.image.shape[0] / actor.doc.image.shape[1]
    reach = 0.5 * actor.scale * max(1.0, aspect * scene.width / scene.height) + 0.75
    away = {"below": (0, reach), "left": (-reach, 0.15), "right": (reach, 0.15), "none": (0, 0)}[actor.entry]
    a, b = rng.uniform(0.5, 0.9), rng.uniform(0.4, 0.8)
    keys = [(actor.start - 1e-3, 1.0), (actor.start + a, 0.0), (actor.end - b, 0.0), (actor.end, 1.0)]
    gone = motion.track(keys, times) if actor.entry != "none" else np.zeros(n)
    course = {"scale": np.full(n, actor.scale), "cx": np.full(n, actor.cx), "cy": np.full(n, actor.cy)}
    if actor.close_ups:
        for name in course:
            keys = [(actor.start, getattr(actor, name))]
            for at, change in actor.close_ups:
                keys.append((actor.start + at, change.get(name, keys[-1][1])))
            course[name] = motion.track(keys, times)
    w = lambda amp, slow=0.35: motion.walk(rng, n, fps, amp, family, slow)
    t = lambda amp: motion.tremor(rng, n, fps, amp)
    return {
        "cx": course["cx"] + w(actor.wander) + t(actor.tremble) + away[0] * gone,
        "cy": course["cy"] + w(actor.wander) + t(actor.tremble) + away[1] * gone,
        "scale": course["scale"] * (1 + w(actor.wander * 1.2, 0.2)) * (1 - 0.12 * gone),
        "yaw": actor.yaw + w(actor.swing) + 10 * gone * rng.normal(),
        "pitch": actor.pitch + w(actor.swing) + 20 * gone,
        "roll": actor.roll + actor.turn + w(actor.swing * 0.7) + t(actor.tremble * 60) + 14 * gone * rng.normal(),
    }, (times >= actor.start) & (times <= actor.end)


class Renderer:
    """Makes the frames of one scene in order. The same scene and seed give the same frames."""

    def __init__(self, scene):
        self.s = scene
        rng = self.rng = np.random.default_rng([scene.seed, 77])
        w, h = scene.width, scene.height
        self.n = int(round(scene.duration * scene.fps))
        self.times = np.arange(self.n) / scene.fps
        measure = scene.split == "measure"
        family, fingers = ("walk", "tapered") if measure else ("sines", "rounded")
        faces = Faces(rng, scene.split)
        self.pad = int(0.06 * w)
        self.back = backgrounds.make(rng, scene.split, w + 2 * self.pad, h + 2 * self.pad, faces, scene.photo_share, scene.photos)
        for doc, x, y, width in scene.wall:
            self._hang(doc, x, y, width)
        self.people = backgrounds.speaker(rng, w, h + self.pad) if scene.speaker else None
        self.shake = [motion.walk(rng, self.n, scene.fps, scene.shake * w, family) + motion.tremor(rng, self.n, scene.fps, scene.shake * w * 0.12)
                      for _ in range(2)] + [motion.walk(rng, self.n, scene.fps, scene.shake * 60, family)]
        self.sway = [motion.walk(rng, self.n, scene.fps, 0.006 * w, family) for _ in range(2)]
        self.talk = np.clip(1 + motion.walk(rng, self.n, scene.fps, 1.0, "sines", 2.2), 0, 2).round().astype(int)
        self.light = degrade.Light(rng, w, h, scene.light, scene.uneven)
        self.flicker = 1 + motion.walk(rng, self.n, scene.fps, 0.012, "sines")
        self.noise = degrade.Noise(rng, w, h, scene.noise)
        self.cast = []
        for actor in scene.actors:
            poses, seen = _poses(actor, scene, rng, self.times, family)
            dw = actor.doc.image.shape[1]
            shrink = min(1.0, 1.3 * float(poses["scale"][seen].max() if seen.any() else 0.1) * w / dw)
            image = cv2.resize(actor.doc.image, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
            shrink = image.shape[1] / dw
            small, origin, cover = hands.held(rng, image, fingers, actor.two_hands, actor.deep, bare=actor.bare, grip=actor.grip,
                                              px_mm=image.shape[1] / max(85.6, actor.doc.width_mm * 0.72))
            if actor.gain != 1:
                small[..., :3] = np.clip(small[..., :3] * actor.gain, 0, small[..., 3:])
            focus = np.clip(motion.walk(rng, self.n, scene.fps, 0.5, family, 0.5) + 0.35, 0, 1) * actor.defocus * h / 720
            drift = [motion.walk(rng, self.n, scene.fps, 0.10, family) for _ in range(2)]
            spot = (rng.uniform(0.15, 0.9), rng.uniform(0.1, 0.9), rng.uniform(0.10, 0.22), rng.uniform(0.06, 0.14), rng.uniform(0, 180))
            # paper in the hand is held now tighter, now looser; drawn apart, so that flat sheets' clips stay what they are
            flex = 1 + motion.walk(np.random.default_rng([scene.seed, 78]), self.n, scene.fps, 0.08, family) if actor.bend else None
            self.cast.append(dict(actor=actor, canvas=small, shrink=shrink, origin=origin, cover=cover, poses=poses, seen=seen,
                                  focus=focus, drift=drift, spot=spot, flex=flex, last=None, frames=[]))

    def _hang(self, doc, x, y, width):
        tw = int(width * self.s.width)
        th = int(tw * doc.image.shape[0] / doc.image.shape[1])
        img = cv2.resize(doc.image, (tw, th), interpolation=cv2.INTER_AREA)
        x0, y0 = int(x * self.s.width) + self.pad, int(y * self.s.height) + self.pad
        ya, xa, yb, xb = max(0, y0), max(0, x0), min(self.back.shape[0], y0 + th), min(self.back.shape[1], x0 + tw)
        if ya < yb and xa < xb:
            part = img[ya - y0:yb - y0, xa - x0:xb - x0]
            a = part[..., 3:].astype(np.float32) / 255
            self.back[ya:yb, xa:xb] = (self.back[ya:yb, xa:xb] * (1 - a) + part[..., :3] * a).astype(np.uint8)

    def _similarity(self, i, extra=(0, 0), pad=0):
        """Camera shake of frame i as a 2x3 matrix on the padded background."""
        a = np.radians(self.shake[2][i])
        c, s = np.cos(a), np.sin(a)
        cx, cy = self.s.width / 2 + pad, self.s.height / 2 + pad
        dx, dy = self.shake[0][i] + extra[0], self.shake[1][i] + extra[1]
        return np.float32([[c, -s, cx - c * cx + s * cy + dx - pad], [s, c, cy - s * cx - c * cy + dy - pad]])

    @staticmethod
    def _over(frame, layer, x=0, y=0):
        """Premultiplied BGRA over BGR, in place."""
        h, w = layer.shape[:2]
        part = frame[y:y + h, x:x + w]
        rest = cv2.merge([255 - layer[..., 3]] * 3)
        cv2.add(cv2.multiply(part, rest, scale=1 / 255.0), np.ascontiguousarray(layer[..., :3]), dst=part)
        frame[y:y + h, x:x + w] = part

    def frame(self, i):
        s, w, h = self.s, self.s.width, self.s.height
        img = cv2.warpAffine(self.back, self._similarity(i, pad=self.pad), (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        if self.people:
            m = self._similarity(i, (self.sway[0][i], self.sway[1][i]))
            self._over(img, cv2.warpAffine(self.people[self.talk[i]], m, (w, h), flags=cv2.INTER_LINEAR))
        for c in self.cast:
            if c["seen"][i]:
                self._act(img, c, i)
            else:
                c["last"] = None
        img = self.light(img, self.flicker[i])
        img = self.noise(img)
        if s.mirrored:
            img = np.ascontiguousarray(img[:, ::-1])
        if s.frame_turn:
            img = np.ascontiguousarray(np.rot90(img, -s.frame_turn // 90))
        if s.subtitle is not None:
            sub = s.subtitle
            y, x = int(img.shape[0] * 0.9) - sub.shape[0], (img.shape[1] - sub.shape[1]) // 2
            self._over(img, sub, max(0, x), max(0, y))
        return img

    def _act(self, img, c, i):
        s, w, h, actor = self.s, self.s.width, self.s.height, c["actor"]
        dh, dw = actor.doc.image.shape[:2]
        pose = {k: v[i] for k, v in c["poses"].items()}
        m = motion.homography(dw, dh, w, h, pose, s.focal)
        shake = np.vstack([self._similarity(i), [0, 0, 1]])
        m = shake @ m
        to_doc = np.array([[1 / c["shrink"], 0, -c["origin"][0] / c["shrink"]], [0, 1 / c["shrink"], -c["origin"][1] / c["shrink"]], [0, 0, 1.0]])
        mc = m @ to_doc
        ch, cw = c["canvas"].shape[:2]
        place, sheet = lambda points: motion.project(m, points), None
        box = np.float64([[0, 0], [cw, 0], [cw, ch], [0, ch]])
        if actor.bend:
            sheet = bend.Sheet(actor.bend, dw, dh, w, h, pose, s.focal, c["flex"][i])
            place = lambda points: motion.project(shake, sheet.project(points))
            edges = motion.project(to_doc, box)
            box = place(sheet.outline((edges[0, 0], edges[1, 0]), (edges[0, 1], edges[2, 1])))
        else:
            box = motion.project(mc, box)
        x0, y0 = np.floor(box.min(0)).astype(int) - 2
        x1, y1 = np.ceil(box.max(0)).astype(int) + 3
        x0, y0, x1, y1 = max(0, x0), max(0, y0), min(w, x1), min(h, y1)
        if x0 >= x1 or y0 >= y1:
            return
        if sheet:
            roi = sheet.render(c["canvas"], to_doc, shake, x0, y0, x1 - x0, y1 - y0)
        else:
            roi = cv2.warpPerspective(c["canvas"], np.array([[1, 0, -x0], [0, 1, -y0], [0, 0, 1.0]]) @ mc, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
        corners = place(np.float64([[0, 0], [dw, 0], [dw, dh], [0, dh]]) - 0.5)
        centre = corners.mean(0)
        move = (centre - c["last"]) * s.shutter if c["last"] is not None else np.zeros(2)
        c["last"] = centre
        roi = degrade.soften(roi, move[0], move[1], c["focus"][i])
        if actor.glare > 0:
            gx, gy, rx, ry, angle = c["spot"]
            at = place(np.float64([[(gx + c["drift"][0][i]) * dw, (gy + c["drift"][1][i]) * dh]]))[0]
            span = np.hypot(*(corners[1] - corners[0]))
            g = degrade.glare_map(y1 - y0, x1 - x0, at[0] - x0, at[1] - y0, rx * span, ry * span, angle, actor.glare)
            g3 = cv2.merge([g, g, g])
            room = cv2.merge([roi[..., 3]] * 3).astype(np.float32) - roi[..., :3]
            roi[..., :3] = cv2.add(roi[..., :3].astype(np.float32), room * g3).astype(np.uint8)
        self._over(img, roi, x0, y0)
        self._remember(c, i, place, corners)

    def _remember(self, c, i, place, corners):
        w, h = self.s.width, self.s.height
        area = abs(cv2.contourArea(corners.astype(np.float32)))
        inside, _ = cv2.intersectConvexConvex(corners.astype(np.float32), np.float32([[-.5, -.5], [w - .5, -.5], [w - .5, h - .5], [-.5, h - .5]]))
        visible = inside / max(area, 1e-6)
        if visible < 0.02:
            return
        seen, floor = [], (0.80 * h if self.s.subtitle is not None else h - 1)       # subtitles lie over the lowest lines
        if i % 2 == 0 and c["actor"].doc.genuine:
            for f in c["actor"].doc.fields + c["actor"].doc.lines:
                pts = np.float64([[x + a * bw, y + b * bh] for x, y, bw, bh in f.boxes for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))])
                p = place(pts)
                seen.append(bool((p[:, 0] > 0).all() and (p[:, 1] > 0).all() and (p[:, 0] < w - 1).all() and (p[:, 1] < floor).all()))
        c["frames"].append((i, self._turned(corners), float(visible), seen))

    def _turned(self, points):
        """Picture coordinates after mirroring and turning of the whole frame."""
        p = points.copy()
        w, h = self.s.width, self.s.height
        if self.s.mirrored:
            p[:, 0] = w - 1 - p[:, 0]
        for _ in range(self.s.frame_turn // 90):
            p = np.column_stack([h - 1 - p[:, 1], p[:, 0]])
            w, h = h, w
        return p

    @property
    def size(self):
        """(width, height) of the finished frames."""
        return (self.s.height, self.s.width) if self.s.frame_turn in (90, 270) else (self.s.width, self.s.height)
