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
#include "kualik/record/jsonl.h"
#include "kualik/record/source.h"

namespace py = pybind11;
using kualik::record::Database;

namespace {

py::dict scan(const std::vector<std::string>& paths, const std::string& database, const std::string& folder, bool crops, int threads, bool resume,
              const std::string& today) {
  kualik::desk::InputList list;
  kualik::desk::BatchSummary summary;
  std::vector<std::pair<std::string, std::string>> failures;
  std::atomic<bool> stop{false};
  bool interrupted = false;
  {
    const py::gil_scoped_release release;  // safe: the handlers below take it again for what touches Python
    list = kualik::desk::collect_inputs(paths);
    kualik::desk::BatchOptions options;
    options.threads = threads;
    options.crops = crops;
    options.database = database;
    options.folder = folder;
    options.resume = resume;
    options.reader.today = today;
    kualik::desk::BatchHandlers handlers;
    handlers.progress = [&](double, std::size_t, std::size_t) {
      if (stop.load()) return;
      const py::gil_scoped_acquire acquire;
      if (PyErr_CheckSignals() == 0) return;
      PyErr_Clear();
      interrupted = true;
      stop = true;
    };
    handlers.result = [&](const kualik::desk::FileResult& r) {
      if (!r.failure.empty()) failures.emplace_back(list.inputs[r.input].path, r.failure);
    };
    summary = kualik::desk::run_batch(list.inputs, options, handlers, &stop);
  }
  if (interrupted) {
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    throw py::error_already_set();
  }
  for (const kualik::record::Failure& f : list.failures) failures.emplace_back(f.path, f.cause);
  py::dict out;
  out["read"] = summary.read;
  out["skipped"] = summary.skipped;
  out["documents"] = summary.documents;
  out["failures"] = failures;
  return out;
}

// Records of one file that were read elsewhere; they must all name the file's content.
void add(Database& db, const std::string& path, const std::vector<std::string>& lines) {
  const py::gil_scoped_release release;  // safe: strings and the database only
  kualik::record::Source source = kualik::record::hash_source(path);
  std::vector<kualik::record::Entry> entries;
  for (const std::string& line : lines) {
    entries.push_back(kualik::record::from_json(line));
    if (entries.back().record.source.sha256 != source.sha256) throw py::value_error("a record names another source than the file");
  }
  if (!entries.empty()) {
    const kualik::record::Source& seen = entries.front().record.source;
    source.width = seen.width;
    source.height = seen.height;
    source.fps = seen.fps;
    source.duration_s = seen.duration_s;
  }
  db.add(source, entries.empty() ? kualik::record::Catalogue{} : entries.front().catalogue, entries);
}

}  // namespace

void register_archive(py::module_& m) {
  m.def("scan", &scan, py::arg("paths"), py::arg("database") = "", py::arg("folder") = "", py::arg("crops") = false, py::arg("threads") = 1,
        py::arg("resume") = false, py::arg("today") = "", "Scans files and folders into a database or a folder; gives counts and failures.");
  m.def(
      "load",
      [](const std::string& path) {
        std::vector<std::string> lines;
        const py::gil_scoped_release release;  // safe: strings only
        kualik::desk::Archive(path).each([&](const kualik::record::Entry& e, std::size_t) { lines.push_back(kualik::record::to_json(e)); });
        return lines;
      },
      py::arg("path"), "Lines of JSON of a database, an output folder or a file of JSON Lines.");
  py::class_<Database>(m, "Archive", "A SQLite file of records; one thread at a time.")
      .def(py::init<const std::string&>(), py::arg("path"))
      .def("has", &Database::has, py::arg("sha256"))
      .def("add", &add, py::arg("path"), py::arg("lines"))
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
      [](const std::string& path, bool mask) {
        const py::gil_scoped_release release;  // safe: strings only
        return kualik::desk::report_page(kualik::desk::Archive(path), {mask, !mask});
      },
      py::arg("path"), py::arg("mask") = false, "The review page as HTML.");
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
