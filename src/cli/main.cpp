// The program `kualik`: checks numbers by itself, since a bulk check takes less time than loading the image and video
// libraries does, and becomes `kualik-full` for everything else.

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "cli/check_command.h"
#include "cli/commands.h"
#include "cli/program.h"

namespace kualik::cli {
namespace {

/// Beside this program where it was built, in libexec where it was installed.
int become_full_program(char** argv) {
  namespace fs = std::filesystem;
  std::error_code fault;
  const fs::path here = fs::read_symlink("/proc/self/exe", fault).parent_path();
  const fs::path places[] = {here / "kualik-full", here / KUALIK_LIBEXEC / "kualik-full"};
  for (const fs::path& place : places)
    if (fs::exists(place, fault)) {
      ::execv(place.c_str(), argv);
      say(place.string() + ": " + std::strerror(errno));
      return Exit::some_failed;
    }
  say("kualik-full is missing; it belongs to " + places[0].string() + " or " + places[1].lexically_normal().string() +
      ": build the target kualik_program, or install again");
  return Exit::some_failed;
}

}  // namespace
}  // namespace kualik::cli

int main(int argc, char** argv) {
  using namespace kualik::cli;
  if (argc < 2 || std::string_view(argv[1]) != "check") return become_full_program(argv);
  return run_program(argc, argv, add_check_command);
}
