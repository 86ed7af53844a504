// Names of the record format, hashing, masking. Records cross the border as lines of JSON, the one description of the
// format.

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "kualik/core/checked.h"
#include "kualik/core/reasons.h"
#include "kualik/documents/document.h"
#include "kualik/record/hash.h"
#include "kualik/record/jsonl.h"
#include "kualik/record/mask.h"

namespace py = pybind11;

void register_record(py::module_& m) {
  m.def(
      "reason_names",
      [] {
        std::vector<std::pair<std::string, unsigned>> out;
        for (unsigned bit = 0; bit < 32; ++bit) {
          const std::string_view text = name(static_cast<kualik::Reason>(bit));
          if (text != "reserved") out.emplace_back(text, bit);
        }
        return out;
      },
      "Names of the reasons with their bits.");
  m.def(
      "kind_names",
      [] {
        std::vector<std::string> out;
        for (auto k = 0; k <= static_cast<int>(kualik::documents::Kind::other_document); ++k)
          out.emplace_back(name(static_cast<kualik::documents::Kind>(k)));
        return out;
      },
      "Names of the kinds of documents.");
  m.def(
      "sha256_file",
      [](const std::string& path) {
        const py::gil_scoped_release release;  // safe: no Python object is touched while hashing
        return kualik::record::sha256_file(path);
      },
      py::arg("path"), "SHA-256 of a file, 64 hex digits.");
  m.def(
      "mask",
      [](const std::string& line) {
        return kualik::record::to_json(kualik::record::mask(kualik::record::from_json(line)));
      },
      py::arg("line"), "A record's line with private values masked.");
  m.def(
      "normalise", [](const std::string& line) { return kualik::record::to_json(kualik::record::from_json(line)); },
      py::arg("line"), "A record's line as the writers give it; raises ValueError for what is no record.");
}
