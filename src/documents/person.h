#pragma once
// The block that says who a person is, in sentences (被告人X，男，1890年6月5日出生，…) or behind labels (姓名：X
// 性别：男 …).

#include <optional>
#include <string_view>
#include <vector>

#include "kualik/documents/parse.h"
#include "sheet.h"

namespace kualik::documents {

struct Person {
  std::optional<Field> name{};
  std::optional<Field> sex{};
  std::optional<Field> birth_date{};
  std::optional<Field> ethnicity{};
  std::optional<Field> id_number{};
  std::optional<Field> address{};
  Range block{};
  Range name_range{};
  int parts() const noexcept {
    return int{name.has_value()} + int{sex.has_value()} + int{birth_date.has_value()} + int{ethnicity.has_value()} +
           int{id_number.has_value()} + int{address.has_value()};
  }
};

/// Reads the block; `name_begin` is the first character of the name. The name's key is `name_key`.
Person read_person(const Sheet& sheet, Range block, std::size_t name_begin, std::string_view name_key,
                   const ParseOptions& options);

/// Where the name that begins at `begin` ends: at the mark, bracket or word behind it.
Range name_range_at(const Sheet& sheet, std::size_t begin, std::size_t limit) noexcept;
/// A name at the beginning of a line that a comma and a sex follow (努尔兰·巴合提，男，…), without a word that
/// introduces it.
std::optional<Range> name_before_sex(const Sheet& sheet, Range range) noexcept;

/// Where a name begins behind the words for whom it stands at `pos`: 罪犯, 服刑人员, 犯罪嫌疑人 …, 我狱 before them;
/// `pos` if none does.
std::size_t behind_person_title(std::u32string_view chars, std::size_t pos) noexcept;

/// Every person introduced in `header` behind 被告人, 罪犯, 违法行为人 and their like, once each; the key of the name
/// is `defendant` behind 被告人 and 上诉人, else `other_key`. A mention without anything but the name is no
/// introduction.
std::vector<Person> read_person_blocks(const Sheet& sheet, Range header, const ParseOptions& options,
                                       std::string_view other_key = "defendant");

/// Adds the person's fields to the document with the subject's number.
void add_person(Document& document, Person person, int subject);

}  // namespace kualik::documents
