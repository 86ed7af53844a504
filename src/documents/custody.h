#pragma once
// Papers that say in a sentence who is held, on what suspicion and where: 将涉嫌X罪的NAME刑事拘留，现羁押在X看守所.

#include <optional>
#include <vector>

#include "kualik/documents/parse.h"
#include "person.h"
#include "sheet.h"

namespace kualik::documents {

/// 将涉嫌X罪的NAME刑事拘留; 对涉嫌X罪的NAME执行逮捕; 正在侦查X案.
struct Suspect {
  std::optional<Field> name{};
  Range name_range{};
  std::vector<Range> charges{};
};
Suspect read_suspect(const Sheet& sheet, Range range);

/// A name behind one of the words that introduce it (姓名, 兹有, 你的丈夫), or before 家属 in the line of the
/// recipient.
std::optional<Range> plain_name(const Sheet& sheet, Range range);

/// Adds `custody_place`: behind the label of a form, or in the sentence that says where somebody is held.
void add_custody_place(Document& document, const Sheet& sheet, Range range);

}  // namespace kualik::documents
