#pragma once
// kualik check: numbers in bulk, from a plain list, a column of a table, or a pipe.

#include <CLI/CLI.hpp>

namespace kualik::cli {

/// Adds the command; when it ran, `exit_code` is 0 (done), 1 (some lines could not be read) or 2 (wrong use).
void add_check_command(CLI::App& app, int& exit_code);

}  // namespace kualik::cli
