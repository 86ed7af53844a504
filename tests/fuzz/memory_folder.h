#pragma once
// A folder that lies in memory where the machine has such a place, and goes with the process.

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <string>

struct MemoryFolder {
  std::filesystem::path path;
  MemoryFolder() {
    const std::filesystem::path memory("/dev/shm");
    std::string name =
        (std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path()) / "kualik-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path = name;
  }
  ~MemoryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  MemoryFolder(const MemoryFolder&) = delete;  ///< Make another one.
  MemoryFolder& operator=(const MemoryFolder&) = delete;
};
