#pragma once
// What the parts of kualik._core.numbers share.

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <optional>
#include <string>
#include <string_view>

#include "kualik/core/date.h"
#include "kualik/core/reasons.h"
#include "kualik/numbers/options.h"
#include "kualik/numbers/table_check.h"

namespace kualik::python {

namespace py = pybind11;
using numbers::Options;
using numbers::TableKind;

inline py::object to_python(const Date& date) {
  if (!date.valid()) return py::none();
  const py::object type = py::module_::import("datetime").attr("date");
  return type(date.year, date.month, date.day);
}

inline Options make_options(int today, bool check_region, std::optional<bool> fold) {
  Options options;
  if (today != 0) options.today = Date::from_packed(today);
  options.check_region = check_region;
  options.fold = fold;
  return options;
}

inline TableKind kind_named(const std::string& kind) {
  for (TableKind k :
       {TableKind::automatic, TableKind::cn_id, TableKind::iin, TableKind::bin, TableKind::mrz, TableKind::case_number})
    if (kind == name(k)) return k;
  throw py::value_error("kind \"" + kind + "\"; there are auto, cn_id, iin, bin, mrz, case_number");
}

inline py::tuple reason_names(std::uint32_t bits) {
  py::list names;
  for (Reason r : ReasonSet::from_bits(bits)) names.append(py::str(name(r).data(), name(r).size()));
  return py::tuple(names);
}

inline py::str text_of(std::string_view text) { return py::str(text.data(), text.size()); }

/// The reasons of many texts, and which of them were nothing (None, NaN).
struct Bits {
  py::array_t<std::uint32_t> bits;
  py::array_t<bool> null;
};

/// The classes of values.
void bind_number_values(py::module_& m);

/// Numbers in running text.
void bind_found_numbers(py::module_& m);

/// A list, tuple or array of texts; the GIL is released while they are checked.
Bits check_any(const py::object& texts, const std::string& kind_name, int today, bool check_region,
               std::optional<bool> fold, int threads);

/// The parts of many resident numbers as columns; `texts` is a list of str or None.
py::dict resident_columns(const py::list& texts, const py::array_t<std::uint32_t>& bits, int today, bool check_region,
                          std::optional<bool> fold);

}  // namespace kualik::python
