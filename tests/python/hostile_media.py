"""Broken, odd and malicious media, made small: what a reader of files from anywhere must survive.

    /usr/bin/python3 tests/python/hostile_media.py FOLDER

Each name begins with what must come of it: `good-` (read, whatever is on it), `bad-` (one clear line), `any-` (either).
"""
import io
import pathlib
import random
import struct
import subprocess
import sys
import zlib

SIZE = "160x120"


def ffmpeg(target, *arguments, source=f"testsrc=size={SIZE}:rate=10:duration=0.8"):
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi", "-i", source, *map(str, arguments), str(target)], check=True)
    return target


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(side):
    """Says `side` x `side` pixels; a decoder that believes it asks for gigabytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def interlaced_size(width, height, bytes_each):
    """Bytes of the seven passes of an interlaced PNG, a filter byte before each row."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    return sum(len(range(y, height, dy)) * (1 + bytes_each * len(range(x, width, dx))) for x, y, dx, dy in passes)


def patched(data, mark, offset, value, count=1):
    """`data` with bytes written at `offset` from each of the first `count` marks."""
    data = bytearray(data)
    at = -1
    for _ in range(count):
        at = data.index(mark, at + 1)
        data[at + offset : at + offset + len(value)] = value
    return bytes(data)


def videos(folder):
    """An undamaged clip in each container, as the material to damage."""
    clips = {
        "mp4": ffmpeg(folder / "good-clip.mp4", "-c:v", "mpeg4", "-pix_fmt", "yuv420p"),
        "mkv": ffmpeg(folder / "good-clip.mkv", "-c:v", "ffv1"),
        "avi": ffmpeg(folder / "good-clip.avi", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"),
        "webm": ffmpeg(folder / "good-clip.webm", "-c:v", "libvpx"),
    }
    return {kind: path.read_bytes() for kind, path in clips.items()}


def odd_videos(folder, clips):
    ffmpeg(folder / "good-variable-rate.mkv", "-vf", "setpts='if(lt(N,4),N,N*N)/10/TB'", "-vsync", "vfr", "-c:v", "ffv1")
    ffmpeg(folder / "good-no-times.m4v", "-c:v", "mpeg4", "-f", "m4v")
    ffmpeg(folder / "good-one-frame.mp4", "-frames:v", "1", "-c:v", "mpeg4")
    ffmpeg(folder / "good-odd-size.mkv", "-c:v", "ffv1", source="testsrc=size=161x121:rate=10:duration=0.3")
    ffmpeg(folder / "good-tiny.mkv", "-c:v", "ffv1", source="testsrc=size=2x2:rate=10:duration=0.3")
    ffmpeg(folder / "good-16-bit.mkv", "-c:v", "ffv1", "-pix_fmt", "yuv420p10le")
    ffmpeg(folder / "good-grey.mkv", "-c:v", "ffv1", "-pix_fmt", "gray")
    ffmpeg(folder / "good-rate-1000.mkv", "-c:v", "ffv1", source="testsrc=size=64x48:rate=1000:duration=0.05")
    ffmpeg(folder / "good-rate-slow.mkv", "-c:v", "ffv1", source="testsrc=size=64x48:rate=1/1000:duration=3000")
    for turn in (90, 180, 270):
        subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", folder / "good-clip.mp4", "-c", "copy", "-metadata:s:v", f"rotate={turn}",
                        folder / f"good-turned-{turn}.mp4"], check=True)
    ffmpeg(folder / "bad-sound-alone.m4a", "-c:a", "aac", source="sine=duration=0.3")
    ffmpeg(folder / "bad-sound-alone.mkv", "-c:a", "flac", source="sine=duration=0.3")
    ffmpeg(folder / "bad-sound-alone.mp4", "-c:a", "aac", source="sine=duration=0.3")
    # No frames: a container whose only packets were cut off.
    (folder / "bad-no-frames.mkv").write_bytes(clips["mkv"][: clips["mkv"].index(b"\x1f\x43\xb6\x75")])
    again = lambda name, *arguments, before=(): subprocess.run(
        ["ffmpeg", "-y", "-loglevel", "error", *before, "-i", folder / "good-clip.mp4", "-c", "copy", *arguments, folder / name], check=True)
    again("good-edit-list.mp4", before=("-ss", "0.35"))
    again("good-negative-times.mkv", "-avoid_negative_ts", "disabled", before=("-itsoffset", "-3"))
    again("good-fragments.mp4", "-movflags", "frag_keyframe+empty_moov")
    titles = folder / "titles.srt"
    titles.write_text("1\n00:00:00,000 --> 00:00:01,000\nwords\n")
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", titles, folder / "bad-subtitles-alone.mkv"], check=True)
    titles.unlink()
    # A header that lies: of the size, the rate, the number of frames, the duration.
    avi = clips["avi"]
    big = struct.pack("<II", 60000, 60000)
    (folder / "any-declares-60000.avi").write_bytes(patched(patched(avi, b"strf", 12, big), b"avih", 40, big))
    (folder / "any-rate-absurd.avi").write_bytes(patched(avi, b"strh", 28, struct.pack("<II", 1, 0xFFFFFFFF)))
    (folder / "any-rate-zero.avi").write_bytes(patched(avi, b"strh", 28, struct.pack("<II", 0xFFFFFFFF, 0)))
    (folder / "any-frames-absurd.avi").write_bytes(
        patched(patched(avi, b"avih", 24, struct.pack("<I", 0x7FFFFFFF)), b"strh", 40, struct.pack("<I", 0x7FFFFFFF)))
    mp4 = clips["mp4"]
    (folder / "any-duration-absurd.mp4").write_bytes(patched(patched(mp4, b"mvhd", 20, b"\xff" * 4), b"mdhd", 20, b"\xff" * 4))
    (folder / "any-timescale-zero.mp4").write_bytes(patched(mp4, b"mdhd", 16, bytes(4)))
    (folder / "any-timescale-absurd.mp4").write_bytes(patched(mp4, b"mdhd", 16, b"\x7f\xff\xff\xff"))
    (folder / "any-samples-absurd.mp4").write_bytes(patched(mp4, b"stsz", 12, b"\x7f\xff\xff\xff"))
    # Thirty million samples of one byte each, in a file of a few thousand: a gigabyte of index.
    (folder / "bad-samples-of-one-size.mp4").write_bytes(patched(mp4, b"stsz", 8, struct.pack(">II", 1, 30_000_000)))
    (folder / "any-box-size-absurd.mp4").write_bytes(patched(mp4, b"moov", -4, b"\xff\xff\xff\xf0"))


def stills(folder):
    import cv2
    import numpy
    from PIL import Image

    # Above the least size that is read (32 pixels), and so small that reading costs nothing.
    page = numpy.full((36, 48, 3), 210, numpy.uint8)
    cv2.rectangle(page, (6, 6), (42, 28), (250, 245, 240), -1)
    cv2.line(page, (10, 12), (36, 12), (20, 20, 20), 2)
    write = lambda name, image, *more: cv2.imwrite(str(folder / name), image, *more)
    write("good-plain.jpg", page)
    write("good-plain.png", page)
    write("good-plain.bmp", page)
    write("good-plain.tif", page)
    write("good-plain.webp", page)
    write("good-alpha.png", numpy.dstack([page, page[:, :, 0]]))
    write("good-16-bit.png", page.astype(numpy.uint16) * 257)
    write("good-16-bit.tif", page.astype(numpy.uint16) * 257)
    write("good-float.tif", page.astype(numpy.float32) / 255)
    write("bad-one-pixel.png", page[:1, :1])
    write("bad-strip.png", numpy.repeat(page[:2], 60, axis=1))
    picture = Image.fromarray(page)
    picture.convert("CMYK").save(folder / "good-cmyk.jpg")
    picture.convert("LA").save(folder / "good-grey-alpha.png")
    picture.convert("1").save(folder / "good-1-bit.png")
    picture.convert("P").save(folder / "good-palette.png")
    picture.save(folder / "good-progressive.jpg", progressive=True)
    # Three thousand scans over 16 million pixels, in 150 kB.
    scans = io.BytesIO()
    Image.new("L", (4000, 4000), 128).save(scans, "jpeg", progressive=True)
    scans = scans.getvalue()
    (folder / "bad-scans.jpg").write_bytes(scans[:-2] + scans[scans.rindex(b"\xff\xda") : -2] * 3000 + b"\xff\xd9")
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(folder / "good-exif-turned.jpg", exif=exif)
    frames = [Image.fromarray(numpy.roll(page, 9 * i, 1)) for i in range(4)]
    for ending, name in {"gif": "good", "png": "good", "tif": "good", "webp": "bad"}.items():
        frames[0].save(folder / f"{name}-animated.{ending}", save_all=True, append_images=frames[1:], duration=100)
    for side in (60000, 0x7FFFFFFF, 0):
        (folder / f"bad-bomb-{side}.png").write_bytes(png_bomb(side))
    # A small size where the header should stand, before the header itself.
    plain = png_bomb(60000)
    (folder / "bad-hidden-size.png").write_bytes(plain[:8] + chunk(b"abCd", struct.pack(">II", 48, 36)) + plain[8:])
    # A tile of 256 million pixels for a picture of 48 x 36.
    tags = {256: 48, 257: 36, 258: 8, 259: 1, 262: 1, 277: 1, 322: 16000, 323: 16000, 324: 8, 325: 1728}
    (folder / "bad-tile.tif").write_bytes(struct.pack("<4sI", b"II*\0", 8 + 1728) + bytes(1728) + struct.pack("<H", len(tags)) +
                                          b"".join(struct.pack("<HHII", t, 4, 1, v) for t, v in tags.items()) + bytes(4))
    for name, bits, interlaced, raw in (("16-bit-transparent", 16, 0, bytes(36 * (1 + 48 * 6))), ("interlaced", 8, 1, bytes(interlaced_size(48, 36, 3)))):
        (folder / f"good-{name}.png").write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 48, 36, bits, 2, 0, 0, interlaced)) +
            chunk(b"tRNS", struct.pack(">HHH", 1, 2, 3)) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b""))
    # Within the limit by its header, but without the pixels.
    (folder / "bad-bomb-9000.png").write_bytes(png_bomb(9000))
    jpeg = (folder / "good-plain.jpg").read_bytes()
    (folder / "bad-bomb.jpg").write_bytes(patched(jpeg, b"\xff\xc0", 5, struct.pack(">HH", 65500, 65500)))
    gif = (folder / "good-animated.gif").read_bytes()
    (folder / "bad-bomb.gif").write_bytes(gif[:6] + struct.pack("<HH", 65535, 65535) + gif[10:])
    bmp = (folder / "good-plain.bmp").read_bytes()
    (folder / "bad-bomb.bmp").write_bytes(bmp[:18] + struct.pack("<ii", 60000, -60000) + bmp[26:])
    (folder / "bad-negative.bmp").write_bytes(bmp[:18] + struct.pack("<ii", -48, 36) + bmp[26:])
    return {p.suffix[1:]: p.read_bytes() for p in folder.glob("good-plain.*")}


def damaged(folder, whole):
    """Cut at every tenth of the length, and with bits turned over."""
    numbers = random.Random(8)
    for kind, data in whole.items():
        for tenth in range(1, 10):
            (folder / f"any-cut-{tenth}.{kind}").write_bytes(data[: len(data) * tenth // 10])
        for n in range(4):
            bits = bytearray(data)
            for _ in range(max(3, len(bits) // 500)):
                bits[numbers.randrange(len(bits))] ^= 1 << numbers.randrange(8)
            (folder / f"any-flipped-{n}.{kind}").write_bytes(bits)


def damaged_heads(folder, clips):
    """Bits turned over in the headers alone, where everything hangs on everything."""
    numbers = random.Random(88)
    for kind, data in clips.items():
        begin = data.index(b"moov") if kind == "mp4" else 0
        for n in range(3):
            bits = bytearray(data)
            for _ in range(1 + 2 * n):
                bits[begin + numbers.randrange(min(1200, len(bits) - begin))] ^= 1 << numbers.randrange(8)
            (folder / f"any-head-{n}.{kind}").write_bytes(bits)


def zeroed(folder):
    """Whole but for a part in its middle: what stands behind it can be read."""
    data = bytearray(ffmpeg(folder / "any-zeroed.mp4", "-c:v", "libx264", "-g", "10", "-bf", "0", "-pix_fmt", "yuv420p",
                            source=f"testsrc=size={SIZE}:rate=10:duration=4").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 6000] = bytes(6000)
    (folder / "any-zeroed.mp4").write_bytes(data)


def grown(folder):
    """A stream that changes its size on the way, as recorded calls do."""
    parts = [ffmpeg(folder / f"part{i}.ts", "-c:v", "libx264", "-pix_fmt", "yuv420p", source=f"testsrc=size={size}:rate=10:duration=0.8")
             for i, size in enumerate((SIZE, "320x180", "90x160"))]
    (folder / "good-sizes.ts").write_bytes(b"".join(p.read_bytes() for p in parts))
    for p in parts:
        p.unlink()


def flipped_inside(folder):
    """Bits turned over in the pictures' own data, which the decoder patches up."""
    data = bytearray(ffmpeg(folder / "bad-patched.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", source="testsrc=size=320x240:rate=10:duration=2").read_bytes())
    for i in range(40):
        data[len(data) // 4 + 97 * i] ^= 0x10
    (folder / "bad-patched.mp4").write_bytes(data)


def misnamed(folder, clips, images):
    (folder / "good-image-named.mp4").write_bytes(images["png"])
    (folder / "good-video-named.jpg").write_bytes(clips["mp4"])
    (folder / "bad-text-named.mp4").write_text("this is no video\n" * 20)
    (folder / "bad-playlist-named.mp4").write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n")
    (folder / "good-name:with-a-colon.mp4").write_bytes(clips["mp4"])
    subprocess.run(["ffmpeg", "-y", "-loglevel", "error", "-i", folder / "good-clip.mp4", "-i", folder / "good-clip.mp4", "-map", "0", "-map", "1", "-c", "copy",
                    folder / "bad-two-videos.mkv"], check=True)
    (folder / "bad-list-named.mp4").write_text("ffconcat version 1.0\nfile '/etc/hostname'\n")
    # A description of a live stream, which FFmpeg would listen to.
    (folder / "bad-session-named.mp4").write_text("v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n")
    (folder / "bad-zip-named.avi").write_bytes(b"PK\x03\x04" + bytes(200))
    (folder / "bad-zeros.mp4").write_bytes(bytes(5000))
    (folder / "bad-empty.mp4").write_bytes(b"")
    (folder / "bad-empty.jpg").write_bytes(b"")
    (folder / "bad-one-byte.png").write_bytes(b"\x89")


def make(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    clips = videos(folder)
    odd_videos(folder, clips)
    images = stills(folder)
    damaged(folder, {**clips, **images})
    damaged_heads(folder, clips)
    zeroed(folder)
    grown(folder)
    flipped_inside(folder)
    misnamed(folder, clips, images)
    return sorted(p for p in folder.iterdir() if p.is_file())


if __name__ == "__main__":
    print(len(make(sys.argv[1])), "files")
