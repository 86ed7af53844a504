// Bulk calls on lists and NumPy arrays.

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

#include "bind_numbers.h"
#include "kualik/numbers/bulk.h"
#include "kualik/numbers/region.h"
#include "kualik/numbers/resident_id.h"

namespace kualik::python {

using namespace numbers;

namespace {

std::uint32_t check_one(std::string_view text, TableKind kind, const Options& options) {
  return reasons_against(text, kind, options).bits();
}

void check_views(const std::vector<std::string_view>& views, std::uint32_t* out, TableKind kind,
                 const BulkOptions& bulk) {
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

/// `item(i)` gives a borrowed element; `length()` is asked again for each piece, since other threads may shorten a
/// list.
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
      const py::gil_scoped_release
          release;  // Safe: the texts were copied, the results belong to arrays nobody else has seen.
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
    throw py::value_error("an array of one dimension is wanted, this has shape " +
                          std::string(py::str(array.attr("shape"))) + " and dtype " +
                          std::string(py::str(array.dtype())));
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
  if (!py::cast<bool>(array.dtype().attr("isnative")))
    throw py::value_error("U arrays of foreign byte order: use astype first");
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

}  // namespace

Bits check_any(const py::object& texts, const std::string& kind_name, int today, bool check_region,
               std::optional<bool> fold, int threads) {
  const TableKind kind = kind_named(kind_name);
  BulkOptions bulk;
  bulk.check = make_options(today, check_region, fold.value_or(false));
  bulk.threads = threads;
  if (py::isinstance<py::array>(texts)) {
    const auto array = py::cast<py::array>(texts);
    switch (array.dtype().kind()) {
      case 'S':
        return check_bytes_array(array, kind, bulk);
      case 'U':
        return check_unicode_array(array, kind, bulk);
      case 'O': {
        const py::ssize_t count = column_length(array);
        const auto* data = static_cast<const char*>(array.data());
        const py::ssize_t stride = array.strides(0);
        return check_objects(
            [data, stride](py::ssize_t i) {
              PyObject* item = nullptr;
              std::memcpy(&item, data + i * stride, sizeof(void*));
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
  const py::object fast =
      py::reinterpret_steal<py::object>(PySequence_Fast(texts.ptr(), "a list, array or Series is wanted"));
  if (!fast) throw py::error_already_set();
  return check_objects([&fast](py::ssize_t i) { return PySequence_Fast_GET_ITEM(fast.ptr(), i); },
                       [&fast] { return PySequence_Fast_GET_SIZE(fast.ptr()); }, kind, bulk);
}

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
    if (id.value->birth.valid() && !id.reasons.has(Reason::bad_date))
      birth.mutable_at(i) = days_since_epoch(id.value->birth);
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

}  // namespace kualik::python
