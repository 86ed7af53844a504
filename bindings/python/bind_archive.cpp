// The archive's database, batches, the review page and redacted copies.

#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <atomic>

#include "kualik/desk/archive.h"
#include "kualik/desk/batch.h"
#include "kualik/desk/redact.h"
#include "kualik/desk/report.h"
#include "kualik/record/database.h"
#include "kualik/record/hash.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/source.h"

namespace py = pybind11;
using kualik::record::Database;

namespace {

py::dict scan(const std::vector<std::string>& paths, const std::string& database, const std::string& folder, bool crops,
              int threads, bool resume, const std::string& today, const std::string& list_csv, bool retry_failed,
              const std::string& started_at, const py::object& progress) {
  kualik::desk::InputList list;
  kualik::desk::BatchSummary summary;
  std::vector<std::pair<std::string, std::string>> failures;
  std::vector<std::pair<std::string, std::string>> warnings;
  std::atomic<bool> stop{false};
  std::exception_ptr fault;  // A Python exception must not fly through the batch's threads.
  {
    const py::gil_scoped_release release;  // safe: the handlers below take it again for what touches Python
    list = kualik::desk::collect_inputs(paths, list_csv);
    if (retry_failed) list.inputs = kualik::desk::failed_inputs(database, list.inputs);
    kualik::desk::BatchOptions options;
    options.threads = threads;
    options.crops = crops;
    options.database = database;
    options.folder = folder;
    options.resume = resume;
    options.reader.today = today;
    options.started_at = started_at;
    kualik::desk::BatchHandlers handlers;
    handlers.progress = [&](double share, std::size_t done, std::size_t all) {
      if (stop.load()) return;
      const py::gil_scoped_acquire acquire;
      try {
        if (PyErr_CheckSignals() != 0) throw py::error_already_set();
        if (!progress.is_none()) progress(share, done, all);
      } catch (...) {
        fault = std::current_exception();
        stop = true;
      }
    };
    handlers.result = [&](const kualik::desk::FileResult& r) {
      if (!r.failure.empty()) failures.emplace_back(list.inputs[r.input].path, r.failure);
      if (!r.warning.empty()) warnings.emplace_back(list.inputs[r.input].path, r.warning);
    };
    summary = kualik::desk::run_batch(list.inputs, options, handlers, &stop);
  }
  if (fault) std::rethrow_exception(fault);
  for (const kualik::record::Failure& f : list.failures) failures.emplace_back(f.path, f.cause);
  py::dict out;
  out["read"] = summary.read;
  out["skipped"] = summary.skipped;
  out["documents"] = summary.documents;
  out["failures"] = failures;
  out["warnings"] = warnings;
  return out;
}

// Records of one file that were read elsewhere; they must all name the file's content.
void add(Database& db, const std::string& path, const std::vector<std::string>& lines,
         const std::vector<std::pair<std::string, py::bytes>>& files, const std::string& warning) {
  std::vector<kualik::record::Picture> pictures;
  for (const auto& [name, bytes] : files) {
    std::string content = bytes;
    std::string hash = kualik::record::sha256(content);
    pictures.push_back({name, std::move(hash), std::move(content)});
  }
  const py::gil_scoped_release release;  // safe: strings and the database only
  kualik::record::Source source = kualik::record::hash_source(path);
  std::vector<kualik::record::Entry> entries;
  for (const std::string& line : lines) {
    entries.push_back(kualik::record::from_json(line));
    if (entries.back().record.source.sha256 != source.sha256)
      throw py::value_error("a record names another source than the file");
  }
  if (!entries.empty()) {
    const kualik::record::Source& seen = entries.front().record.source;
    source.width = seen.width;
    source.height = seen.height;
    source.fps = seen.fps;
    source.duration_s = seen.duration_s;
  }
  db.add(source, entries.empty() ? kualik::record::Catalogue{} : entries.front().catalogue, entries, pictures, warning);
}

}  // namespace

void register_archive(py::module_& m) {
  m.def("scan", &scan, py::arg("paths"), py::arg("database") = "", py::arg("folder") = "", py::arg("crops") = false,
        py::arg("threads") = 1, py::arg("resume") = false, py::arg("today") = "", py::arg("list_csv") = "",
        py::arg("retry_failed") = false, py::arg("started_at") = "", py::arg("progress") = py::none(),
        "Scans files and folders into a database or a folder; gives counts and failures.");
  m.def(
      "load",
      [](const std::string& path) {
        std::vector<std::string> lines;
        const py::gil_scoped_release release;  // safe: strings only
        kualik::desk::Archive(path).each(
            [&](const kualik::record::Entry& e, std::size_t) { lines.push_back(kualik::record::to_json(e)); });
        return lines;
      },
      py::arg("path"), "Lines of JSON of a database, an output folder or a file of JSON Lines.");
  m.def(
      "merge",
      [](const std::string& path, const std::string& decisions) {
        const py::gil_scoped_release release;  // safe: strings only
        const kualik::record::MergeResult r =
            kualik::desk::Archive(path).merge(kualik::record::read_decisions(decisions));
        return std::make_tuple(r.merged, r.stale, r.unknown);
      },
      py::arg("path"), py::arg("decisions"),
      "Merges the review page's decisions (text); gives counts: merged, stale, unknown.");
  py::class_<Database>(m, "Archive", "A SQLite file of records; one thread at a time.")
      .def(py::init<const std::string&>(), py::arg("path"))
      .def("has", &Database::has, py::arg("sha256"))
      .def("add", &add, py::arg("path"), py::arg("lines"),
           py::arg("pictures") = std::vector<std::pair<std::string, py::bytes>>{}, py::arg("warning") = "")
      .def(
          "add_name",
          [](Database& db, const std::string& path, const std::string& sha256) { db.add_name(sha256, path, {}); },
          py::arg("path"), py::arg("sha256"))
      .def("add_failure", &Database::add_failure, py::arg("path"), py::arg("sha256"), py::arg("cause"))
      .def("failures", [](const Database& db) {
        std::vector<std::tuple<std::string, std::string, int>> out;
        for (const kualik::record::Failure& f : db.failures()) out.emplace_back(f.path, f.cause, f.tries);
        return out;
      });
  m.def(
      "media",
      [](const std::string& path) {
        std::vector<std::string> out;
        const py::gil_scoped_release release;  // safe: strings only
        for (const kualik::desk::Input& i : kualik::desk::collect_inputs({path}).inputs) out.push_back(i.path);
        return out;
      },
      py::arg("path"), "Videos and images in a folder, sorted.");
  m.def(
      "report",
      [](const std::string& path, const std::string& page, bool mask, std::size_t per_page) {
        const py::gil_scoped_release release;  // safe: strings only
        return kualik::desk::write_report(kualik::desk::Archive(path), page, {mask, !mask, per_page});
      },
      py::arg("path"), py::arg("page"), py::arg("mask") = false, py::arg("per_page") = 200,
      "Writes the review pages; gives their paths.");
  m.def(
      "redact",
      [](const std::string& source, const std::string& copy, std::vector<std::string> keys, bool keep_audio) {
        const py::gil_scoped_release release;  // safe: strings only
        kualik::desk::RedactOptions options;
        options.keys = std::move(keys);
        options.keep_audio = keep_audio;
        return kualik::desk::redact(source, copy, options).sha256;
      },
      py::arg("source"), py::arg("copy"), py::arg("keys") = std::vector<std::string>{}, py::arg("keep_audio") = false,
      "Writes a copy with boxes over documents; gives its SHA-256.");
}
