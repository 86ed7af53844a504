#include "kualik/record/source.h"

#include <sys/stat.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "kualik/record/hash.h"

namespace kualik::record {

std::string file_name(const std::string& path) {
  const std::size_t last = path.find_last_not_of('/');
  if (last == std::string::npos) return path;
  const std::size_t slash = path.find_last_of('/', last);
  const std::size_t begin = slash == std::string::npos ? 0 : slash + 1;
  return path.substr(begin, last + 1 - begin);
}

Source hash_source(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0)
    throw std::runtime_error(errno == ENOENT ? "no such file" : std::generic_category().message(errno));
  if (S_ISDIR(info.st_mode)) throw std::runtime_error("is a folder");
  if (!S_ISREG(info.st_mode)) throw std::runtime_error("not a regular file");
  if (info.st_size == 0) throw std::runtime_error("the file is empty");
  Source source;
  source.name = file_name(path);
  source.path = path;
  source.size = static_cast<std::uint64_t>(info.st_size);
  source.sha256 = sha256_file(path);
  return source;
}

}  // namespace kualik::record
