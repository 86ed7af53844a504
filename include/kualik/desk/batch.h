#pragma once
// Many files in one run: hashed, read on several threads, written down as each is done.
//
//   BatchOptions options{.threads = 4, .database = "archive.sqlite", .resume = true};
//   BatchSummary done = run_batch(list.inputs, options, handlers);
//
// One bad file never stops a run. With a database each source is one transaction, so whatever ends the process loses at
// most the files in work; `resume` goes on with the rest. Results are handed out in the order of the inputs, whatever
// the number of threads, and are the same for any number.

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "kualik/desk/inputs.h"
#include "kualik/reader/reader.h"
#include "kualik/record/entry.h"

namespace kualik::desk {

struct BatchOptions {
  int threads{1};          ///< Files read at once; spare threads go into each file (default: 1).
  ReaderOptions reader{};  ///< `threads` and `keep_crops` are set by the batch.
  bool crops{false};  ///< Keep the picture of every field, in `folder`, in `database`, or in both (default: false).
  std::string
      folder{};  ///< Output folder: for each source a folder with its records, crops and manifest (default: none).
  std::string database{};    ///< SQLite file (default: none).
  bool resume{false};        ///< Pass over sources whose content the database holds (default: false).
  bool mask{false};          ///< Masked records only, and no crops (default: false).
  std::string started_at{};  ///< ISO 8601, noted in the database (default: empty).
};

/// What one input gave.
struct FileResult {
  std::size_t input{0};  ///< Index into the inputs.
  record::Source source{};
  std::vector<record::Entry> entries{};
  bool skipped{false};    ///< The database holds this content already.
  std::string failure{};  ///< The cause, if the file could not be read.
  std::string warning{};  ///< What kept it from being read whole; its records stand all the same.
};

/// Called from worker threads, one call at a time.
struct BatchHandlers {
  std::function<void(const FileResult&)> result{};                                  ///< In the order of the inputs.
  std::function<void(double share, std::size_t done, std::size_t all)> progress{};  ///< `share` is 0..1 of the bytes.
};

struct BatchSummary {
  std::size_t read{0};
  std::size_t skipped{0};
  std::size_t failed{0};
  std::size_t documents{0};
  bool stopped{false};  ///< Stopped on request; files in work were left out whole.
};

/// Runs. `stop`, if given, ends the run soon after it becomes true. Throws std::runtime_error for set-up faults
/// (language data missing) and when results cannot be written (disk full, no permission); what was written until then
/// stays whole.
BatchSummary run_batch(const std::vector<Input>& inputs, const BatchOptions& options, const BatchHandlers& handlers,
                       const std::atomic<bool>* stop = nullptr);

/// The inputs that the database lists as failed, by path.
std::vector<Input> failed_inputs(const std::string& database, const std::vector<Input>& inputs);

}  // namespace kualik::desk
