// The program `kualik-full`: every command.

#include "cli/check_command.h"
#include "cli/commands.h"
#include "cli/names_command.h"
#include "cli/program.h"

int main(int argc, char** argv) {
  using namespace kualik::cli;
  return run_program(argc, argv, [](CLI::App& app, int& exit_code) {
    add_scan_command(app, exit_code);
    add_parse_command(app, exit_code);
    add_check_command(app, exit_code);
    add_names_commands(app, exit_code);
    add_export_command(app, exit_code);
    add_report_command(app, exit_code);
    add_redact_command(app, exit_code);
  });
}
