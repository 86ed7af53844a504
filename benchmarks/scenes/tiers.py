"""From a row of benchmarks/accuracy/tiers.tsv, a split and a number to a scene and its files."""
import functools
import pathlib
import zlib

import numpy as np

from . import bend
from . import make as maker
from .documents import copy, court, kz_card, others, papers, passport, plain, resident_card
from .draw import Faces
from .scene import Actor, Scene
from .split import HERE, SEED_BASE, rows
from .values import Values

TABLE = HERE.parent / "accuracy" / "tiers.tsv"
MAKERS = {"cn_id_portrait": resident_card.portrait_side, "cn_id_emblem": resident_card.emblem_side, "court_document": court.one_page,
          "official_document": papers.notice, "passport": passport.data_page, "kz_id_front": kz_card.front, "kz_id_back": kz_card.back,
          "other_document": plain.page, "copy": copy.sheet}
PAPERS = ("court_document", "official_document", "other_document", "copy")


@functools.lru_cache(None)
def table():
    return {r["tier"]: r for r in rows(TABLE)}


class _Row:
    """Draws the numbers of one tier for one clip."""

    def __init__(self, row, rng):
        self.row, self.rng = row, rng

    def one(self, name):
        items = self.row[name].split(",")
        return items[int(self.rng.integers(len(items)))]

    def number(self, name):
        text = self.one(name)
        if ".." in text:
            low, high = map(float, text.split(".."))
            return float(self.rng.uniform(low, high))
        return float(text)

    def signed(self, name):
        return self.number(name) * float(self.rng.choice([-1, 1]))


def scene(tier, split, number, any_date=False):
    """(scene, crf, second crf) of clip `number` of a tier on one side of the split."""
    if tier not in table():
        raise ValueError(f"unknown tier {tier!r}; {TABLE} has {', '.join(table())}")
    seed = SEED_BASE[split] + number
    rng = np.random.default_rng([seed, zlib.crc32(tier.encode())])
    r, v = _Row(table()[tier], rng), Values(rng, any_date)
    special = r.row["special"]
    width, height = (int(k) for k in r.one("size").split("x"))
    seconds = float(r.row["seconds"])
    turn_frame = 0
    if special == "turned":
        # a third each: turned in the hand, filmed upside down, filmed sideways
        turn_frame = (0, 180, int(rng.choice([90, 270])))[number % 3]
        if turn_frame in (90, 270):
            width, height = height, width

    def actor(doc, start, end, **kw):
        share = r.number("share")
        aspect = doc.image.shape[0] / doc.image.shape[1]
        extra = {}
        if doc.kind in PAPERS:
            share = min(0.95, share * height / (aspect * width))
            tall = share * aspect * width / height
            if tall > 0.96:          # larger than the picture: shown top first, then moved up
                top, bottom = 0.5 * tall + 0.02, 1 - 0.5 * tall - 0.02
                long = end - start
                extra = dict(cy=top, close_ups=[(0.42 * long, {"cy": top}), (0.62 * long, {"cy": bottom}), (long, {"cy": bottom})])
                if special == "pan":     # moved on all the time, never still
                    extra["close_ups"] = [(0.12 * long, {"cy": top}), (0.88 * long, {"cy": bottom}), (long, {"cy": bottom})]
                elif special == "halves":    # the upper half, the page put away, the lower half
                    away = 0.5 + 0.5 * share + 0.6
                    extra["close_ups"] = [(0.42 * long, {}), (0.49 * long, {"cx": away}), (0.51 * long, {"cx": away, "cy": bottom}), (0.58 * long, {"cx": 0.5, "cy": bottom}), (long, {})]
                    extra["cx"] = 0.5
            extra["two_hands"] = True
        elif height > width:
            share = min(0.9, share * 1.75)
        elif share * aspect * width / height > 0.92:
            share = 0.92 * height / (aspect * width)
        # people hold a card by what they do not mean to show: not by the number or the zone
        grip = {"passport": (0.2, 0.4), "kz_id_back": (0.15, 0.3), "kz_id_front": (0.3, 0.6), "cn_id_portrait": (0.35, 0.58)}.get(doc.kind, (0.62, 0.88))
        base = dict(grip=grip,scale=share, cx=0.5 + rng.uniform(-.5, .5) * max(0, 0.94 - share), cy=0.5 + rng.uniform(-.3, .5) * max(0, 0.9 - share * aspect * width / height),
                    yaw=r.signed("tilt"), pitch=r.signed("tilt"), roll=r.signed("roll"),
                    entry=str(rng.choice(["below", "left", "right"])), wander=r.number("wander"), swing=r.number("swing"), tremble=r.number("tremble"),
                    glare=r.number("glare"), defocus=r.number("defocus"), gain=float(rng.uniform(0.92, 1.05)), deep=float(rng.uniform(0, 0.25)))
        return Actor(doc, start, end, **{**base, **extra, **kw})

    def document(kind=None):
        if special == "two_persons":
            return court.one_page(v, Faces(rng, split), people=2)
        return MAKERS[kind or r.one("documents")](v, Faces(rng, split))

    actors, wall, subtitle = [], [], None
    if special == "sequential":
        half = seconds / 2
        kinds = list(dict.fromkeys(r.row["documents"].split(",")))
        first, second = (kinds[i] for i in rng.permutation(len(kinds))[:2])
        actors = [actor(document(first), 0.4, half - 0.1), actor(document(second), half + 0.2, seconds - 0.3)]
    elif special == "together":
        kinds = list(dict.fromkeys(r.row["documents"].split(",")))
        first, second = (kinds[i] for i in rng.permutation(len(kinds))[:2])
        low = float(rng.uniform(0.3, 0.6))
        actors = [actor(document(first), 0.3, seconds - 0.3, cx=0.27, cy=low, entry="below"),
                  actor(document(second), 0.5, seconds - 0.2, cx=0.75, cy=0.95 - low, entry="below")]
    elif special == "cut":
        doc = document()
        a = actor(doc, 0.3, seconds - 0.2)
        side, depth = str(rng.choice(["left", "right", "below", "above"])), float(rng.uniform(0.06, 0.22))
        tall = a.scale * doc.image.shape[0] / doc.image.shape[1] * width / height
        if side in ("left", "right"):
            a.cx = a.scale * (0.5 - depth) if side == "left" else 1 - a.scale * (0.5 - depth)
        else:
            a.cy = tall * (0.5 - depth) if side == "above" else 1 - tall * (0.5 - depth)
        actors = [a]
    elif special == "nothing":
        style = number % 4
        if style == 0:               # something held up that is no document
            actors = [actor(v.pick(others.HELD)(v, Faces(rng, split)), 1.0, seconds - 1.0)]
            actors[0].scale = min(actors[0].scale, 0.8 * height / (actors[0].doc.image.shape[0] / actors[0].doc.image.shape[1] * width))
        elif style == 1:             # things on the wall
            wall = [(v.pick(others.HUNG)(v, Faces(rng, split)), float(rng.uniform(0, 0.2) + 0.5 * k), float(rng.uniform(0.02, 0.3)), float(rng.uniform(0.2, 0.35))) for k in range(2)]
        elif style == 2:             # a plain speaker with subtitles
            subtitle = others.subtitle(v, Faces(rng, split), width, height)
        else:                        # a card that is none, then a phone
            actors = [actor(others.plastic_card(v, Faces(rng, split)), 0.8, seconds / 2 - .2), actor(others.phone(v, Faces(rng, split)), seconds / 2 + .2, seconds - .6)]
            actors[1].scale *= 0.45
    else:
        doc = document()
        actors = [actor(doc, 0.35, seconds - 0.25)]
        if special == "turned" and not turn_frame:
            actors[0].turn = int(rng.choice([90, 180, 270]))
            if actors[0].turn != 180:
                actors[0].scale = min(actors[0].scale, 0.86 * height / width)
                actors[0].cx, actors[0].cy = 0.5, 0.5
    if special != "nothing":
        if v.chance(0.25):
            wall = [(v.pick(others.HUNG)(v, Faces(rng, split)), float(rng.uniform(0, 0.7)), float(rng.uniform(0, 0.3)), float(rng.uniform(0.15, 0.3)))]
        if v.chance(0.15) and not turn_frame and special != "mirrored":
            subtitle = others.subtitle(v, Faces(rng, split), width, height)
    if special == "bent":
        actors[0].bend = bend.draw(rng, "walk" if split == "measure" else "sines")
    fps = r.number("fps")
    built = Scene(width, height, fps, seconds, int(rng.integers(1 << 30)), split, actors, speaker=v.chance(0.85), shake=r.number("shake"), focal=r.number("focal"),
                  light=r.number("light"), uneven=r.number("uneven"), noise=r.number("noise"), shutter=r.number("shutter"), mirrored=special == "mirrored",
                  frame_turn=turn_frame, subtitle=subtitle, wall=wall)
    crf, again = int(r.number("crf")), r.one("again")
    return built, crf, None if again == "-" else int(again)


def make(tier, split, number, folder, any_date=False, still=False, at=0.5):
    """Makes clip `number` of a tier under `folder` unless it is there; gives its path. `at`: where in the clip a still is taken, 0 to 1."""
    path = pathlib.Path(folder) / tier / f"{tier}-{number:03d}.{'jpg' if still else 'mp4'}"
    if path.exists() and path.with_suffix(".truth.json").exists():
        return path
    built, crf, again = scene(tier, split, number, any_date)
    if still:
        maker.still(built, path, at=at * built.duration, tier=tier)
    else:
        maker.clip(built, path, crf, again, tier)
    return path


def one_of_each(split, seed):
    """(name, document) of every kind, for looking at."""
    for name, build in MAKERS.items():
        rng = np.random.default_rng([SEED_BASE[split] + seed, zlib.crc32(name.encode())])
        yield name, build(Values(rng), Faces(rng, split))
    for build in {*others.HELD, *others.HUNG}:
        rng = np.random.default_rng([SEED_BASE[split] + seed, zlib.crc32(build.__name__.encode())])
        doc = build(Values(rng), Faces(rng, split))
        yield doc.kind, doc
