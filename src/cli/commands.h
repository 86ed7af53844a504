#pragma once
// One function a command: it adds its options to the program, and sets the exit code when it runs.

#include <CLI/CLI.hpp>
#include <atomic>
#include <cstdio>

namespace kualik::cli {

/// Exit codes (docs/install.md): done; done, but some inputs failed; wrong use; stopped by Ctrl-C.
enum Exit : int { done = 0, some_failed = 1, wrong_use = 2, interrupted = 130 };

void add_scan_command(CLI::App& app, int& exit_code);
void add_parse_command(CLI::App& app, int& exit_code);
void add_export_command(CLI::App& app, int& exit_code);
void add_report_command(CLI::App& app, int& exit_code);
void add_redact_command(CLI::App& app, int& exit_code);

/// Set by Ctrl-C and SIGTERM once `watch_signals` ran; a second Ctrl-C ends the program at once.
extern std::atomic<bool> stop_requested;
void watch_signals();

/// Where the program's own messages and its progress bar go: stderr.
extern std::FILE* messages;
/// Image and video libraries print warnings of their own to stderr, naming neither file nor cause in our words; from
/// here on they go nowhere. The environment variable KUALIK_LIBRARY_MESSAGES keeps them, as do builds with sanitizers.
void silence_libraries();

/// One line on stderr, `kualik: …`.
void say(const std::string& message);

/// Today in UTC as an ISO time, "2026-01-02T03:04:05Z".
std::string now_utc();

}  // namespace kualik::cli
