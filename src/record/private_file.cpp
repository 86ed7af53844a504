#include "kualik/record/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace kualik::record {
namespace {

[[noreturn]] void failed(const std::string& path, int code) {
  throw std::runtime_error(path + ": " + std::generic_category().message(code));
}

// Writes, flushes and closes; gives errno of the first fault.
int write_all(int fd, std::string_view bytes) {
  int fault = 0;
  while (!bytes.empty() && fault == 0) {
    const ssize_t done = ::write(fd, bytes.data(), bytes.size());
    if (done < 0) {
      if (errno != EINTR) fault = errno;
      continue;
    }
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  if (fault == 0 && ::fsync(fd) != 0) fault = errno;
  if (::close(fd) != 0 && fault == 0) fault = errno;
  return fault;
}

}  // namespace

void make_private_folder(const std::string& path) {
  const std::filesystem::path folder(path);
  if (folder.empty() || std::filesystem::is_directory(folder)) return;
  if (folder.has_parent_path() && folder.parent_path() != folder) make_private_folder(folder.parent_path().string());
  if (::mkdir(path.c_str(), 0700) != 0 && !(errno == EEXIST && std::filesystem::is_directory(folder)))
    failed(path, errno);
}

void write_private_file(const std::string& path, std::string_view bytes) {
  const std::string partial = path + ".part-" + std::to_string(::getpid());
  ::unlink(partial.c_str());
  const int fd = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) failed(path, errno);
  int fault = write_all(fd, bytes);
  if (fault == 0 && std::rename(partial.c_str(), path.c_str()) != 0) fault = errno;
  if (fault == 0) return;
  ::unlink(partial.c_str());
  failed(path, fault);
}

void touch_private_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) failed(path, errno);
  ::close(fd);
}

std::string read_whole_file(const std::string& path, std::size_t limit) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) failed(path, errno);
  std::string out;
  std::string block(std::size_t{1} << 16, '\0');
  while (true) {
    const ssize_t got = ::read(fd, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    const int fault = got < 0 ? errno : (out.size() > limit ? EFBIG : 0);
    if (fault != 0) {
      ::close(fd);
      failed(path, fault);
    }
    if (got == 0) break;
    out.append(block, 0, static_cast<std::size_t>(got));
  }
  ::close(fd);
  return out;
}

}  // namespace kualik::record
