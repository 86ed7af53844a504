// The values of kualik.numbers: one class for each kind of number, each beside the reasons against it.

#include <pybind11/stl.h>

#include <algorithm>

#include "bind_numbers.h"
#include "kualik/core/checked.h"
#include "kualik/numbers/case_number.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/repair.h"
#include "kualik/numbers/resident_id.h"

namespace kualik::python {

using namespace numbers;

namespace {

/// A value with the reasons against it: bool(x) is "readable without an error".
template <class T>
void bind_checked(py::module_& m, const char* name) {
  using C = Checked<T>;
  py::class_<C>(m, name)
      .def_property_readonly("value", [](const C& c) { return c.value ? py::cast(*c.value) : py::object(py::none()); })
      .def_property_readonly("reasons", [](const C& c) { return reason_names(c.reasons.bits()); })
      .def_property_readonly("bits", [](const C& c) { return c.reasons.bits(); })
      .def_property_readonly("ok", &C::ok)
      .def_property_readonly("possible", &C::possible)
      .def("__bool__", &C::possible)
      .def("__repr__", [name](const C& c) {
        std::string out = std::string("<kualik.numbers.") + name + ":";
        out += c.value ? " readable" : " unreadable";
        for (Reason r : c.reasons) out.append(" ").append(kualik::name(r));
        return out + ">";
      });
}

}  // namespace

void bind_number_values(py::module_& m) {
  py::class_<ResidentId>(m, "ResidentId")
      .def_property_readonly("number", [](const ResidentId& r) { return text_of(r.text()); })
      .def_property_readonly("form", [](const ResidentId& r) { return text_of(name(r.form)); })
      .def_readonly("region_code", &ResidentId::region_code)
      .def_property_readonly(
          "region", [](const ResidentId& r) { return region_path(r.region_code, std::max(r.birth.year, 1984)); })
      .def_property_readonly("birth_date", [](const ResidentId& r) { return to_python(r.birth); })
      .def_readonly("sequence", &ResidentId::sequence)
      .def_property_readonly("sex", [](const ResidentId& r) { return text_of(name(r.sex)); })
      .def_property_readonly("nationality", [](const ResidentId& r) { return text_of(r.nationality.view()); })
      .def(
          "format", [](const ResidentId& r, bool grouped) { return format_resident_id(r, grouped); },
          py::arg("grouped") = false)
      .def("upgrades",
           [](const ResidentId& r) {
             py::list out;
             for (const ResidentId& c : upgrade_candidates(r)) out.append(text_of(c.text()));
             return out;
           })
      .def("__repr__",
           [](const ResidentId& r) { return "<kualik.numbers.ResidentId " + mask_resident_id(r.text()) + ">"; });
  py::class_<Iin>(m, "Iin")
      .def_property_readonly("number", [](const Iin& i) { return text_of(i.text()); })
      .def_property_readonly("encoded_date", [](const Iin& i) { return to_python(i.encoded_date); })
      .def_property_readonly("sex", [](const Iin& i) { return text_of(name(i.sex)); })
      .def_readonly("serial", &Iin::serial)
      .def_readonly("second_pass", &Iin::second_pass)
      .def("__repr__", [](const Iin&) { return std::string("<kualik.numbers.Iin ************>"); });
  py::class_<Bin>(m, "Bin")
      .def_property_readonly("number", [](const Bin& b) { return text_of(b.text()); })
      .def_readonly("year", &Bin::year)
      .def_readonly("month", &Bin::month)
      .def_property_readonly("type", [](const Bin& b) { return text_of(name(b.type)); })
      .def_property_readonly("division", [](const Bin& b) { return text_of(name(b.division)); })
      .def("__repr__", [](const Bin& b) { return "<kualik.numbers.Bin " + std::string(b.text()) + ">"; });
  py::class_<MrzField>(m, "MrzField")
      .def_property_readonly("key", [](const MrzField& f) { return text_of(f.key); })
      .def_readonly("raw", &MrzField::raw)
      .def_readonly("value", &MrzField::value)
      .def_readonly("line", &MrzField::line)
      .def_readonly("begin", &MrzField::begin)
      .def_readonly("end", &MrzField::end)
      .def_property_readonly("evidence", [](const MrzField& f) { return text_of(name(f.evidence)); })
      .def("__repr__", [](const MrzField& f) {
        return "<kualik.numbers.MrzField " + std::string(f.key) + ": " + std::string(name(f.evidence)) + ">";
      });
  py::class_<Mrz>(m, "Mrz")
      .def_property_readonly("format", [](const Mrz& z) { return text_of(name(z.format)); })
      .def_readonly("text", &Mrz::text)
      .def_readonly("fields", &Mrz::fields)
      .def_readonly("document_code", &Mrz::document_code)
      .def_readonly("issuing_state", &Mrz::issuing_state)
      .def_readonly("nationality", &Mrz::nationality)
      .def_readonly("document_number", &Mrz::document_number)
      .def_readonly("surname", &Mrz::surname)
      .def_readonly("given_names", &Mrz::given_names)
      .def_readonly("names_truncated", &Mrz::names_truncated)
      .def_property_readonly("birth_date", [](const Mrz& z) { return to_python(z.birth_date); })
      .def_property_readonly("expiry_date", [](const Mrz& z) { return to_python(z.expiry_date); })
      .def_property_readonly("sex", [](const Mrz& z) { return text_of(name(z.sex)); })
      .def_readonly("optional_data", &Mrz::optional_data)
      .def_readonly("optional_data2", &Mrz::optional_data2)
      .def_readonly("iin", &Mrz::iin)
      .def_property_readonly("long_number", [](const Mrz& z) { return text_of(name(z.long_number)); })
      .def("__repr__", [](const Mrz& z) { return "<kualik.numbers.Mrz " + std::string(name(z.format)) + ">"; });
  py::class_<CaseNumber>(m, "CaseNumber")
      .def_property_readonly("kind", [](const CaseNumber& c) { return text_of(name(c.kind)); })
      .def_readonly("year", &CaseNumber::year)
      .def_readonly("issuer", &CaseNumber::issuer)
      .def_readonly("special", &CaseNumber::special)
      .def_readonly("type", &CaseNumber::type)
      .def_readonly("serial", &CaseNumber::serial)
      .def_readonly("suffix", &CaseNumber::suffix)
      .def_readonly("canonical", &CaseNumber::canonical)
      .def_property_readonly(
          "court",
          [](const CaseNumber& c) -> py::object { return c.court ? text_of(c.court->name) : py::object(py::none()); })
      .def_property_readonly("meaning",
                             [](const CaseNumber& c) -> py::object {
                               return c.case_type ? text_of(c.case_type->meaning) : py::object(py::none());
                             })
      .def("__repr__", [](const CaseNumber& c) { return "<kualik.numbers.CaseNumber " + c.canonical + ">"; });
  py::class_<Repair>(m, "Repair")
      .def_property_readonly("number", [](const Repair& r) { return text_of(r.number.view()); })
      .def_readonly("score", &Repair::score)
      .def_property_readonly("kind", [](const Repair& r) { return text_of(name(r.kind)); })
      .def_readonly("position", &Repair::position)
      .def_property_readonly("reasons", [](const Repair& r) { return reason_names(r.reasons.bits()); })
      .def("__repr__", [](const Repair& r) { return "<kualik.numbers.Repair " + std::string(name(r.kind)) + ">"; });
  bind_checked<ResidentId>(m, "CheckedResidentId");
  bind_checked<Iin>(m, "CheckedIin");
  bind_checked<Bin>(m, "CheckedBin");
  bind_checked<Mrz>(m, "CheckedMrz");
  bind_checked<CaseNumber>(m, "CheckedCaseNumber");
}

}  // namespace kualik::python
