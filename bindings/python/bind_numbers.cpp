// kualik.numbers: parsers one by one, and bulk calls. The facade in kualik/numbers.py adds pandas.

#include "bind_numbers.h"

#include <pybind11/stl.h>

#include "kualik/numbers/bulk.h"
#include "kualik/numbers/case_number.h"
#include "kualik/numbers/explain.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/repair.h"
#include "kualik/numbers/resident_id.h"

namespace py = pybind11;
using namespace kualik;
using namespace kualik::numbers;
using namespace kualik::python;

void register_numbers(py::module_& parent) {
  py::module_ m = parent.def_submodule("numbers", "Identity, machine-readable and case numbers (use kualik.numbers).");
  bind_number_values(m);
  bind_found_numbers(m);
  py::enum_<Reason> reason(m, "Reason");
  for (unsigned bit = 0; bit < 32; ++bit) {
    const std::string_view n = name(static_cast<Reason>(bit));
    if (n != "reserved") reason.value(std::string(n).c_str(), static_cast<Reason>(bit));
  }
  m.def("reasons", &reason_names, py::arg("bits"));
  const auto today = py::arg("today") = 0;
  const auto region = py::arg("check_region") = true;
  const auto fold = py::arg("fold") = py::none();
  m.def(
      "parse_resident_id",
      [](std::string_view text, int t, bool r, std::optional<bool> f) {
        return parse_resident_id(text, make_options(t, r, f));
      },
      py::arg("text"), today, region, fold);
  m.def(
      "parse_iin",
      [](std::string_view text, int t, bool r, std::optional<bool> f) {
        return parse_iin(text, make_options(t, r, f));
      },
      py::arg("text"), today, region, fold);
  m.def(
      "parse_bin",
      [](std::string_view text, int t, bool r, std::optional<bool> f) {
        return parse_bin(text, make_options(t, r, f));
      },
      py::arg("text"), today, region, fold);
  m.def(
      "parse_mrz",
      [](std::string_view text, int t, bool r, std::optional<bool> f) {
        return parse_mrz(text, make_options(t, r, f));
      },
      py::arg("text"), today, region, fold);
  m.def(
      "parse_case_number",
      [](std::string_view text, int t, bool r, std::optional<bool> f) {
        return parse_case_number(text, make_options(t, r, f));
      },
      py::arg("text"), today, region, fold);
  m.def(
      "check",
      [](const py::object& texts, const std::string& kind, int t, bool r, std::optional<bool> f, int threads) {
        Bits result = check_any(texts, kind, t, r, f, threads);
        return py::make_tuple(result.bits, result.null);
      },
      py::arg("texts"), py::arg("kind") = "cn_id", today, region, fold, py::arg("threads") = 1);
  m.def(
      "explain",
      [](std::string_view text, const std::string& kind_name, int t, bool r, std::optional<bool> f) {
        const TableKind kind = kind_named(kind_name);
        return explain(text, kind, reasons_against(text, kind, make_options(t, r, f.value_or(false))));
      },
      py::arg("text"), py::arg("kind") = "cn_id", today, region, fold);
  m.def("resident_columns", &resident_columns, py::arg("texts"), py::arg("bits"), today, region, fold);
  m.def(
      "repair",
      [](std::string_view text, std::size_t limit, int t, int birth, std::string_view sex, int region_code) {
        RepairOptions options;
        options.limit = limit;
        options.known.birth = Date::from_packed(birth);
        options.known.sex = sex == "M" ? Sex::male : sex == "F" ? Sex::female : Sex::unknown;
        options.known.region_code = region_code;
        options.check = make_options(t, true, std::nullopt);
        return repair_resident_id(text, options);
      },
      py::arg("text"), py::arg("limit") = 10, today, py::arg("birth_date") = 0, py::arg("sex") = "",
      py::arg("region_code") = 0);
  m.def(
      "completions",
      [](std::string_view text, int t) {
        const Completions c = count_completions(text, make_options(t, true, std::nullopt));
        return py::make_tuple(c.known_region, c.any_region);
      },
      py::arg("text"), today);
  m.def("mask", &mask_resident_id, py::arg("text"), py::arg("keep") = 6);
  m.def(
      "check_char",
      [](std::string_view body) -> py::object {
        const char c = resident_check_char(body);
        return c == '\0' ? py::object(py::none()) : text_of({&c, 1});
      },
      py::arg("body"));
  m.def("region_path", &region_path, py::arg("code"), py::arg("year"));
  m.def(
      "regions_today",
      [](int code, int year) {
        py::list out;
        for (const RegionToday& r : regions_today(code, year)) out.append(py::make_tuple(r.code, r.partial));
        return out;
      },
      py::arg("code"), py::arg("year") = 0);
  m.def("bulk_path", [] {
    for (CpuPath p : {CpuPath::avx512, CpuPath::avx2})
      if (available(p)) return std::string(name(p));
    return std::string(name(CpuPath::portable));
  });
}
