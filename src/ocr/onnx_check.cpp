#include "ocr/onnx_check.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace kualik::ocr {
namespace {

constexpr std::uint64_t too_many = std::uint64_t{1} << 40;
// Kernels, paddings, axes, groups; sizes that a tensor gives. Line models stay far below.
constexpr std::int64_t largest_attribute = 1 << 16;
constexpr std::int64_t largest_size = 1 << 20;
constexpr std::uint64_t longest_shape = 64;
constexpr int deepest = 16;  // of graphs within the nodes of graphs

/// One field of a protocol buffer's message: `number` of a varint, `bytes` of everything else.
struct Item {
  std::uint64_t field{};
  unsigned wire{};
  std::uint64_t number{};
  std::string_view bytes{};
};

// Field numbers of onnx.proto.
enum ModelField : std::uint8_t { model_graph = 7 };
enum GraphField : std::uint8_t { graph_node = 1, graph_initializer = 5, graph_input = 11, graph_sparse = 15 };
enum NodeField : std::uint8_t { node_input = 1, node_output = 2, node_attribute = 5 };
enum ValueInfoField : std::uint8_t { value_name = 1 };
enum AttributeField : std::uint8_t {
  attribute_i = 3,
  attribute_t = 5,
  attribute_g = 6,
  attribute_ints = 8,
  attribute_tensors = 10,
  attribute_graphs = 11
};
enum TensorField : std::uint8_t {
  dims = 1,
  data_type = 2,
  float_data = 4,
  int32_data = 5,
  int64_data = 7,
  tensor_name = 8,
  raw_data = 9,
  double_data = 10,
  uint64_data = 11
};

constexpr std::uint64_t type_int64 = 7;  // TensorProto.DataType

std::optional<std::uint64_t> varint(std::string_view& rest) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

// The next field; nothing where the message is cut short or its wire type is none that ONNX uses.
std::optional<Item> next(std::string_view& rest) {
  const auto tag = varint(rest);
  if (!tag) return std::nullopt;
  Item item{*tag >> 3, static_cast<unsigned>(*tag & 7), 0, {}};
  if (item.wire == 0) {
    const auto number = varint(rest);
    if (!number) return std::nullopt;
    item.number = *number;
    return item;
  }
  std::uint64_t length = item.wire == 1 ? 8 : 4;
  if (item.wire == 2) {
    const auto told = varint(rest);
    if (!told) return std::nullopt;
    length = *told;
  } else if (item.wire != 1 && item.wire != 5) {
    return std::nullopt;
  }
  if (length > rest.size()) return std::nullopt;
  item.bytes = rest.substr(0, length);
  rest.remove_prefix(length);
  return item;
}

// How many numbers a repeated field adds: one by one, or packed.
std::uint64_t numbers_in(const Item& item, std::uint64_t width) {
  if (item.wire != 2) return 1;
  if (width > 0) return item.bytes.size() / width;
  return static_cast<std::uint64_t>(
      std::count_if(item.bytes.begin(), item.bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

std::uint64_t bytes_of(std::uint64_t type) {
  switch (type) {
    case 2:  // uint8
    case 3:  // int8
    case 9:  // bool
      return 1;
    case 4:   // uint16
    case 5:   // int16
    case 10:  // float16
    case 16:  // bfloat16
      return 2;
    case 1:   // float
    case 6:   // int32
    case 12:  // uint32
      return 4;
    default:
      return 8;
  }
}

const std::string cut_short = "it is cut short";
const std::string too_large = "a number in it is larger than any line model's: OpenCV may ask for gigabytes";

// A number that is no size. The ends of a slice are marked by the largest numbers of their type.
bool beyond(std::uint64_t bits, std::int64_t limit) {
  const auto number = static_cast<std::int64_t>(bits);
  constexpr std::int64_t marks[] = {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min(),
                                    -std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int32_t>::max(),
                                    std::numeric_limits<std::int32_t>::min()};
  if (std::find(std::begin(marks), std::end(marks), number) != std::end(marks)) return false;
  return number > limit || number < -limit;
}

// Each whole number of a field, one by one or packed; what is cut short or beyond the limit is told.
std::string fault_of_numbers(const Item& item, std::int64_t limit) {
  if (item.wire == 0) return beyond(item.number, limit) ? too_large : std::string();
  for (std::string_view packed = item.bytes; item.wire == 2 && !packed.empty();) {
    const auto number = varint(packed);
    if (!number) return cut_short;
    if (beyond(*number, limit)) return too_large;
  }
  return {};
}

// Shapes and paddings come as short tensors of 64-bit numbers, eight bytes each, the lowest first.
bool shape_beyond(std::string_view raw) {
  for (; raw.size() >= 8; raw.remove_prefix(8)) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i) bits |= std::uint64_t{static_cast<unsigned char>(raw[i])} << (8 * i);
    if (beyond(bits, largest_size)) return true;
  }
  return false;
}

std::string fault_of_tensor(std::string_view rest) {
  std::string_view bytes;
  std::string numbers;  // What is wrong with the numbers of int64_data, if they are a shape's.
  std::uint64_t wanted = 1, type = 0, raw = 0, least = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t typed[12] = {};
  const auto side = [&](std::uint64_t size) {
    // Sizes below nought come as numbers beyond 2^63.
    wanted = size >= too_many || (size != 0 && wanted > too_many / size) ? too_many : wanted * size;
  };
  while (!rest.empty()) {
    const auto item = next(rest);
    if (!item) return cut_short;
    if (item->field == dims && item->wire == 0) side(item->number);
    if (item->field == dims && item->wire == 2) {
      for (std::string_view packed = item->bytes; !packed.empty();) {
        const auto size = varint(packed);
        if (!size) return cut_short;
        side(*size);
      }
    }
    if (item->field == data_type) type = item->number;
    if (item->field == raw_data) bytes = item->bytes, raw = bytes.size();
    if (item->field == int64_data && numbers.empty()) numbers = fault_of_numbers(*item, largest_size);
    if (item->field == float_data) typed[float_data] += numbers_in(*item, 4);
    if (item->field == double_data) typed[double_data] += numbers_in(*item, 8);
    if (item->field == int32_data || item->field == int64_data || item->field == uint64_data)
      typed[item->field] += numbers_in(*item, 0);
  }
  // Whichever of its stores is taken must do; those that are empty are not taken, unless all are.
  for (const std::uint64_t count : typed)
    if (count > 0) least = std::min(least, count);
  if (raw > 0 || least == std::numeric_limits<std::uint64_t>::max()) least = std::min(least, raw / bytes_of(type));
  if (type == type_int64 && wanted <= longest_shape) {
    if (!numbers.empty()) return numbers;
    if (shape_beyond(bytes)) return too_large;
  }
  return wanted > least ? "a tensor is larger than the numbers in it" : std::string();
}

/// What a graph's nodes may take: its inputs, its tensors, and what nodes before them gave; of outer graphs as well.
using Names = std::set<std::string_view>;

std::string fault_of_graph(std::string_view rest, Names known, int depth);

std::string fault_of_attribute(std::string_view rest, const Names& known, int depth) {
  while (!rest.empty()) {
    const auto item = next(rest);
    if (!item) return cut_short;
    std::string fault;
    if (item->field == attribute_i || item->field == attribute_ints) fault = fault_of_numbers(*item, largest_attribute);
    if (item->field == attribute_t || item->field == attribute_tensors) fault = fault_of_tensor(item->bytes);
    if (item->field == attribute_g || item->field == attribute_graphs)
      fault = fault_of_graph(item->bytes, known, depth + 1);
    if (!fault.empty()) return fault;
  }
  return {};
}

std::string fault_of_node(std::string_view rest, Names& known, int depth) {
  std::vector<std::string_view> given;
  while (!rest.empty()) {
    const auto item = next(rest);
    if (!item) return cut_short;
    // An input without a name is one that the node does without.
    if (item->field == node_input && !item->bytes.empty() && !known.contains(item->bytes))
      return "a node takes what nothing before it gives";
    if (item->field == node_output) given.push_back(item->bytes);
    if (item->field != node_attribute) continue;
    if (std::string fault = fault_of_attribute(item->bytes, known, depth); !fault.empty()) return fault;
  }
  known.insert(given.begin(), given.end());
  return {};
}

// Adds the name that a message holds in one of its fields.
bool add_name(std::string_view rest, std::uint64_t field, Names& names) {
  while (!rest.empty()) {
    const auto item = next(rest);
    if (!item) return false;
    if (item->field == field && item->wire == 2) names.insert(item->bytes);
  }
  return true;
}

std::string fault_of_graph(std::string_view graph, Names known, int depth) {
  if (depth > deepest) return "its graphs lie too deep in one another";
  // Tensors stand behind the nodes that take them.
  for (std::string_view rest = graph; !rest.empty();) {
    const auto item = next(rest);
    if (!item) return cut_short;
    if (item->field == graph_sparse) return "it holds sparse tensors";
    if (item->field == graph_input && !add_name(item->bytes, value_name, known)) return cut_short;
    if (item->field != graph_initializer) continue;
    if (std::string fault = fault_of_tensor(item->bytes); !fault.empty()) return fault;
    if (!add_name(item->bytes, tensor_name, known)) return cut_short;
  }
  for (std::string_view rest = graph; !rest.empty();) {
    const auto item = next(rest);
    if (item->field != graph_node) continue;
    if (std::string fault = fault_of_node(item->bytes, known, depth); !fault.empty()) return fault;
  }
  return {};
}

}  // namespace

std::string fault_of_model(std::string_view onnx) {
  while (!onnx.empty()) {
    const auto item = next(onnx);
    if (!item) return cut_short;
    if (item->field != model_graph) continue;
    if (std::string fault = fault_of_graph(item->bytes, {}, 0); !fault.empty()) return fault;
  }
  return {};
}

}  // namespace kualik::ocr
