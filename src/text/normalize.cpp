#include "kualik/text/normalize.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <utility>

#include "kualik/text/utf8.h"

namespace kualik::text {

namespace {

constexpr char32_t table_begin = 0x3400;
constexpr char32_t table_end = 0xA000;

// The whole mapping at once: ICU's rules are compiled once per process, and a lookup is an array access afterwards.
// Every character is transliterated between line feeds, so that no rule sees a neighbour and the result stays one for
// one.
struct SimplifiedTable {
  std::array<char16_t, table_end - table_begin> to{};
  std::vector<bool> is_image;

  SimplifiedTable() : is_image(table_end - table_begin, false) {
    for (char32_t c = table_begin; c < table_end; ++c) to[c - table_begin] = static_cast<char16_t>(c);
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> rules(
        icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, error));
    if (U_FAILURE(error) || !rules) return;  // an ICU without its data: text is then folded by width and variant only
    icu::UnicodeString all;
    for (char32_t c = table_begin; c < table_end; ++c) {
      all.append(static_cast<char16_t>(c));
      all.append(u'\n');
    }
    rules->transliterate(all);
    char32_t c = table_begin;
    for (std::int32_t i = 0; i < all.length() && c < table_end; ++c) {
      const std::int32_t end = all.indexOf(u'\n', i);
      if (end < 0) break;
      const char32_t image = static_cast<char32_t>(all.char32At(i));
      if (end - i == 1 && image >= table_begin && image < table_end) to[c - table_begin] = static_cast<char16_t>(image);
      i = end + 1;
    }
    for (char32_t from = table_begin; from < table_end; ++from) {
      const char32_t image = to[from - table_begin];
      if (image != from && to[image - table_begin] == image) is_image[image - table_begin] = true;
    }
  }
};

const SimplifiedTable& simplified() {
  static const SimplifiedTable table;
  return table;
}

struct Variant {
  char32_t from;
  char32_t to;
};

// Glyph variants that typefaces and character sets disagree on, and radicals of U+2E80 that PDF text uses for the
// character.
constexpr Variant variants[] = {
    {U'吿', U'告'}, {U'戸', U'户'}, {U'戶', U'户'}, {U'淸', U'清'}, {U'靑', U'青'}, {U'內', U'内'}, {U'產', U'产'},
    {U'説', U'说'}, {U'衞', U'卫'}, {U'敎', U'教'}, {U'緖', U'绪'}, {U'溫', U'温'}, {U'麽', U'么'}, {U'囯', U'国'},
    {U'国', U'国'}, {U'囻', U'国'}, {U'塲', U'场'}, {U'寕', U'宁'}, {U'甯', U'宁'}, {U'凖', U'准'}, {U'査', U'查'},
    {U'刋', U'刊'}, {U'仮', U'假'}, {U'実', U'实'}, {U'県', U'县'}, {U'区', U'区'}, {U'歳', U'岁'}, {U'嵗', U'岁'},
    {U'嚴', U'严'}, {U'巻', U'卷'}, {U'覊', U'羁'}, {U'羈', U'羁'}, {U'覇', U'霸'}, {U'囬', U'回'}, {U'囘', U'回'},
    {U'畧', U'略'}, {U'峯', U'峰'}, {U'羣', U'群'}, {U'姪', U'侄'}, {U'箇', U'个'}, {U'廻', U'回'}, {U'慿', U'凭'},
    {U'⺠', U'民'}, {U'⻓', U'长'}, {U'⻔', U'门'}, {U'⻄', U'西'}, {U'⻚', U'页'}, {U'⻅', U'见'}, {U'⻋', U'车'},
    {U'⻢', U'马'}, {U'⻩', U'黄'}, {U'⻥', U'鱼'}, {U'⻦', U'鸟'}, {U'⻬', U'齐'}, {U'⻰', U'龙'}, {U'⻜', U'飞'},
    {U'⻘', U'青'}, {U'⻆', U'角'}, {U'⻉', U'贝'}, {U'⻛', U'风'}, {U'⺟', U'母'}, {U'⻝', U'食'}, {U'⻣', U'骨'},
};

FoldedChar fold_compatibility(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(error);
  if (U_FAILURE(error)) return {c, change_none};
  const icu::UnicodeString folded = nfkc->normalize(icu::UnicodeString(static_cast<UChar32>(c)), error);
  if (U_FAILURE(error) || folded.countChar32() != 1) return {c, change_none};
  const auto to = static_cast<char32_t>(folded.char32At(0));
  return {to, to == c ? change_none : change_width};
}

bool may_be_compatibility(char32_t c) noexcept {
  return (c >= 0x2F00 && c <= 0x2FDF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE10 && c <= 0xFE6F) ||
         (c >= 0x2F800 && c <= 0x2FA1F) || (c >= 0x3036 && c <= 0x303A);
}

FoldedChar fold_width(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return {c - 0xFEE0, change_width};
  switch (c) {
    case 0xFF61:
      return {U'。', change_width};
    case 0xFF64:
      return {U'、', change_width};
    case 0xFF65:
      return {U'·', change_width};
    case 0xFFE5:
      return {U'¥', change_width};
    case 0x2236:
      return {U':', change_width};  // ∶ is what some typesetters use for the colon
    case 0x3000:
      return {U' ', change_width};
    default:
      break;
  }
  if (may_be_compatibility(c)) {
    FoldedChar folded = fold_compatibility(c);
    if (folded.c >= 0xFF01 && folded.c <= 0xFF5E) folded.c -= 0xFEE0;
    return folded;
  }
  return {c, change_none};
}

}  // namespace

char32_t to_simplified(char32_t c) {
  return c >= table_begin && c < table_end ? char32_t{simplified().to[c - table_begin]} : c;
}

bool is_simplified_form(char32_t c) {
  return c >= table_begin && c < table_end && simplified().is_image[c - table_begin];
}

FoldedChar fold_char(char32_t c) {
  if (c < 0x80) return {c, change_none};
  FoldedChar folded = fold_width(c);
  if (folded.c < 0x2E80) return folded;
  for (const Variant& v : variants) {
    if (v.from == folded.c && v.to != folded.c) {
      folded.c = v.to;
      folded.change |= to_simplified(v.from) == v.to ? change_traditional : change_variant;
      return folded;
    }
  }
  const char32_t simple = to_simplified(folded.c);
  if (simple != folded.c) {
    folded.c = simple;
    folded.change |= change_traditional;
  }
  return folded;
}

bool is_space(char32_t c) noexcept {
  return c == U' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0xAD || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x2064) || c == 0x3000 ||
         c == 0xFEFF;
}

bool is_han(char32_t c) noexcept {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == U'〇' || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x2FA1F) || (c >= 0x2E80 && c <= 0x2FDF);
}

bool is_name_dot(char32_t c) noexcept {
  switch (c) {
    case 0x00B7:
    case 0x2022:
    case 0x2027:
    case 0x30FB:
    case 0xFF65:
    case 0x2219:
    case 0x22C5:
    case 0x25CF:
    case 0x25AA:
    case 0x16EB:
    case 0x0387:
      return true;
    default:
      return false;
  }
}

Span Folded::span(std::size_t begin, std::size_t end) const noexcept {
  end = std::min(end, size());
  if (begin >= end) return {};
  return {begins_[begin], std::size_t{begins_[end - 1]} + lengths_[end - 1]};
}

std::size_t Folded::index_at(std::size_t offset) const noexcept {
  return static_cast<std::size_t>(std::lower_bound(begins_.begin(), begins_.end(), offset) - begins_.begin());
}

std::uint8_t Folded::change(std::size_t begin, std::size_t end) const noexcept {
  std::uint8_t all = 0;
  for (std::size_t i = begin; i < end && i < size(); ++i) all |= changes_[i];
  return all;
}

void Folded::append(char32_t original, std::size_t begin, std::size_t end, Gap gap) {
  const FoldedChar folded = fold_char(original);
  chars_ += folded.c;
  originals_ += original;
  begins_.push_back(static_cast<std::uint32_t>(begin));
  lengths_.push_back(static_cast<std::uint8_t>(end - begin));
  changes_.push_back(folded.change);
  gaps_.push_back(gap);
}

Folded fold(std::string_view text, const std::vector<Span>& skip) {
  Folded folded;
  text = text.substr(0, std::numeric_limits<std::uint32_t>::max());
  Gap gap = Gap::line;
  auto next = skip.begin();
  for (std::size_t pos = 0; pos < text.size();) {
    while (next != skip.end() && next->end <= pos) ++next;
    if (next != skip.end() && pos >= next->begin) {
      pos = next->end;
      gap = Gap::line;
      continue;
    }
    const std::size_t begin = pos;
    const char32_t c = decode_utf8(text, pos);
    if (is_space(c)) {
      const bool breaks = (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
      // Zero-width characters part nothing.
      const bool invisible = c == 0xAD || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064);
      if (breaks) {
        gap = Gap::line;
      } else if (gap == Gap::none && !invisible) {
        gap = Gap::space;
      }
      continue;
    }
    folded.append(c, begin, pos, gap);
    gap = Gap::none;
  }
  return folded;
}

std::string fold_to_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) append_utf8(out, fold_char(decode_utf8(text, pos)).c);
  return out;
}

}  // namespace kualik::text
