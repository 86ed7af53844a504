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
  std::vector<std::string> decisions;
  desk::ReportOptions options;
};

int report(const ReportArguments& arguments) {
  desk::Archive archive(arguments.archive);
  record::MergeResult all;
  for (const std::string& file : arguments.decisions) {
    std::vector<record::Decision> decisions;
    try {
      decisions = record::read_decisions(record::read_whole_file(file));
    } catch (const std::exception& fault) {
      throw std::runtime_error(file + ": " + fault.what());
    }
    const record::MergeResult result = archive.merge(decisions);
    say(std::to_string(result.merged) + " decisions merged" +
        (result.stale > 0 ? ", " + std::to_string(result.stale) + " left out: another value stands there by now" : "") +
        (result.unknown > 0 ? ", " + std::to_string(result.unknown) + " left out: no such field here" : ""));
    all.stale += result.stale;
    all.unknown += result.unknown;
  }
  const bool left_out = all.stale + all.unknown > 0;
  if (arguments.decisions.empty() || !arguments.page.empty())
    for (const std::string& page :
         desk::write_report(archive, arguments.page.empty() ? "report.html" : arguments.page, arguments.options))
      std::printf("%s\n", page.c_str());
  return left_out ? Exit::some_failed : Exit::done;
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
  const bool rows = arguments.format == "csv" || arguments.format == "documents";
  archive.each([&](const record::Entry& entry, std::size_t number) {
    record::Entry shown = entry;
    // In a table each of the archive's entries that cites a video has rows of its own.
    std::vector<record::Catalogue> catalogues{entry.catalogue};
    if (rows) catalogues = archive.catalogues(entry);
    for (record::Catalogue& catalogue : catalogues) {
      shown.catalogue = std::move(catalogue);
      output.write(arguments.redact ? record::mask(shown) : shown, number);
    }
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
                      "decisions.json as the page saved it, or several; makes no page unless --out is given");
  command
      ->add_option("--per-page", arguments->options.per_page,
                   "At most so many documents on a page, further ones on report-2.html …; 0: all on one")
      ->capture_default_str();
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
