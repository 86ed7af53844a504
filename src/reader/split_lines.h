#pragma once
// Lines that one sight of a page shows whole and another one in two parts, as a fold or glare parts them.

#include <vector>

#include "kualik/core/page_text.h"

namespace kualik::reader {

/// Joins neighbours on one row of a page where a page of another sight has both as one line, so that they are fused as
/// one: a part alone is like the whole and would take its place. Joined lines have no lattice. Pages keep their order.
/// Cost: below a millisecond for pages of forty lines.
void join_split_lines(std::vector<PageText>& pages);

}  // namespace kualik::reader
