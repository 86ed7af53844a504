#pragma once
// Files that only their owner may read (folders 0700, files 0600), whatever the umask: crops and records are dangerous
// to people. Every function throws std::runtime_error with path and cause in one line.

#include <string>
#include <string_view>

namespace kualik::record {

/// Makes a folder and its missing parents; folders that exist keep their permissions.
void make_private_folder(const std::string& path);

/// Writes a whole file at once: into a new file beside it, flushed to the disk, then renamed over `path`. A crash or a
/// full disk leaves the old file or the new one, never a part.
void write_private_file(const std::string& path, std::string_view bytes);

/// Makes an empty file with mode 0600 unless it exists.
void touch_private_file(const std::string& path);

/// The whole content of a file; refuses more than `limit` bytes.
std::string read_whole_file(const std::string& path, std::size_t limit = std::size_t{1} << 30);

}  // namespace kualik::record
