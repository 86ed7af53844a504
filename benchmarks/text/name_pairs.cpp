#include "name_pairs.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "kualik/text/pinyin.h"
#include "kualik/text/translit.h"
#include "kualik/text/utf8.h"

namespace kualik::bench {

namespace {

using text::Spelling;

std::vector<std::string> cut(const std::string& text, char at) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}

std::vector<std::vector<std::string>> rows_of(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot open " + path);
  std::vector<std::vector<std::string>> rows;
  bool head = true;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (!head) rows.push_back(cut(line, '\t'));
    head = false;
  }
  return rows;
}

void add_hans(Part& part, const std::string& cell) {
  for (const std::string& han : cut(cell, '/')) {
    if (std::find(part.hans.begin(), part.hans.end(), han) == part.hans.end()) part.hans.push_back(han);
  }
}

std::string convert(const std::string& name, bool uyghur, Spelling to) {
  text::TransliterationOptions options;
  options.from = uyghur ? Spelling::ug_latn : Spelling::kk_cyrl;
  return text::transliterate(name, to, options);
}

/// Spelling as a report would make it up: passport letters, then y, q, j or a dropped vowel as the salt has it.
std::string made_up(const Part& part, std::uint64_t salt) {
  if (!part.english.empty()) return part.english[salt % part.english.size()];
  std::string latin = part.uyghur ? part.name : convert(part.name, false, Spelling::icao);
  const auto swap_all = [&](const std::string& from, const std::string& to) {
    for (std::size_t at = latin.find(from); at != std::string::npos; at = latin.find(from, at + to.size()))
      latin.replace(at, from.size(), to);
  };
  for (const auto& [from, to] : {std::pair{"ü", "u"}, {"ö", "o"}, {"é", "e"}}) swap_all(from, to);
  if (salt % 2 == 1) {
    swap_all("zh", "j");
    swap_all("Zh", "J");
  }
  if ((salt / 2) % 2 == 1) swap_all("kh", "h");
  if ((salt / 4) % 3 == 1) swap_all("ai", "ay");
  if ((salt / 4) % 3 == 2) swap_all("y", "i");
  if ((salt / 16) % 3 == 1 && latin.starts_with("E")) latin = "Ye" + latin.substr(1);
  std::u32string points = text::to_u32(latin);
  if (!points.empty() && points[0] >= U'a' && points[0] <= U'z') points[0] -= 32;
  return text::to_utf8(points);
}

}  // namespace

std::vector<Part> table_parts(const std::string& source_dir) {
  std::vector<Part> parts;
  for (const auto& row : rows_of(source_dir + "/data/names/kazakh_parts.tsv")) {
    if (row[2].find("given") == std::string::npos || row[1] == "-") continue;
    parts.push_back({false, row[0], {}, {}});
    add_hans(parts.back(), row[1]);
  }
  for (const auto& row : rows_of(source_dir + "/data/names/uyghur_parts.tsv")) {
    if (row[0] == "jan" || row[0] == "xan" || row[0] == "bagh" || row[0] == "abdu") continue;
    parts.push_back({true, row[0], {}, {}});
    add_hans(parts.back(), row[1]);
    add_hans(parts.back(), row[2]);
  }
  return parts;
}

std::vector<Part> unseen_parts(const std::string& source_dir, const std::string& file) {
  std::vector<Part> parts;
  const std::string path = source_dir + "/benchmarks/text/" + file;
  for (const auto& row : rows_of(path)) {
    parts.push_back({row[0] == "ug", row[1], {}, cut(row[3], '/')});
    add_hans(parts.back(), row[2]);
  }
  return parts;
}

const char* way_name(int way) {
  static constexpr const char* names[way_count] = {"han",  "han-other", "native", "russian", "arabic",
                                                   "2021", "bgn",       "pinyin", "english"};
  return names[way];
}

std::string write(const Part& given, const Part& father, int way, std::uint64_t salt) {
  const auto both = [&](Spelling spelling, const char* suffix) {
    // Uyghur has no passport of Kazakhstan: those ways write Uyghur Latin.
    const bool uyghur = given.uyghur;
    if (uyghur && spelling != Spelling::ug_arab) spelling = Spelling::ug_latn;
    return convert(given.name, uyghur, spelling) + " " + convert(father.name, uyghur, spelling) +
           (uyghur ? "" : suffix);
  };
  const auto han = [&](std::uint64_t which) {
    return given.hans[which % given.hans.size()] + "·" + father.hans[(which / 7) % father.hans.size()];
  };
  switch (way) {
    case 0:
      return han(0);
    case 1:
      return han(1 + salt % 100);
    case 2:
      return both(Spelling::kk_cyrl, salt % 3 == 0 ? "ұлы" : salt % 3 == 1 ? "қызы" : "");
    case 3:
      return both(Spelling::ru_cyrl, salt % 2 == 0 ? "ов" : "");
    case 4:
      return both(given.uyghur ? Spelling::ug_arab : Spelling::kk_arab, "");
    case 5:
      return both(Spelling::kk_latn, "");
    case 6:
      return both(Spelling::bgn, salt % 2 == 0 ? "uly" : "");
    case 7:
      return text::pinyin(han(salt % 100), {.upper = true});
    default:
      return made_up(given, salt) + " " + made_up(father, salt / 64);
  }
}

bool same_in_han(const Part& a, const Part& b) {
  return std::any_of(a.hans.begin(), a.hans.end(), [&](const std::string& han) {
    return std::find(b.hans.begin(), b.hans.end(), han) != b.hans.end();
  });
}

}  // namespace kualik::bench
