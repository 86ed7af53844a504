#pragma once
// The address in a person's block, behind one of the labels that papers put before it.

#include <optional>

#include "kualik/documents/document.h"
#include "sheet.h"

namespace kualik::documents {

/// Which of the addresses of a block: where somebody is registered (户籍所在地), where somebody lives (住), or the
/// first of those in that order.
enum class AddressOf { any, registered, lived_at };

/// The address that the block states. Nothing where it says 同上, 不详 or 无. One that holds what no address does (a
/// charge, a day, a word of its places misread) is doubted.
std::optional<Field> read_address(const Sheet& sheet, Range block, AddressOf which = AddressOf::any);

/// 住址同上, 户籍地同前, 住同被告人X: an address that is stated in another person's block.
struct AddressElsewhere {
  Range words{};      ///< 同上, 同被告人X.
  AddressOf which{};  ///< Never `any`.
  bool above{false};  ///< In the block before; else in that of the person whom the words name.
};
std::optional<AddressElsewhere> read_address_elsewhere(const Sheet& sheet, Range block);

}  // namespace kualik::documents
