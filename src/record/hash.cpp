#include "kualik/record/hash.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "core/sha256.h"

namespace kualik::record {
namespace {

struct Descriptor {
  int fd;
  explicit Descriptor(int f) : fd(f) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

bool is_hex(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes.data(), bytes.size());
  return hash.hex();
}

std::string sha256_file(const std::string& path) {
  // O_NONBLOCK so that a pipe without a writer is refused rather than waited for.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.fd < 0) throw std::runtime_error(std::generic_category().message(errno));
  struct stat info {};
  if (::fstat(file.fd, &info) != 0) throw std::runtime_error(std::generic_category().message(errno));
  if (S_ISDIR(info.st_mode)) throw std::runtime_error("is a folder");
  if (!S_ISREG(info.st_mode)) throw std::runtime_error("not a regular file");
  Sha256 hash;
  std::vector<char> block(std::size_t{1} << 20);
  while (true) {
    const ssize_t got = ::read(file.fd, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw std::runtime_error(std::generic_category().message(errno));
    if (got == 0) break;
    hash.add(block.data(), static_cast<std::size_t>(got));
  }
  return hash.hex();
}

std::string hash_string(std::string_view hex) { return hex.empty() ? std::string{} : "SHA-256:" + std::string(hex); }

std::string hash_hex(std::string_view text) {
  constexpr std::string_view prefix = "SHA-256:";
  if (text.substr(0, prefix.size()) == prefix) text.remove_prefix(prefix.size());
  return is_hex(text) ? std::string(text) : std::string{};
}

}  // namespace kualik::record
