#include "latin_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "han_surnames.h"
#include "kazakh_parts.h"
#include "kualik/text/utf8.h"
#include "latin_names_table.h"
#include "letters.h"
#include "pinyin_syllables.h"
#include "translit_parts.h"
#include "uyghur_parts.h"

namespace kualik::names {

namespace {

constexpr std::size_t symbols = 27;  // the border and A to Z
constexpr std::size_t border = 0;

std::size_t index_of(char c) { return c >= 'A' && c <= 'Z' ? static_cast<std::size_t>(c - 'A') + 1 : border; }

class Model {
 public:
  Model() {
    for (const auto& row : text::tables::latin_names_table_rows) {
      for (const std::string& name : words(row.names)) add(name, 1);
    }
    for (const auto& row : text::tables::kazakh_parts_rows) {
      const std::string name = capitals(text::from_cyrillic(text::lower(text::to_u32(row.cyrl)), text::Spelling::icao));
      add(name, 0.6);
      for (const std::string_view end : {"OV", "OVA", "ULY", "KYZY", "BEK"}) add(name + std::string(end), 0.05);
    }
    for (const auto& row : text::tables::uyghur_parts_rows) add(capitals(text::to_u32(row.uly)), 0.6);
    // Syllables follow one another as they like.
    std::vector<std::string> syllables;
    for (const auto& row : text::tables::pinyin_syllables_rows)
      for (const std::string& final : words(row.finals))
        syllables.push_back(capitals(text::to_u32((row.initial == "-" ? "" : std::string(row.initial)) + final)));
    for (std::size_t i = 0; i < syllables.size(); ++i) {
      add(syllables[i], 0.4);
      for (std::size_t k = 1; k <= 3; ++k) add(syllables[i] + syllables[(i * 7 + k * 131) % syllables.size()], 0.1);
    }
    settle();
  }
  double cost(char a, char b, char c) const { return costs_[index_of(a)][index_of(b)][index_of(c)]; }

 private:
  static std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      if (end > at) out.emplace_back(text.substr(at, end - at));
      at = end + 1;
    }
    return out;
  }
  static std::string capitals(std::u32string_view name) {
    std::string out;
    for (const char32_t c : name) {
      const char32_t up = text::to_upper(c);
      if (up >= U'A' && up <= U'Z') out += static_cast<char>(up);
      if (up == U'Ü') out += "YU";
      if (up == U'Ö') out += 'O';
      if (up == U'É') out += 'E';
    }
    return out;
  }
  void add(const std::string& name, double weight) {
    std::size_t a = border, b = border;
    for (std::size_t i = 0; i <= name.size(); ++i) {
      const std::size_t c = i < name.size() ? index_of(name[i]) : border;
      counts_[a][b][c] += weight;
      a = b;
      b = c;
    }
  }
  // Three letters lean on two, two on one, one on none.
  void settle() {
    std::array<double, symbols> one{};
    std::array<std::array<double, symbols>, symbols> two{};
    double all = 0;
    for (std::size_t a = 0; a < symbols; ++a)
      for (std::size_t b = 0; b < symbols; ++b)
        for (std::size_t c = 0; c < symbols; ++c) {
          one[c] += counts_[a][b][c];
          two[b][c] += counts_[a][b][c];
          all += counts_[a][b][c];
        }
    constexpr double lean = 12;
    for (std::size_t a = 0; a < symbols; ++a)
      for (std::size_t b = 0; b < symbols; ++b) {
        double after_two = 0, after_one = 0;
        for (std::size_t c = 0; c < symbols; ++c) {
          after_two += counts_[a][b][c];
          after_one += two[b][c];
        }
        for (std::size_t c = 0; c < symbols; ++c) {
          const double p1 = (one[c] + 1) / (all + symbols);
          const double p2 = (two[b][c] + lean * p1) / (after_one + lean);
          const double p3 = (counts_[a][b][c] + lean * p2) / (after_two + lean);
          costs_[a][b][c] = static_cast<float>(-std::log(0.97 * p3 + 0.03 / symbols));
        }
      }
  }

  std::array<std::array<std::array<double, symbols>, symbols>, symbols> counts_{};
  std::array<std::array<std::array<float, symbols>, symbols>, symbols> costs_{};
};

}  // namespace

double latin_letter_cost(char a, char b, char c) {
  static const Model model;
  return model.cost(a, b, c);
}

}  // namespace kualik::names
