// The program `kualik`: names the commands and turns faults into one line and an exit code.

#include <csignal>
#include <cstdio>
#include <ctime>
#include <exception>

#include "cli/commands.h"
#ifdef KUALIK_HAS_CHECK
#include "cli/check_command.h"
#endif
#ifdef KUALIK_HAS_NAMES
#include "cli/names_command.h"
#endif

namespace kualik::cli {

std::atomic<bool> stop_requested{false};

void watch_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { stop_requested.store(true); };
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // the second Ctrl-C has the default effect
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);  // a closed pipe becomes a write error with a message
}

void say(const std::string& message) { std::fprintf(stderr, "kualik: %s\n", message.c_str()); }

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

}  // namespace kualik::cli

int main(int argc, char** argv) {
  using namespace kualik::cli;
  int exit_code = Exit::done;
  CLI::App app{"Turns testimony videos into checked, citable records. Works offline; never writes to its sources."};
  app.name("kualik");
  app.set_version_flag("--version", std::string("kualik ") + KUALIK_VERSION);
  app.require_subcommand(1);
  try {
    add_scan_command(app, exit_code);
    add_parse_command(app, exit_code);
#ifdef KUALIK_HAS_CHECK
    add_check_command(app, exit_code);
#endif
#ifdef KUALIK_HAS_NAMES
    add_names_commands(app, exit_code);
#endif
    add_export_command(app, exit_code);
    add_report_command(app, exit_code);
    add_redact_command(app, exit_code);
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    return app.exit(fault) == 0 ? Exit::done : Exit::wrong_use;
  } catch (const std::exception& fault) {
    say(fault.what());
    return Exit::some_failed;
  }
  return exit_code;
}
