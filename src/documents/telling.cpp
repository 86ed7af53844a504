#include "telling.h"

#include <algorithm>
#include <string>
#include <vector>

#include "documents/telling_words.h"
#include "kualik/text/normalize.h"
#include "kualik/text/utf8.h"
#include "text/letters.h"

namespace kualik::documents {

namespace {

struct Word {
  std::u32string chars;
  bool in_letters;
};

const std::vector<Word>& words() {
  static const std::vector<Word> all = [] {
    std::vector<Word> out;
    for (const auto& row : tables::telling_words) out.push_back({text::to_u32(row.word), row.script != "Hans"});
    return out;
  }();
  return all;
}

bool is_letter(char32_t c) { return text::is_cyrillic(c) || text::is_latin_letter(c); }

}  // namespace

int telling_words(std::string_view text) {
  const text::Folded folded = text::fold(text);
  std::u32string chars = text::lower(folded.chars());
  std::replace(chars.begin(), chars.end(), U'ё', U'е');
  return static_cast<int>(std::count_if(words().begin(), words().end(), [&](const Word& word) {
    for (std::size_t at = chars.find(word.chars); at != std::u32string::npos; at = chars.find(word.chars, at + 1)) {
      const bool begins = at == 0 || folded.gap(at) != text::Gap::none || !is_letter(chars[at - 1]);
      if (begins || !word.in_letters) return true;
    }
    return false;
  }));
}

}  // namespace kualik::documents
