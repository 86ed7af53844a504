#include "desk/ffmpeg.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <stdexcept>

namespace kualik::desk {

FfmpegWriter::FfmpegWriter(const std::string& path, int width, int height, double fps, const std::string& sound_from) {
  std::array<char, 32> rate{};
  std::snprintf(rate.data(), rate.size(), "%.6f", fps);
  // `file:` keeps ffmpeg from taking a name for a protocol.
  std::vector<std::string> arguments{
      "ffmpeg",     "-loglevel", "quiet", "-y",          "-f",
      "rawvideo",   "-pix_fmt",  "bgr24", "-video_size", std::to_string(width) + "x" + std::to_string(height),
      "-framerate", rate.data(), "-i",    "pipe:0"};
  const auto add = [&](std::initializer_list<const char*> more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
  };
  if (!sound_from.empty()) {
    add({"-i"});
    arguments.push_back("file:" + sound_from);
    add({"-map", "0:v:0", "-map", "1:a?", "-c:a", "aac"});
  } else {
    add({"-an"});
  }
  // H.264 in 4:2:0 wants even sides.
  add({"-map_metadata", "-1",        "-map_chapters", "-1",       "-fflags", "+bitexact",
       "-flags:v",      "+bitexact", "-sn",           "-dn",      "-vf",     "pad=ceil(iw/2)*2:ceil(ih/2)*2",
       "-c:v",          "libx264",   "-preset",       "veryfast", "-crf",    "20",
       "-pix_fmt",      "yuv420p"});
  arguments.push_back("file:" + path);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe to ffmpeg");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& a : arguments) argv.push_back(a.data());
  argv.push_back(nullptr);
  const int fault = ::posix_spawnp(&child_, "ffmpeg", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[0]);
  pipe_ = ends[1];
  if (fault != 0) {
    child_ = -1;
    ::close(pipe_);
    pipe_ = -1;
    throw std::runtime_error("the program ffmpeg could not be started; install the package ffmpeg");
  }
}

FfmpegWriter::~FfmpegWriter() {
  if (pipe_ >= 0) ::close(pipe_);
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
}

void FfmpegWriter::write(const ImageView& frame) {
  const std::size_t row = static_cast<std::size_t>(frame.width) * 3;
  // A dead ffmpeg must be an error here and not a signal to the whole program.
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  bool failed = false;
  for (int y = 0; y < frame.height && !failed; ++y) {
    const std::uint8_t* at = frame.data + static_cast<std::size_t>(y) * frame.row_stride;
    for (std::size_t done = 0; done < row && !failed;) {
      const ssize_t wrote = ::write(pipe_, at + done, row - done);
      if (wrote < 0 && errno == EINTR) continue;
      failed = wrote < 0;
      if (!failed) done += static_cast<std::size_t>(wrote);
    }
  }
  if (failed) {
    const timespec now{};
    sigtimedwait(&blocked, nullptr, &now);  // takes the pending SIGPIPE away
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (failed) throw std::runtime_error("ffmpeg stopped before the copy was whole (disk full, or it lacks libx264?)");
}

void FfmpegWriter::finish() {
  ::close(pipe_);
  pipe_ = -1;
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
  child_ = -1;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error("ffmpeg could not write the copy (disk full, or it lacks libx264?)");
}

}  // namespace kualik::desk
