// kualik.names: names in four scripts. Lists cross the border as vectors of strings; the facade makes them of Series
// and arrays.

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <stdexcept>
#include <tuple>

#include "kualik/text/names.h"
#include "kualik/text/pinyin.h"
#include "kualik/text/transcription.h"
#include "kualik/text/translit.h"

namespace py = pybind11;

namespace {

using namespace kualik;
using Strings = std::vector<std::string>;
using Reason = std::tuple<std::string, std::string, double, std::string, std::string>;

text::Spelling spelling(const std::string& wanted) {
  const auto found = text::spelling_from_name(wanted);
  if (found) return *found;
  throw py::value_error(
      "no spelling is called " + wanted +
      "; there are kk-Cyrl, kk-Arab, kk-Latn, bgn, icao, ru-Cyrl, ru-Latn, ug-Arab, ug-Latn, pinyin, Hani");
}

std::pair<double, std::vector<Reason>> match(const std::string& a, const std::string& b, bool use_tables) {
  const py::gil_scoped_release release;  // safe: only strings of our own are touched
  const names::Match made = names::match(a, b, names::MatchOptions{use_tables});
  std::vector<Reason> reasons;
  for (const auto& r : made.reasons) reasons.emplace_back(r.a, r.b, r.score, r.basis, r.detail);
  return {made.score, reasons};
}

std::vector<double> match_many(const Strings& a, const Strings& b, bool use_tables) {
  if (a.size() != b.size()) {
    throw py::value_error("match: the lists differ in length, " + std::to_string(a.size()) + " and " +
                          std::to_string(b.size()));
  }
  const py::gil_scoped_release release;  // safe: the vectors are copies
  std::vector<double> scores;
  scores.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    scores.push_back(names::match(a[i], b[i], names::MatchOptions{use_tables}).score);
  return scores;
}

Strings transliterate_many(const Strings& texts, const std::string& to, const std::string& from, bool capitalise) {
  text::TransliterationOptions options;
  options.from = spelling(from);
  options.capitalise = capitalise;
  const text::Spelling target = spelling(to);
  const py::gil_scoped_release release;  // safe: the vectors are copies
  Strings out;
  out.reserve(texts.size());
  for (const std::string& t : texts) {
    if (target != text::Spelling::han) {
      out.push_back(text::transliterate(t, target, options));
      continue;
    }
    const auto candidates = names::to_han(t, 1, options.from);
    out.push_back(candidates.empty() ? t : candidates.front().text);
  }
  return out;
}

std::vector<std::pair<std::string, double>> readings(const std::string& word, const std::string& to,
                                                     const std::string& from, std::size_t limit) {
  std::vector<std::pair<std::string, double>> out;
  const text::Spelling target = spelling(to);
  text::TransliterationOptions options;
  options.from = spelling(from);
  if (target == text::Spelling::han) {
    for (const auto& c : names::to_han(word, limit, options.from)) out.emplace_back(c.text, c.score);
    return out;
  }
  for (const auto& r : text::transliterations(word, target, options, limit)) out.emplace_back(r.text, r.score);
  return out;
}

std::vector<std::tuple<std::string, std::string, std::string, std::string>> split(const std::string& name) {
  std::vector<std::tuple<std::string, std::string, std::string, std::string>> parts;
  for (const auto& part : names::split(name).parts) {
    parts.emplace_back(part.text, std::string(names::name(part.role)), part.stem, part.suffix);
  }
  return parts;
}

std::vector<std::tuple<std::string, double, bool, bool>> restore(const std::string& word, std::size_t limit) {
  std::vector<std::tuple<std::string, double, bool, bool>> out;
  for (const auto& r : names::restore_kazakh_letters(word, limit))
    out.emplace_back(r.text, r.score, r.changed, r.known);
  return out;
}

using Hits = std::vector<std::pair<std::size_t, double>>;

std::vector<Hits> search_many(const names::Index& index, const Strings& queries, std::size_t limit, double min_score) {
  const py::gil_scoped_release release;  // safe: the index is immutable and kept alive by the caller
  names::SearchOptions options;
  options.limit = limit;
  options.min_score = min_score;
  std::vector<Hits> all;
  for (const std::string& query : queries) {
    Hits hits;
    for (const auto& hit : index.search(query, options)) hits.emplace_back(hit.row, hit.score);
    all.push_back(std::move(hits));
  }
  return all;
}

}  // namespace

void register_names(py::module_& m) {
  m.def("names_match", &match, py::arg("a"), py::arg("b"), py::arg("use_tables") = true,
        "Score and reasons of two names.");
  m.def("names_match_many", &match_many, py::arg("a"), py::arg("b"), py::arg("use_tables") = true,
        "Scores of pairs of names.");
  m.def("names_transliterate_many", &transliterate_many, py::arg("texts"), py::arg("to"), py::arg("from_"),
        py::arg("capitalise"), "Best readings of texts in another spelling.");
  m.def("names_readings", &readings, py::arg("word"), py::arg("to"), py::arg("from_"), py::arg("limit"),
        "Ranked readings of one text.");
  m.def("names_split", &split, py::arg("name"), "Parts of a name: text, role, stem, suffix.");
  m.def("names_skeleton", &names::skeleton, py::arg("name"), "Phonetic skeleton.");
  m.def("names_restore", &restore, py::arg("word"), py::arg("limit"),
        "Candidates for a misread word: text, score, changed, known.");
  py::class_<names::Index>(m, "NameIndex", "A list of names made searchable.")
      .def(py::init([](const Strings& list, bool use_tables) {
             const py::gil_scoped_release release;  // safe: the vector is a copy
             return std::make_unique<names::Index>(list, names::MatchOptions{use_tables});
           }),
           py::arg("names"), py::arg("use_tables") = true)
      .def("__len__", &names::Index::size)
      .def("search_many", &search_many, py::arg("queries"), py::arg("limit"), py::arg("min_score"),
           "Rows and scores for each query.");
}
