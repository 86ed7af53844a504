// kualik.numbers.find: numbers in running text, with places in code points.

#include <pybind11/stl.h>

#include <vector>

#include "bind_numbers.h"
#include "kualik/record/spans.h"
#include "kualik/text/find_numbers.h"

namespace kualik::python {

namespace {

/// A number with its place as Python counts it.
struct Found {
  text::FoundNumber number;
  Span place;
};

py::tuple folded_names(std::uint8_t folded) {
  constexpr std::string_view names[] = {"width", "space", "hyphen", "line_break", "case"};
  py::list out;
  for (unsigned bit = 0; bit < 5; ++bit)
    if ((folded >> bit & 1U) != 0) out.append(text_of(names[bit]));
  return py::tuple(out);
}

std::vector<Found> find(std::string_view text, const Options& options) {
  const record::CodePoints points(text);
  std::vector<Found> out;
  for (text::FoundNumber& n : text::find_numbers(text, options)) {
    const Span place = points.span(n.span);
    out.push_back({std::move(n), place});
  }
  return out;
}

}  // namespace

void bind_found_numbers(py::module_& m) {
  py::class_<Found>(m, "FoundNumber")
      .def_property_readonly("kind", [](const Found& f) { return text_of(text::name(f.number.kind)); })
      .def_property_readonly("value", [](const Found& f) { return text_of(f.number.value); })
      .def_property_readonly("start", [](const Found& f) { return f.place.begin; })
      .def_property_readonly("end", [](const Found& f) { return f.place.end; })
      .def_property_readonly("reasons", [](const Found& f) { return reason_names(f.number.reasons.bits()); })
      .def_property_readonly("folded", [](const Found& f) { return folded_names(f.number.folded); })
      .def("__repr__", [](const Found& f) {
        return "<kualik.numbers.FoundNumber " + std::string(text::name(f.number.kind)) + " at " +
               std::to_string(f.place.begin) + ">";
      });
  m.def(
      "find",
      [](std::string_view text, int today, bool check_region) {
        const Options options = make_options(today, check_region, true);
        const py::gil_scoped_release release;
        return find(text, options);
      },
      py::arg("text"), py::arg("today") = 0, py::arg("check_region") = true);
}

}  // namespace kualik::python
