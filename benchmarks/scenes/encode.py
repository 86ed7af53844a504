"""H.264 through a pipe to ffmpeg, at the rates of web video."""
import subprocess


class Encoder:
    """Takes BGR frames of one size; `close` waits for the file. With `again` the clip is encoded a second time at that CRF,
    as a site does with what it is given."""

    def __init__(self, path, width, height, fps, crf, again=None, preset="veryfast", tags=()):
        self.path, self.again, self.preset = str(path), again, preset
        self.first = self.path + ".first.mp4" if again else self.path
        self.tags = list(tags)
        self.pipe = subprocess.Popen(
            ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{width}x{height}", "-r", str(fps), "-i", "-",
             *self._out(crf if not again else min(crf, 24)), self.first], stdin=subprocess.PIPE)
        self.crf = crf

    def _out(self, crf):
        # one thread and a fixed seedless encoder: the same frames give the same file
        return ["-an", "-c:v", "libx264", "-preset", self.preset, "-crf", str(crf), "-pix_fmt", "yuv420p", "-g", "250", "-threads", "1",
                "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", *self.tags, "-movflags", "+faststart"]

    def write(self, frame):
        self.pipe.stdin.write(frame.tobytes())

    def close(self):
        self.pipe.stdin.close()
        if self.pipe.wait():
            raise RuntimeError(f"ffmpeg could not write {self.first}")
        if self.again:
            import os
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", self.first, *self._out(self.again), self.path], check=True)
            os.remove(self.first)
