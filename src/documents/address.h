#pragma once
// The address in a person's block, behind one of the labels that papers put before it.

#include <optional>

#include "kualik/documents/document.h"
#include "sheet.h"

namespace kualik::documents {

/// The address that the block states. Nothing where it says 同上, 不详 or 无. One that holds what no address does (a
/// charge, a day, a word of its places misread) is doubted.
std::optional<Field> read_address(const Sheet& sheet, Range block);

}  // namespace kualik::documents
