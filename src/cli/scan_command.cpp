#include <algorithm>
#include <cstdint>
#include <memory>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/progress_bar.h"
#include "kualik/desk/batch.h"

namespace kualik::cli {
namespace {

struct ScanArguments {
  std::vector<std::string> inputs;
  std::string list;
  std::string format = "jsonl";
  bool bom = false;
  bool retry_failed = false;
  desk::BatchOptions batch;
};

int scan(ScanArguments& arguments) {
  watch_signals();
  desk::InputList list = desk::collect_inputs(arguments.inputs, arguments.list);
  std::vector<desk::Input> inputs = std::move(list.inputs);
  if (arguments.retry_failed) inputs = desk::failed_inputs(arguments.batch.database, inputs);
  for (const record::Failure& f : list.failures) say(f.path + ": " + f.cause);
  silence_libraries();
  arguments.batch.started_at = now_utc();
  Output output(arguments.format, arguments.batch.mask ? std::vector<std::string>{} : list.columns, arguments.bom);
  ProgressBar bar;
  desk::BatchHandlers handlers;
  handlers.progress = [&](double share, std::size_t done, std::size_t all) { bar.show(share, done, all); };
  std::size_t cut_short = 0;
  handlers.result = [&](const desk::FileResult& result) {
    const std::string& path = inputs[result.input].path;
    if (!result.failure.empty()) {
      bar.clear();
      say(path + ": " + result.failure);
    }
    if (!result.warning.empty()) {
      bar.clear();
      say(path + ": " + result.warning);
      ++cut_short;
    }
    for (std::size_t i = 0; i < result.entries.size(); ++i) output.write(result.entries[i], i + 1);
    output.flush();
  };
  const desk::BatchSummary summary = desk::run_batch(inputs, arguments.batch, handlers, &stop_requested);
  bar.clear();
  output.flush();
  if (summary.stopped) {
    say("stopped: " + std::to_string(summary.read + summary.skipped + summary.failed) + " of " +
        std::to_string(inputs.size()) + " files were done" +
        (arguments.batch.database.empty() ? "" : "; --resume goes on with the rest"));
    return Exit::interrupted;
  }
  const std::size_t failed = summary.failed + list.failures.size();
  if (inputs.size() > 1 || summary.skipped > 0)
    say(std::to_string(summary.read) + " files read, " + std::to_string(summary.documents) + " documents" +
        (summary.skipped > 0
             ? ", " + std::to_string(summary.skipped) + " passed over (their content is in the database)"
             : "") +
        (failed > 0 ? ", " + std::to_string(failed) + " failed" : "") +
        (cut_short > 0 ? ", " + std::to_string(cut_short) + " not read whole" : ""));
  return failed + cut_short > 0 ? Exit::some_failed : Exit::done;
}

}  // namespace

void add_scan_command(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ScanArguments>();
  CLI::App* command = app.add_subcommand("scan", "Find and read documents in videos, images and folders of them");
  command->add_option("inputs", arguments->inputs, "Videos, images, folders");
  command->add_option("--list", arguments->list,
                      "CSV with a column `path`, optionally `entry_no`, and free columns that are carried through");
  command
      ->add_option("--format", arguments->format,
                   "jsonl: one line a document; csv: one row a field; documents: CSV, one row a person on a document; "
                   "table: for reading")
      ->check(CLI::IsMember(output_formats))
      ->capture_default_str();
  command->add_flag("--bom", arguments->bom, "Begin CSV with a byte order mark, as Excel needs it to see UTF-8");
  command->add_option("--out", arguments->batch.folder, "Folder for records, crops and manifests, one folder a source");
  command->add_flag("--crops", arguments->batch.crops, "Keep the picture of every field (needs --out or --db)");
  command->add_option("--threads", arguments->batch.threads, "Files read at once; one file alone gets all threads")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->add_flag("--redact", arguments->batch.mask, "Mask private values in everything that is written");
  command->add_option("--db", arguments->batch.database,
                      "SQLite file that takes the records; several runs may share one");
  command->add_flag("--resume", arguments->batch.resume,
                    "Pass over files whose content is in the database (needs --db)");
  command->add_flag("--retry-failed", arguments->retry_failed,
                    "Only the files that failed before (needs --db); without inputs, all of them");
  command->add_option("--today", arguments->batch.reader.today,
                      "Date that ages and future dates are judged by, YYYY-MM-DD (default: the system's)");
  command->add_option("--tessdata", arguments->batch.reader.tessdata, "Folder of Tesseract's language data");
  command->add_option("--reader", arguments->batch.reader.plugin_readers,
                      "name=DIR of a further CTC line model in ONNX");
  command->add_option("--max-duration", arguments->batch.reader.max_duration_s,
                      "Stop reading a video after so many seconds (0: read it all)");
  command
      ->add_option("--max-pixels", arguments->batch.reader.max_pixels,
                   "Refuse larger frames and images, by their header alone where it says the size")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}))
      ->capture_default_str();
  command->callback([arguments, &exit_code] {
    const bool needs_database = arguments->batch.resume || arguments->retry_failed;
    if (needs_database && arguments->batch.database.empty())
      throw CLI::ValidationError("--resume and --retry-failed need --db FILE");
    if (arguments->batch.crops && arguments->batch.database.empty() && arguments->batch.folder.empty())
      throw CLI::ValidationError("--crops needs --out DIR or --db FILE");
    if (arguments->inputs.empty() && arguments->list.empty() && !arguments->retry_failed)
      throw CLI::ValidationError("name a video, an image or a folder");
    exit_code = scan(*arguments);
  });
}

}  // namespace kualik::cli
