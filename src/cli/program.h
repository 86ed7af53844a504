#pragma once
// What the two programs share: `kualik`, which starts at once and checks numbers by itself, and `kualik-full`, which
// has every command and the image and video libraries that take a quarter of a second to load.

#include <CLI/CLI.hpp>

namespace kualik::cli {

/// Takes the options apart and runs the command that `add` put there. Gives the exit code; lets no exception out.
int run_program(int argc, char** argv, void (*add)(CLI::App& app, int& exit_code)) noexcept;

}  // namespace kualik::cli
