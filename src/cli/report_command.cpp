#include <memory>

#include "cli/commands.h"
#include "cli/output.h"
#include "kualik/desk/archive.h"
#include "kualik/desk/report.h"
#include "kualik/record/mask.h"
#include "kualik/record/private_file.h"

namespace kualik::cli {
namespace {

struct ReportArguments {
  std::string archive;
  std::string page;
  std::string decisions;
  desk::ReportOptions options;
};

int report(const ReportArguments& arguments) {
  desk::Archive archive(arguments.archive);
  if (!arguments.decisions.empty()) {
    std::vector<record::Decision> decisions;
    try {
      decisions = record::read_decisions(record::read_whole_file(arguments.decisions));
    } catch (const std::exception& fault) {
      throw std::runtime_error(arguments.decisions + ": " + fault.what());
    }
    const record::MergeResult result = archive.merge(decisions);
    say(std::to_string(result.merged) + " decisions merged" +
        (result.stale > 0 ? ", " + std::to_string(result.stale) + " left out: another value stands there by now" : "") +
        (result.unknown > 0 ? ", " + std::to_string(result.unknown) + " left out: no such field here" : ""));
    if (arguments.page.empty()) return result.stale + result.unknown > 0 ? Exit::some_failed : Exit::done;
  }
  const std::string page = arguments.page.empty() ? "report.html" : arguments.page;
  record::write_private_file(page, desk::report_page(archive, arguments.options));
  std::printf("%s\n", page.c_str());
  return Exit::done;
}

struct ExportArguments {
  std::string archive;
  std::string format = "csv";
  bool bom = false;
  bool redact = false;
};

int export_records(const ExportArguments& arguments) {
  const desk::Archive archive(arguments.archive);
  Output output(arguments.format, arguments.redact ? std::vector<std::string>{} : archive.free_columns(),
                arguments.bom);
  archive.each([&](const record::Entry& entry, std::size_t number) {
    output.write(arguments.redact ? record::mask(entry) : entry, number);
  });
  output.flush();
  return Exit::done;
}

}  // namespace

void add_report_command(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ReportArguments>();
  CLI::App* command =
      app.add_subcommand("report", "Make the review page (one HTML file), or merge the decisions that it saved");
  command->add_option("archive,--db", arguments->archive, "Output folder of a scan, database, or JSON Lines file")
      ->required();
  command->add_option("--out", arguments->page, "The page (default: report.html)");
  command->add_option("--merge", arguments->decisions,
                      "decisions.json as the page saved it; makes no page unless --out is given");
  command->add_flag("--redact", arguments->options.mask, "Mask private values and leave the pictures out");
  command->callback([arguments, &exit_code] { exit_code = report(*arguments); });
}

void add_export_command(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* command =
      app.add_subcommand("export", "Print the records of earlier scans, with the decisions of reviewers");
  command->add_option("archive", arguments->archive, "Output folder of a scan, database, or JSON Lines file")
      ->required();
  command
      ->add_option("--format", arguments->format,
                   "jsonl, csv (one row a field), documents (CSV, one row a person on a document) or table")
      ->check(CLI::IsMember(output_formats))
      ->capture_default_str();
  command->add_flag("--bom", arguments->bom, "Begin CSV with a byte order mark, as Excel needs it to see UTF-8");
  command->add_flag("--redact", arguments->redact, "Mask private values");
  command->callback([arguments, &exit_code] { exit_code = export_records(*arguments); });
}

}  // namespace kualik::cli
