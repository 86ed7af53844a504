#pragma once
// What is known of an input before it is opened: its name, size and hash.

#include <string>

#include "kualik/record/record.h"

namespace kualik::record {

/// Name, path, size and SHA-256 of a regular file; the picture's size and duration are left for the reader to fill in.
/// Throws std::runtime_error with the cause in one line ("no such file", "is a folder", "the file is empty", "not a
/// regular file" for pipes and devices, which could block), without the file's name. The file is opened for reading
/// only. Thread-safe.
Source hash_source(const std::string& path);

/// The last part of a path, as Source::name has it.
std::string file_name(const std::string& path);

}  // namespace kualik::record
