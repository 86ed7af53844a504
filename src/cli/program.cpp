// What every command needs, and a program around them that turns faults into one line and an exit code.

#include "cli/program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>

#include "cli/commands.h"
#include "core/sanitized.h"
#include "kualik/core/one_line.h"

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

// A crash must not leave what was read in a file that nobody asked for; ffmpeg, which gets frames, inherits it.
static void leave_no_core_file() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_CORE, &limit) != 0) return;
  limit.rlim_cur = 0;
  ::setrlimit(RLIMIT_CORE, &limit);
}

std::FILE* messages = stderr;

void silence_libraries() {
  // Sanitizers write their reports to stderr, which must reach somebody then.
#ifndef KUALIK_SANITIZED
  if (messages != stderr || std::getenv("KUALIK_LIBRARY_MESSAGES") != nullptr) return;
  const int own = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  std::FILE* const stream = own < 0 ? nullptr : ::fdopen(own, "w");
  if (stream != nullptr && nothing >= 0) {
    std::setvbuf(stream, nullptr, _IONBF, 0);
    ::dup2(nothing, STDERR_FILENO);
    messages = stream;
  }
  if (nothing >= 0) ::close(nothing);
#endif
}

void say(const std::string& message) { std::fprintf(messages, "kualik: %s\n", in_one_line(message, '?').c_str()); }

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

int run_program(int argc, char** argv, void (*add)(CLI::App& app, int& exit_code)) noexcept try {
  leave_no_core_file();
  int exit_code = Exit::done;
  CLI::App app{"Turns testimony videos into checked, citable records. Works offline; never writes to its sources."};
  app.name("kualik");
  app.set_version_flag("--version", std::string("kualik ") + KUALIK_VERSION);
  app.require_subcommand(1);
  try {
    add(app, exit_code);
    app.parse(argc, argv);
  } catch (const CLI::ParseError& fault) {
    // "kualik a.mp4": CLI11 would say that a command is missing, not which word was taken for one.
    const std::string first = argc > 1 ? argv[1] : "";
    std::string names;
    bool known = first.empty() || first[0] == '-';
    for (const CLI::App* command : app.get_subcommands([](CLI::App*) { return true; })) {
      known |= command->get_name() == first;
      names += (names.empty() ? "" : ", ") + command->get_name();
    }
    if (!known) {
      say("no command \"" + first + "\"; there are " + names + " (kualik scan FILE reads a video)");
      return Exit::wrong_use;
    }
    return app.exit(fault) == 0 ? Exit::done : Exit::wrong_use;
  } catch (const std::exception& fault) {
    say(fault.what());
    return Exit::some_failed;
  }
  return exit_code;
} catch (const std::exception& fault) {  // Before or beside the commands: no memory, for example.
  std::fprintf(messages, "kualik: %s\n", fault.what());
  return Exit::some_failed;
}

}  // namespace kualik::cli
