// kualik.numbers: parsers one by one, and bulk calls on lists and NumPy arrays. The facade in kualik/numbers.py adds pandas.

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "kualik/numbers/bulk.h"
#include "kualik/numbers/case_number.h"
#include "kualik/numbers/court.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/repair.h"
#include "kualik/numbers/resident_id.h"
#include "kualik/numbers/table_check.h"

namespace py = pybind11;

namespace {

using namespace kualik;
using namespace kualik::numbers;

py::object to_python(const Date& date) {
  if (!date.valid()) return py::none();
  const py::object type = py::module_::import("datetime").attr("date");
  return type(date.year, date.month, date.day);
}

Options make_options(int today, bool check_region, std::optional<bool> fold) {
  Options options;
  if (today != 0) options.today = Date::from_packed(today);
  options.check_region = check_region;
  options.fold = fold;
  return options;
}

TableKind kind_named(const std::string& kind) {
  for (TableKind k : {TableKind::automatic, TableKind::cn_id, TableKind::iin, TableKind::bin, TableKind::mrz, TableKind::case_number})
    if (kind == name(k)) return k;
  throw py::value_error("kind \"" + kind + "\"; there are auto, cn_id, iin, bin, mrz, case_number");
}

py::tuple reason_names(std::uint32_t bits) {
  py::list names;
  for (Reason r : ReasonSet::from_bits(bits)) names.append(py::str(name(r).data(), name(r).size()));
  return py::tuple(names);
}

py::str text_of(std::string_view text) { return py::str(text.data(), text.size()); }

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

std::uint32_t check_one(std::string_view text, TableKind kind, const Options& options) {
  if (kind == TableKind::automatic) kind = kind_of(text);
  switch (kind) {
    case TableKind::iin: return check_iin(text, options).bits();
    case TableKind::bin: return check_bin(text, options).bits();
    case TableKind::mrz: return check_mrz(text, options).bits();
    case TableKind::case_number: return check_case_number(text, options).bits();
    default: return check_resident_id(text, options).bits();
  }
}

void check_views(const std::vector<std::string_view>& views, std::uint32_t* out, TableKind kind, const BulkOptions& bulk) {
  if (kind == TableKind::cn_id) {
    check_resident_ids(views, {out, views.size()}, bulk);
    return;
  }
  for (std::size_t i = 0; i < views.size(); ++i) out[i] = check_one(views[i], kind, bulk.check);
}

constexpr std::uint32_t null_bits = 1U << static_cast<unsigned>(Reason::not_found);

/// Texts of a piece of a list, copied so that the list may change while the GIL is released.
class Piece {
 public:
  static constexpr py::ssize_t size = 4096;

  Piece() : arena_(static_cast<std::size_t>(size) * 18) { views_.reserve(static_cast<std::size_t>(size)); }

  void clear() {
    views_.clear();
    nulls_.clear();
    used_ = 0;
    others_.clear();
  }
  const std::vector<std::string_view>& views() const { return views_; }
  const std::vector<std::size_t>& nulls() const { return nulls_; }

  /// Takes one element: str, bytes, or what pandas has for nothing (None, NaN, NA).
  void take(PyObject* item, py::ssize_t index) {
    const char* data = nullptr;
    py::ssize_t length = 0;
    if (PyUnicode_Check(item)) {
      if (PyUnicode_IS_COMPACT_ASCII(item)) {
        data = reinterpret_cast<const char*>(PyUnicode_1BYTE_DATA(item));
        length = PyUnicode_GET_LENGTH(item);
      } else {
        data = PyUnicode_AsUTF8AndSize(item, &length);
        if (data == nullptr) {  // Lone surrogates: no text that could be a number.
          PyErr_Clear();
          data = "\xFF";
          length = 1;
        }
      }
    } else if (PyBytes_Check(item)) {
      data = PyBytes_AS_STRING(item);
      length = PyBytes_GET_SIZE(item);
    } else if (item == Py_None || is_nan(item)) {
      nulls_.push_back(views_.size());
      views_.emplace_back();
      return;
    } else {
      throw py::type_error("element " + std::to_string(index) + " is " + Py_TYPE(item)->tp_name +
                           "; numbers must be str (an integer has lost its zeros and its X)");
    }
    if (length == 18) {
      char* to = arena_.data() + used_;
      std::memcpy(to, data, 18);
      used_ += 18;
      views_.emplace_back(to, 18);
    } else {
      others_.emplace_back(data, static_cast<std::size_t>(length));
      views_.emplace_back();
      waiting_.push_back(views_.size() - 1);
    }
  }

  /// Texts of other lengths move while they are collected; their views are made at the end.
  void settle() {
    for (std::size_t i = 0; i < waiting_.size(); ++i) views_[waiting_[i]] = others_[i];
    waiting_.clear();
  }

 private:
  static bool is_nan(PyObject* item) {
    if (PyFloat_Check(item)) return PyFloat_AS_DOUBLE(item) != PyFloat_AS_DOUBLE(item);
    const std::string_view type = Py_TYPE(item)->tp_name;
    return type == "NAType" || type == "NaTType";
  }

  std::vector<char> arena_;
  std::size_t used_{0};
  std::vector<std::string> others_;
  std::vector<std::size_t> waiting_;
  std::vector<std::string_view> views_;
  std::vector<std::size_t> nulls_;
};

struct Bits {
  py::array_t<std::uint32_t> bits;
  py::array_t<bool> null;
};

/// `item(i)` gives a borrowed element; `length()` is asked again for each piece, since other threads may shorten a list.
template <class Item, class Length>
Bits check_objects(Item item, Length length, TableKind kind, const BulkOptions& bulk) {
  const py::ssize_t count = length();
  Bits result{py::array_t<std::uint32_t>(count), py::array_t<bool>(count)};
  std::uint32_t* const bits = result.bits.mutable_data();
  bool* const null = result.null.mutable_data();
  std::memset(null, 0, static_cast<std::size_t>(count));
  Piece piece;
  for (py::ssize_t first = 0; first < count; first += Piece::size) {
    const py::ssize_t last = std::min(count, first + Piece::size);
    if (length() < last) throw std::runtime_error("the list became shorter while it was checked");
    piece.clear();
    for (py::ssize_t i = first; i < last; ++i) piece.take(item(i), i);
    piece.settle();
    {
      const py::gil_scoped_release release;  // Safe: the texts were copied, the results belong to arrays nobody else has seen.
      check_views(piece.views(), bits + first, kind, bulk);
    }
    for (std::size_t i : piece.nulls()) {
      bits[first + static_cast<py::ssize_t>(i)] = null_bits;
      null[first + static_cast<py::ssize_t>(i)] = true;
    }
  }
  return result;
}

py::ssize_t column_length(const py::array& array) {
  if (array.ndim() != 1)
    throw py::value_error("an array of one dimension is wanted, this has shape " + std::string(py::str(array.attr("shape"))) +
                          " and dtype " + std::string(py::str(array.dtype())));
  return array.shape(0);
}

/// S arrays go to the bulk check as they lie, with their stride.
Bits check_bytes_array(const py::array& array, TableKind kind, const BulkOptions& bulk) {
  const py::ssize_t count = column_length(array);
  Bits result{py::array_t<std::uint32_t>(count), py::array_t<bool>(count)};
  std::memset(result.null.mutable_data(), 0, static_cast<std::size_t>(count));
  std::uint32_t* const bits = result.bits.mutable_data();
  const auto* data = static_cast<const char*>(array.data());
  const auto width = static_cast<std::size_t>(array.itemsize());
  const py::ssize_t stride = array.strides(0);
  const auto size = static_cast<std::size_t>(count);
  const py::gil_scoped_release release;  // Safe: `array` holds the memory, no Python object is touched.
  if (kind == TableKind::cn_id) {
    check_resident_ids(FixedColumn{data, size, width, stride}, {bits, size}, bulk);
    return result;
  }
  for (std::size_t i = 0; i < size; ++i) {
    const char* p = data + static_cast<py::ssize_t>(i) * stride;
    std::size_t length = width;
    while (length > 0 && p[length - 1] == '\0') --length;
    bits[i] = check_one({p, length}, kind, bulk.check);
  }
  return result;
}

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18 & 7));
    out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

/// U arrays hold four bytes a character: narrowed piece by piece.
Bits check_unicode_array(const py::array& array, TableKind kind, const BulkOptions& bulk) {
  const py::ssize_t count = column_length(array);
  if (!py::cast<bool>(array.dtype().attr("isnative"))) throw py::value_error("U arrays of foreign byte order: use astype first");
  Bits result{py::array_t<std::uint32_t>(count), py::array_t<bool>(count)};
  std::memset(result.null.mutable_data(), 0, static_cast<std::size_t>(count));
  std::uint32_t* const bits = result.bits.mutable_data();
  const auto* data = static_cast<const char*>(array.data());
  const auto width = static_cast<std::size_t>(array.itemsize()) / 4;
  const py::ssize_t stride = array.strides(0);
  const py::gil_scoped_release release;  // Safe: `array` holds the memory, no Python object is touched.
  constexpr py::ssize_t piece = 1024;
  std::string text;
  std::vector<std::size_t> ends;
  std::vector<std::string_view> views;
  for (py::ssize_t first = 0; first < count; first += piece) {
    const py::ssize_t last = std::min(count, first + piece);
    text.clear();
    ends.assign(1, 0);
    for (py::ssize_t i = first; i < last; ++i) {
      const char* p = data + i * stride;
      std::size_t length = width;
      std::uint32_t c = 0;
      const auto at = [p](std::size_t k) {
        std::uint32_t value = 0;
        std::memcpy(&value, p + 4 * k, 4);
        return value;
      };
      while (length > 0 && at(length - 1) == 0) --length;
      const std::size_t start = text.size();
      text.resize(start + length);
      std::uint32_t seen = 0;
      for (std::size_t k = 0; k < length; ++k) {
        c = at(k);
        seen |= c;
        text[start + k] = static_cast<char>(c);
      }
      if (seen >= 0x80) {
        text.resize(start);
        for (std::size_t k = 0; k < length; ++k) append_utf8(text, at(k));
      }
      ends.push_back(text.size());
    }
    views.clear();
    for (std::size_t k = 0; k + 1 < ends.size(); ++k) views.emplace_back(text.data() + ends[k], ends[k + 1] - ends[k]);
    check_views(views, bits + first, kind, bulk);
  }
  return result;
}

Bits check_any(const py::object& texts, const std::string& kind_name, int today, bool check_region, std::optional<bool> fold, int threads) {
  const TableKind kind = kind_named(kind_name);
  BulkOptions bulk;
  bulk.check = make_options(today, check_region, fold.value_or(false));
  bulk.threads = threads;
  if (py::isinstance<py::array>(texts)) {
    const auto array = py::cast<py::array>(texts);
    switch (array.dtype().kind()) {
      case 'S': return check_bytes_array(array, kind, bulk);
      case 'U': return check_unicode_array(array, kind, bulk);
      case 'O': {
        const py::ssize_t count = column_length(array);
        const auto* data = static_cast<const char*>(array.data());
        const py::ssize_t stride = array.strides(0);
        return check_objects(
            [data, stride](py::ssize_t i) {
              PyObject* item = nullptr;
              std::memcpy(&item, data + i * stride, sizeof item);
              return item == nullptr ? Py_None : item;
            },
            [count] { return count; }, kind, bulk);
      }
      default:
        throw py::type_error("an array of dtype S, U or object is wanted, not " + std::string(py::str(array.dtype())) +
                             " of shape " + std::string(py::str(array.attr("shape"))));
    }
  }
  if (PyUnicode_Check(texts.ptr()) || PyBytes_Check(texts.ptr()))
    throw py::type_error("one text: use parse_resident_id, or put it into a list");
  const py::object fast = py::reinterpret_steal<py::object>(PySequence_Fast(texts.ptr(), "a list, array or Series is wanted"));
  if (!fast) throw py::error_already_set();
  return check_objects([&fast](py::ssize_t i) { return PySequence_Fast_GET_ITEM(fast.ptr(), i); },
                       [&fast] { return PySequence_Fast_GET_SIZE(fast.ptr()); }, kind, bulk);
}

/// The parts of many resident numbers as columns; `texts` is a list of str or None.
py::dict resident_columns(const py::list& texts, const py::array_t<std::uint32_t>& bits, int today, bool check_region,
                          std::optional<bool> fold) {
  const Options options = make_options(today, check_region, fold);
  const auto count = static_cast<py::ssize_t>(texts.size());
  py::list value(count), sex(count), region(count), form(count);
  py::array_t<std::int64_t> birth(count);
  py::array_t<std::int32_t> code(count);
  const py::object none = py::none();
  const py::object male = py::str("M");
  const py::object female = py::str("F");
  std::vector<std::pair<std::int64_t, py::object>> paths(std::size_t{1} << 14);
  for (py::ssize_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    value[at] = none;
    sex[at] = none;
    region[at] = none;
    form[at] = none;
    birth.mutable_at(i) = std::numeric_limits<std::int64_t>::min();
    code.mutable_at(i) = 0;
    const py::object item = texts[at];
    if (!py::isinstance<py::str>(item)) continue;
    py::ssize_t size = 0;
    const char* data = PyUnicode_AsUTF8AndSize(item.ptr(), &size);
    if (data == nullptr) {
      PyErr_Clear();
      continue;
    }
    const Checked<ResidentId> id = parse_resident_id({data, static_cast<std::size_t>(size)}, options);
    if (!id.value) continue;
    if (!ReasonSet::from_bits(bits.at(i)).has_error()) value[at] = text_of(id.value->text());
    if (id.value->sex != Sex::unknown) sex[at] = id.value->sex == Sex::male ? male : female;
    form[at] = text_of(name(id.value->form));
    if (id.value->birth.valid() && !id.reasons.has(Reason::bad_date)) birth.mutable_at(i) = days_since_epoch(id.value->birth);
    const int c = id.value->region_code;
    if (c == 0) continue;
    code.mutable_at(i) = c;
    const int year = std::max(id.value->birth.year, 1984);
    const std::int64_t key = static_cast<std::int64_t>(c) * 4096 + year;
    auto& slot = paths[static_cast<std::size_t>(key * 2654435761) % paths.size()];
    if (slot.first != key) slot = {key, text_of(region_path(c, year))};
    region[at] = slot.second;
  }
  py::dict out;
  out["value"] = value;
  out["form"] = form;
  out["birth_date"] = birth;
  out["sex"] = sex;
  out["region_code"] = code;
  out["region"] = region;
  return out;
}

void bind_values(py::module_& m) {
  py::class_<ResidentId>(m, "ResidentId")
      .def_property_readonly("number", [](const ResidentId& r) { return text_of(r.text()); })
      .def_property_readonly("form", [](const ResidentId& r) { return text_of(name(r.form)); })
      .def_readonly("region_code", &ResidentId::region_code)
      .def_property_readonly("region", [](const ResidentId& r) { return region_path(r.region_code, std::max(r.birth.year, 1984)); })
      .def_property_readonly("birth_date", [](const ResidentId& r) { return to_python(r.birth); })
      .def_readonly("sequence", &ResidentId::sequence)
      .def_property_readonly("sex", [](const ResidentId& r) { return text_of(name(r.sex)); })
      .def_property_readonly("nationality", [](const ResidentId& r) { return text_of(r.nationality.view()); })
      .def("format", [](const ResidentId& r, bool grouped) { return format_resident_id(r, grouped); }, py::arg("grouped") = false)
      .def("upgrades",
           [](const ResidentId& r) {
             py::list out;
             for (const ResidentId& c : upgrade_candidates(r)) out.append(text_of(c.text()));
             return out;
           })
      .def("__repr__", [](const ResidentId& r) { return "<kualik.numbers.ResidentId " + mask_resident_id(r.text()) + ">"; });
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
      .def_property_readonly("court", [](const CaseNumber& c) -> py::object { return c.court ? text_of(c.court->name) : py::object(py::none()); })
      .def_property_readonly("meaning",
                             [](const CaseNumber& c) -> py::object { return c.case_type ? text_of(c.case_type->meaning) : py::object(py::none()); })
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

}  // namespace

void register_numbers(py::module_& parent) {
  py::module_ m = parent.def_submodule("numbers", "Identity, machine-readable and case numbers (use kualik.numbers).");
  bind_values(m);
  py::enum_<Reason> reason(m, "Reason");
  for (unsigned bit = 0; bit < 32; ++bit) {
    const std::string_view n = name(static_cast<Reason>(bit));
    if (n != "reserved") reason.value(std::string(n).c_str(), static_cast<Reason>(bit));
  }
  m.def("reasons", &reason_names, py::arg("bits"));
  const auto today = py::arg("today") = 0;
  const auto region = py::arg("check_region") = true;
  const auto fold = py::arg("fold") = py::none();
  m.def("parse_resident_id", [](std::string_view text, int t, bool r, std::optional<bool> f) { return parse_resident_id(text, make_options(t, r, f)); },
        py::arg("text"), today, region, fold);
  m.def("parse_iin", [](std::string_view text, int t, bool r, std::optional<bool> f) { return parse_iin(text, make_options(t, r, f)); },
        py::arg("text"), today, region, fold);
  m.def("parse_bin", [](std::string_view text, int t, bool r, std::optional<bool> f) { return parse_bin(text, make_options(t, r, f)); },
        py::arg("text"), today, region, fold);
  m.def("parse_mrz", [](std::string_view text, int t, bool r, std::optional<bool> f) { return parse_mrz(text, make_options(t, r, f)); },
        py::arg("text"), today, region, fold);
  m.def("parse_case_number", [](std::string_view text, int t, bool r, std::optional<bool> f) { return parse_case_number(text, make_options(t, r, f)); },
        py::arg("text"), today, region, fold);
  m.def("check",
        [](const py::object& texts, const std::string& kind, int t, bool r, std::optional<bool> f, int threads) {
          Bits result = check_any(texts, kind, t, r, f, threads);
          return py::make_tuple(result.bits, result.null);
        },
        py::arg("texts"), py::arg("kind") = "cn_id", today, region, fold, py::arg("threads") = 1);
  m.def("resident_columns", &resident_columns, py::arg("texts"), py::arg("bits"), today, region, fold);
  m.def("repair",
        [](std::string_view text, std::size_t limit, int t) {
          RepairOptions options;
          options.limit = limit;
          options.check = make_options(t, true, std::nullopt);
          return repair_resident_id(text, options);
        },
        py::arg("text"), py::arg("limit") = 10, today);
  m.def("completions",
        [](std::string_view text, int t) {
          const Completions c = count_completions(text, make_options(t, true, std::nullopt));
          return py::make_tuple(c.known_region, c.any_region);
        },
        py::arg("text"), today);
  m.def("mask", &mask_resident_id, py::arg("text"), py::arg("keep") = 6);
  m.def("check_char",
        [](std::string_view body) -> py::object {
          const char c = resident_check_char(body);
          return c == '\0' ? py::object(py::none()) : text_of({&c, 1});
        },
        py::arg("body"));
  m.def("region_path", &region_path, py::arg("code"), py::arg("year"));
  m.def("regions_today",
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
