#include "kualik/desk/batch.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "kualik/core/threads.h"
#include "kualik/desk/pictures.h"
#include "kualik/record/database.h"
#include "kualik/record/hash.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/manifest.h"
#include "kualik/record/mask.h"
#include "kualik/record/private_file.h"
#include "kualik/record/source.h"

namespace kualik::desk {
namespace {

std::string first_line(std::string text) {
  const std::size_t end = text.find_first_of("\r\n");
  if (end != std::string::npos) text.resize(end);
  return text;
}

class Batch {
 public:
  Batch(const std::vector<Input>& inputs, const BatchOptions& options, const BatchHandlers& handlers,
        const std::atomic<bool>* stop)
      : inputs_(inputs),
        options_(options),
        handlers_(handlers),
        stop_(stop),
        shares_(inputs.size()),
        sizes_(inputs.size(), 1.0),
        results_(inputs.size()) {
    if (!options.database.empty()) database_.emplace(options.database);
    if (!options.folder.empty()) record::make_private_folder(options.folder);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      std::error_code fault;
      const auto size = std::filesystem::file_size(inputs[i].path, fault);
      // A file costs something however small it is.
      if (!fault) sizes_[i] += static_cast<double>(size);
      bytes_ += sizes_[i];
      ++names_[record::file_name(inputs[i].path)];
    }
  }

  BatchSummary run() {
    const std::size_t workers =
        std::clamp<std::size_t>(inputs_.size(), 1, static_cast<std::size_t>(std::max(1, options_.threads)));
    ReaderOptions reader_options = options_.reader;
    reader_options.threads = std::max(1, options_.threads / static_cast<int>(workers));
    reader_options.keep_crops = options_.crops && !options_.mask;
    Threads threads(workers);
    for (std::size_t i = 1; i < workers && threads.start([&] { work(reader_options); }); ++i) {
    }
    work(reader_options);
    threads.join();
    if (fault_) std::rethrow_exception(fault_);
    summary_.stopped = stopped();
    return summary_;
  }

 private:
  bool stopped() const { return (stop_ != nullptr && stop_->load()) || broken_.load(); }

  // Engines are loaded when the first file needs them, so that a run with nothing to do ends at once.
  void work(const ReaderOptions& reader_options) {
    try {
      std::optional<Reader> reader;
      while (!stopped()) {
        const std::size_t i = next_++;
        if (i >= inputs_.size()) return;
        one(i, reader, reader_options);
      }
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!fault_) fault_ = std::current_exception();
      broken_ = true;
    }
  }

  void one(std::size_t i, std::optional<Reader>& reader, const ReaderOptions& reader_options) {
    FileResult result;
    result.input = i;
    // The reader hashes what it opens; hashed here already, what the database holds need not be opened.
    if (database_) try {
        result.source = record::hash_source(inputs_[i].path);
      } catch (const std::exception& fault) {
        result.failure = first_line(fault.what());
        return finish(std::move(result), {}, {});
      }
    if (database_) switch (claim(i, result.source, result.failure)) {
        case Claim::mine:
          break;
        case Claim::done:
          result.skipped = true;
          [[fallthrough]];
        case Claim::failed:
          return finish(std::move(result), {}, {});
        case Claim::in_work:  // The thread that has the content gives this input its result as well.
          return;
      }
    if (!reader) reader.emplace(reader_options);
    ScanResult scan;
    std::vector<record::Picture> pictures;
    std::string folder;
    try {
      scan = reader->read_file(inputs_[i].path, [&](double share, double) {
        progress(i, share);
        return !stopped();
      });
      if (scan.stopped) return;
      folder = folder_name(scan.source);
      pictures = name_pictures(scan, folder);
    } catch (const std::exception& fault) {
      // Whatever went wrong inside is the fault of this file alone; the next one gets a fresh reader.
      reader.reset();
      result.failure = first_line(fault.what());
      return finish(std::move(result), {}, {});
    }
    for (const record::Record& r : scan.records) {
      record::Entry entry{r, scan.engine, inputs_[i].catalogue, {}};
      result.entries.push_back(options_.mask ? record::mask(entry) : std::move(entry));
    }
    result.source = scan.source;
    result.warning = scan.warning;
    if (options_.mask) {
      record::Entry bare;
      bare.record.source = scan.source;
      result.source.name = record::mask(bare).record.source.name;
      result.source.path = result.source.name;
    }
    finish(std::move(result), pictures, folder);
  }

  enum class Claim : unsigned char { mine, done, in_work, failed };

  // Equal files are read once in a run, whatever they are called; what becomes of the first becomes of all.
  Claim claim(std::size_t i, const record::Source& source, std::string& failure) {
    const std::lock_guard lock(mutex_);
    const auto [place, first] = claimed_.try_emplace(source.sha256);
    if (first && !(options_.resume && database_->has(source.sha256))) return Claim::mine;
    if (first) place->second.over = true;
    if (!place->second.over) {
      place->second.twins.push_back(i);
      return Claim::in_work;
    }
    failure = place->second.failure;
    if (!failure.empty()) return Claim::failed;
    if (!options_.mask) database_->add_name(source.sha256, inputs_[i].path, inputs_[i].catalogue);
    return Claim::done;
  }

  // `a.mp4.d`, or `a.mp4-<8 digits>.d` where another source has that name.
  std::string folder_name(const record::Source& source) const {
    const auto same = names_.find(source.name);
    std::string plain = source.name + ".d";
    bool taken = same != names_.end() && same->second > 1;
    if (!taken && !options_.folder.empty()) {
      std::error_code fault;
      const std::string manifest = options_.folder + "/" + plain + "/manifest.json";
      if (std::filesystem::exists(manifest, fault))
        taken = record::read_whole_file(manifest).find(source.sha256) == std::string::npos;
    }
    return taken ? source.name + "-" + source.sha256.substr(0, 8) + ".d" : plain;
  }

  void write_folder(const FileResult& result, const std::vector<record::Picture>& pictures,
                    const std::string& folder) const {
    const std::string base = options_.folder + "/";
    record::make_private_folder(base + folder);
    record::Manifest manifest(result.source, result.entries.empty() ? record::Engine{} : result.entries.front().engine);
    for (const record::Picture& p : pictures) {
      record::write_private_file(base + p.path, p.bytes);
      manifest.add({p.path, p.sha256, p.bytes.size(),
                    p.path.ends_with(".jpg") ? "frame, made small" : "crop of a field, upright"});
    }
    std::string lines;
    for (const record::Entry& e : result.entries) lines += record::to_json(e) + "\n";
    record::write_private_file(base + folder + "/records.jsonl", lines);
    manifest.add({folder + "/records.jsonl", record::sha256(lines), lines.size(),
                  options_.mask ? "records, masked" : "records"});
    record::write_private_file(base + folder + "/manifest.json", manifest.json());
  }

  void finish(FileResult result, const std::vector<record::Picture>& pictures, const std::string& folder) {
    const std::size_t i = result.input;
    const std::string& path = inputs_[i].path;
    const bool read = result.failure.empty() && !result.skipped;
    if (read && !options_.folder.empty()) {
      std::string name = folder;
      if (options_.mask) name = result.source.name + ".d";
      write_folder(result, pictures, name);
    }
    const std::lock_guard lock(mutex_);
    std::vector<std::size_t> twins;
    if (database_) {
      if (read) {
        database_->begin_run_once(result, options_);
        database_->db.add(result.source, catalogue_of(i), result.entries, pictures, result.warning);
      } else if (!result.skipped) {
        database_->db.add_failure(path, result.source.sha256, result.failure);
      }
      if (const auto claimed = claimed_.find(result.source.sha256); claimed != claimed_.end()) {
        claimed->second.over = true;
        claimed->second.failure = result.failure;
        twins.swap(claimed->second.twins);
      }
    }
    for (std::size_t twin : twins) {
      FileResult same;
      same.input = twin;
      same.source = result.source;
      same.failure = result.failure;
      same.skipped = result.failure.empty();
      if (!same.failure.empty())
        database_->db.add_failure(inputs_[twin].path, same.source.sha256, same.failure);
      else if (!options_.mask)
        database_->db.add_name(same.source.sha256, inputs_[twin].path, inputs_[twin].catalogue);
      count(std::move(same));
    }
    count(std::move(result));
    hand_out();
    report();
  }

  void count(FileResult result) {
    const std::size_t i = result.input;
    summary_.read += result.failure.empty() && !result.skipped;
    summary_.skipped += result.skipped;
    summary_.failed += !result.failure.empty();
    summary_.documents += result.entries.size();
    // What was passed over cost next to nothing, so that it must not count as work done: the time left is told from it.
    if (result.skipped) {
      bytes_ -= sizes_[i];
      sizes_[i] = 0;
    }
    shares_[i] = 1.0;
    results_[i] = std::move(result);
  }

  // In the order of the inputs.
  void hand_out() {
    while (given_ < results_.size() && results_[given_]) {
      if (handlers_.result) handlers_.result(*results_[given_]);
      results_[given_] = FileResult{};  // memory of what was handed out
      ++given_;
    }
  }

  record::Catalogue catalogue_of(std::size_t i) const {
    record::Catalogue catalogue = inputs_[i].catalogue;
    if (options_.mask) catalogue.columns.clear();
    return catalogue;
  }

  void progress(std::size_t i, double share) {
    const std::lock_guard lock(mutex_);
    shares_[i] = std::clamp(share, 0.0, 1.0);
    report();
  }

  void report() const {
    if (!handlers_.progress) return;
    double done = 0;
    for (std::size_t i = 0; i < shares_.size(); ++i) done += shares_[i] * sizes_[i];
    handlers_.progress(bytes_ > 0 ? done / bytes_ : 1.0, summary_.read + summary_.skipped + summary_.failed,
                       inputs_.size());
  }

  // The database with the run that is noted when the first result knows the engine.
  struct Store {
    record::Database db;
    bool begun = false;
    explicit Store(const std::string& path) : db(path) {}
    bool has(std::string_view hash) const { return db.has(hash); }
    void add_name(std::string_view hash, const std::string& path, const record::Catalogue& c) {
      db.add_name(hash, path, c);
    }
    void begin_run_once(const FileResult& result, const BatchOptions& o) {
      if (begun) return;
      begun = true;
      std::string options = "threads=" + std::to_string(o.threads);
      if (o.crops) options += " crops";
      if (o.mask) options += " redact";
      if (o.resume) options += " resume";
      db.begin_run(result.entries.empty() ? record::Engine{} : result.entries.front().engine, options, o.started_at);
    }
  };

  const std::vector<Input>& inputs_;
  const BatchOptions& options_;
  const BatchHandlers& handlers_;
  const std::atomic<bool>* stop_;
  std::mutex mutex_;
  std::optional<Store> database_;
  // One content in this run.
  struct Claimed {
    bool over = false;
    std::string failure;
    std::vector<std::size_t> twins;  // Inputs that have the same content, met while it is in work.
  };
  std::map<std::string, Claimed> claimed_;
  std::map<std::string, int> names_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> broken_{false};
  std::exception_ptr fault_;
  std::vector<double> shares_;
  std::vector<double> sizes_;
  double bytes_ = 0;
  std::vector<std::optional<FileResult>> results_;
  std::size_t given_ = 0;
  BatchSummary summary_;
};

}  // namespace

BatchSummary run_batch(const std::vector<Input>& inputs, const BatchOptions& options, const BatchHandlers& handlers,
                       const std::atomic<bool>* stop) {
  return Batch(inputs, options, handlers, stop).run();
}

std::vector<Input> failed_inputs(const std::string& database, const std::vector<Input>& inputs) {
  const std::vector<record::Failure> failures = record::Database(database).failures();
  std::vector<Input> out;
  for (const record::Failure& f : failures) {
    const auto known = std::find_if(inputs.begin(), inputs.end(), [&](const Input& i) { return i.path == f.path; });
    if (known != inputs.end())
      out.push_back(*known);
    else if (inputs.empty())
      out.push_back({f.path, {}});
  }
  return out;
}

}  // namespace kualik::desk
