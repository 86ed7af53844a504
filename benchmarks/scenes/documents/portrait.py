"""A drawn face on a light ground, for cards and passports. It resembles nobody: every proportion is drawn at random."""
import cv2
import numpy as np

SKINS = [(150, 180, 215), (160, 190, 228), (128, 160, 200), (172, 203, 238)]     # BGR


def _blob(img, centre, axes, colour, soft, strength=1.0, angle=0):
    mask = np.zeros(img.shape[:2], np.float32)
    cv2.ellipse(mask, tuple(int(c) for c in centre), tuple(max(1, int(a)) for a in axes), angle, 0, 360, 1.0, -1, cv2.LINE_AA)
    if soft > 0:
        mask = cv2.GaussianBlur(mask, (0, 0), soft)
    img += (np.float32(colour) - img) * (mask * strength)[..., None]


def draw_face(rng, w, h, sex, ground=(248, 246, 244)):
    """Portrait as BGR uint8 of w x h."""
    s = 300 / w
    W, H = 300, int(round(h * s))
    img = np.empty((H, W, 3), np.float32)
    img[:] = ground
    skin = np.float32(SKINS[int(rng.integers(len(SKINS)))])
    dark = skin * 0.62
    hair = np.float32([0.85, 0.92, 1.05]) * rng.uniform(16, 50)
    cx, cy = W / 2 + rng.normal(0, 3), H * 0.43
    fw, fh = W * rng.uniform(0.235, 0.265), H * rng.uniform(0.235, 0.26)
    coat = np.float32(rng.integers(20, 130, 3))
    scarf = sex == "F" and rng.random() < 0.35
    # shoulders, neck, hair behind
    cv2.ellipse(img, (int(cx), int(H * 1.02)), (int(W * 0.47), int(H * 0.27)), 0, 0, 360, coat.tolist(), -1, cv2.LINE_AA)
    if sex == "F" and not scarf:
        _blob(img, (cx, cy + fh * 0.35), (fw * 1.28, fh * 1.35), hair, 2)
    _blob(img, (cx, cy + fh * 1.05), (fw * 0.48, fh * 0.62), dark * 1.12, 2)
    cv2.ellipse(img, (int(cx), int(H * 1.06)), (int(W * 0.47), int(H * 0.27)), 0, 0, 360, coat.tolist(), -1, cv2.LINE_AA)
    collar = np.array([[cx - W * .12, H * .80], [cx, H * .94], [cx + W * .12, H * .80], [cx + W * .17, H * .86], [cx, H], [cx - W * .17, H * .86]], np.int32)
    cv2.fillPoly(img, [collar], (235, 235, 238), cv2.LINE_AA)
    _blob(img, (cx, cy - fh * 0.25), (fw * 1.10, fh * 1.05), hair, 2)
    for e in (-1, 1):
        _blob(img, (cx + e * fw * 0.98, cy + fh * 0.08), (fw * 0.13, fh * 0.20), dark * 1.2, 1)
    _blob(img, (cx, cy), (fw, fh), skin, 1.5)
    _blob(img, (cx, cy + fh * .62), (fw * .62, fh * .42), skin, 3)
    # modelling: light from one side, cheek, sockets, under the nose and chin
    _blob(img, (cx + fw * 0.62, cy + fh * 0.2), (fw * 0.42, fh * 0.75), dark, 14, 0.45)
    _blob(img, (cx - fw * 0.35, cy + fh * 0.18), (fw * 0.3, fh * 0.26), np.minimum(skin * 1.12, 255), 12, 0.6)
    _blob(img, (cx, cy - fh * 0.55), (fw * 0.5, fh * 0.25), np.minimum(skin * 1.1, 255), 12, 0.6)
    ey, ex = cy - fh * rng.uniform(0.02, 0.08), fw * rng.uniform(0.40, 0.46)
    for e in (-1, 1):
        _blob(img, (cx + e * ex, ey), (fw * 0.27, fh * 0.14), dark, 5, 0.55)
        _blob(img, (cx + e * ex, ey), (fw * 0.19, fh * 0.062), (225, 228, 230), 0.8)
        _blob(img, (cx + e * ex, ey), (fw * 0.085, fh * 0.066), (28, 30, 36), 0.8)
        _blob(img, (cx + e * ex, ey - fh * .055), (fw * 0.2, fh * 0.022), (30, 32, 40), 0.8, 0.9)
        _blob(img, (cx + e * ex * 1.03, ey - fh * 0.2), (fw * 0.26, fh * (0.045 if sex == "M" else 0.03)), hair, 1.2, 0.9, e * 6)
    _blob(img, (cx + fw * .06, cy + fh * 0.2), (fw * 0.09, fh * 0.26), dark, 5, 0.35)
    _blob(img, (cx, cy + fh * 0.36), (fw * 0.17, fh * 0.055), dark * 0.85, 2, 0.6)
    for e in (-1, 1):
        _blob(img, (cx + e * fw * 0.09, cy + fh * 0.385), (fw * 0.045, fh * 0.022), dark * 0.4, 1, 0.8)
    lip = np.float32([105, 105, 190]) if sex == "F" else dark * np.float32([0.9, 0.85, 1.05])
    _blob(img, (cx, cy + fh * 0.60), (fw * rng.uniform(.28, .34), fh * 0.055), lip, 1.5)
    _blob(img, (cx, cy + fh * 0.598), (fw * .30, fh * 0.014), dark * 0.45, 1, .8)
    if sex == "M" and rng.random() < 0.4:
        _blob(img, (cx, cy + fh * 0.49), (fw * 0.32, fh * 0.05), hair, 2, 0.75)
    # hairline or scarf
    if scarf:
        colour = np.float32(rng.integers(60, 210, 3))
        mask = np.zeros((H, W), np.float32)
        cv2.ellipse(mask, (int(cx), int(cy)), (int(fw * 1.3), int(fh * 1.3)), 0, 0, 360, 1, -1)
        cv2.ellipse(mask, (int(cx), int(cy + fh * 0.12)), (int(fw * 0.93), int(fh * 0.98)), 0, 0, 360, 0, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), 1.5)
        img += (colour - img) * mask[..., None]
    else:
        mask = np.zeros((H, W), np.float32)
        cv2.ellipse(mask, (int(cx), int(cy - fh * 0.3)), (int(fw * 1.1), int(fh * 0.95)), 0, 0, 360, 1, -1)
        cv2.ellipse(mask, (int(cx), int(cy + fh * 0.22)), (int(fw * 0.97), int(fh * rng.uniform(.86, .95))), 0, 0, 360, 0, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), 1.8)
        img += (hair - img) * mask[..., None]
    img += rng.normal(0, 2.5, (H, W, 1)).astype(np.float32)
    out = np.clip(cv2.GaussianBlur(img, (0, 0), 0.7), 0, 255).astype(np.uint8)
    return cv2.resize(out, (w, h), interpolation=cv2.INTER_AREA)
