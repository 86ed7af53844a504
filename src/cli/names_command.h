#pragma once
// kualik names match A B; kualik names search QUERY --in list.csv; kualik translit --to SPELLING [FILE|-]

#include <CLI/CLI.hpp>

namespace kualik::cli {

/// Adds the commands `names` and `translit`.
void add_names_commands(CLI::App& app, int& exit_code);

}  // namespace kualik::cli
