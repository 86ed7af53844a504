// What it costs to take one sound for another. The costs follow how names are transcribed: 尔 writes r and l, 沙 са and
// ша, 扎 за and жа, 哈 қа, ға and ха; Mandarin has no voiced stops, so 巴 may be ба or па; vowels are the first thing
// to change between spellings.

#include <algorithm>
#include <array>
#include <string_view>

#include "name_sounds.h"

namespace kualik::names {

namespace {

using Table = std::array<std::array<float, 128>, 128>;

struct Pair {
  std::string_view kinds;  // Two sounds.
  float cost;
};

constexpr std::array<Pair, 138> pairs{{// Stops, voiced and not; the back of the mouth.
                                       {"bp", .25F},
                                       {"dt", .25F},
                                       {"gk", .25F},
                                       {"kq", .10F},
                                       {"gq", .30F},
                                       {"Gg", .20F},
                                       {"Gq", .25F},
                                       {"Gk", .35F},
                                       {"hq", .25F},
                                       {"hk", .30F},
                                       {"hG", .20F},
                                       {"hg", .40F},
                                       {"pf", .15F},
                                       {"bf", .35F},
                                       {"bv", .30F},
                                       {"bw", .40F},
                                       {"fv", .30F},
                                       {"wv", .12F},
                                       {"fh", .60F},
                                       {"pv", .40F},
                                       // Hissing sounds.
                                       {"sz", .30F},
                                       {"sS", .40F},
                                       {"zS", .55F},
                                       {"$S", .04F},
                                       {"$s", .08F},
                                       {"$z", .45F},
                                       {"$c", .35F},
                                       {"XS", .08F},
                                       {"Xs", .12F},
                                       {"X$", .10F},
                                       {"Xh", .35F},
                                       {"Xz", .45F},
                                       {"Qc", .08F},
                                       {"QS", .25F},
                                       {"Qk", .25F},
                                       {"Qq", .30F},
                                       {"Qj", .35F},
                                       {"QX", .30F},
                                       {"Qt", .50F},
                                       {"Jj", .03F},
                                       {"Jg", .25F},
                                       {"JG", .35F},
                                       {"Jk", .40F},
                                       {"Jz", .45F},
                                       {"Jc", .30F},
                                       {"Jy", .35F},
                                       {"JQ", .25F},
                                       {"Zj", .08F},
                                       {"Zz", .06F},
                                       {"ZJ", .20F},
                                       {"Zs", .40F},
                                       {"Zc", .30F},
                                       {"Cs", .20F},
                                       {"Cc", .30F},
                                       {"Ct", .35F},
                                       {"Cz", .30F},
                                       {"jz", .40F},
                                       {"jc", .30F},
                                       {"jS", .50F},
                                       {"jy", .30F},
                                       {"cS", .25F},
                                       {"cs", .50F},
                                       {"ct", .60F},
                                       {"cQ", .08F},
                                       {"cX", .30F},
                                       {"jd", .60F},
                                       {"jg", .55F},
                                       // Liquids and nasals.
                                       {"yh", .35F},
                                       {"yH", .35F},
                                       {"Hh", .02F},
                                       {"Hq", .06F},
                                       {"HG", .06F},
                                       {"Hk", .25F},
                                       {"Hg", .30F},
                                       {"HX", .30F},
                                       {"Rr", .02F},
                                       {"Rl", .22F},
                                       {"Ll", .02F},
                                       {"Lr", .18F},
                                       {"LR", .15F},
                                       {"Ln", .60F},
                                       {"lr", .60F},
                                       {"nN", .12F},
                                       {"Ng", .45F},
                                       {"NG", .45F},
                                       {"mn", .55F},
                                       {"mN", .60F},
                                       {"nl", .65F},
                                       {"rj", .65F},
                                       {"bm", .60F},
                                       {"GN", .45F},
                                       {"Rn", .75F},
                                       // Vowels.
                                       {"aA", .12F},
                                       {"Ae", .08F},
                                       {"ae", .22F},
                                       {"ao", .30F},
                                       {"aO", .40F},
                                       {"au", .38F},
                                       {"ai", .35F},
                                       {"aI", .28F},
                                       {"Ai", .25F},
                                       {"AI", .28F},
                                       {"Ao", .40F},
                                       {"AO", .30F},
                                       {"ei", .14F},
                                       {"eI", .18F},
                                       {"eo", .40F},
                                       {"eO", .25F},
                                       {"eu", .40F},
                                       {"eU", .30F},
                                       {"iI", .06F},
                                       {"iu", .28F},
                                       {"iU", .20F},
                                       {"Iu", .22F},
                                       {"IU", .25F},
                                       {"oO", .06F},
                                       {"ou", .15F},
                                       {"oU", .22F},
                                       {"Ou", .15F},
                                       {"OU", .12F},
                                       {"uU", .05F},
                                       {"Ea", .15F},
                                       {"EA", .10F},
                                       {"Ee", .05F},
                                       {"Ei", .10F},
                                       {"EI", .08F},
                                       {"Eu", .25F},
                                       {"EU", .25F},
                                       {"Eo", .25F},
                                       {"EO", .20F},
                                       // Vowels and glides.
                                       {"yi", .06F},
                                       {"yI", .08F},
                                       {"ye", .30F},
                                       {"yE", .35F},
                                       {"wu", .06F},
                                       {"wU", .12F},
                                       {"wo", .22F},
                                       {"wO", .20F}}};

constexpr bool is_vowel(char kind) noexcept {
  return std::string_view("aAeiIoOuUE").find(kind) != std::string_view::npos;
}
constexpr bool is_glide(char kind) noexcept { return kind == 'y' || kind == 'w'; }

Table make_table() {
  Table table{};
  for (std::size_t a = 0; a < 128; ++a) {
    for (std::size_t b = 0; b < 128; ++b) {
      const bool va = is_vowel(static_cast<char>(a));
      const bool vb = is_vowel(static_cast<char>(b));
      table[a][b] = a == b ? 0.0F : va && vb ? 0.40F : va != vb ? 1.2F : 1.0F;
    }
  }
  for (const Pair& pair : pairs) {
    const auto a = static_cast<unsigned char>(pair.kinds[0]);
    const auto b = static_cast<unsigned char>(pair.kinds[1]);
    table[a][b] = table[b][a] = pair.cost;
  }
  return table;
}

float gap(Sound sound) noexcept {
  if (sound.weak) return 0.05F;
  if (is_vowel(sound.kind)) return 0.32F;
  if (is_glide(sound.kind)) return 0.22F;
  if (sound.kind == 'h' || sound.kind == 'H' || sound.kind == 'G') return 0.42F;
  // r before a consonant is often lost: 阿达克, Ардақ.
  if (sound.kind == 'r' || sound.kind == 'R') return 0.70F;
  return 0.85F;
}

float change(const Table& table, Sound a, Sound b) noexcept {
  const float cost = table[static_cast<unsigned char>(a.kind) & 127U][static_cast<unsigned char>(b.kind) & 127U];
  // A weak vowel is hardly heard, so taking it for another one says little.
  if (a.weak || b.weak) return is_vowel(a.kind) && is_vowel(b.kind) ? cost * 0.5F : cost;
  return cost;
}

}  // namespace

double weight(const Sounds& sounds) {
  double sum = 0;
  for (const Sound sound : sounds) {
    sum += sound.weak                               ? 0.05
           : is_vowel(sound.kind)                   ? 0.45
           : is_glide(sound.kind)                   ? 0.3
           : sound.kind == 'h' || sound.kind == 'H' ? 0.8
                                                    : 1.0;
  }
  return sum;
}

double distance(const Sounds& a, const Sounds& b) {
  static const Table table = make_table();
  constexpr std::size_t longest = 96;
  const std::size_t rows = std::min(a.size(), longest);
  const std::size_t columns = std::min(b.size(), longest);
  std::array<float, longest + 1> line{};
  for (std::size_t j = 0; j < columns; ++j) line[j + 1] = line[j] + gap(b[j]);
  for (std::size_t i = 0; i < rows; ++i) {
    const float drop = gap(a[i]);
    float corner = line[0];
    line[0] += drop;
    for (std::size_t j = 0; j < columns; ++j) {
      const float best = std::min({corner + change(table, a[i], b[j]), line[j + 1] + drop, line[j] + gap(b[j])});
      corner = line[j + 1];
      line[j + 1] = best;
    }
  }
  return static_cast<double>(line[columns]);
}

double similarity(const Sounds& a, const Sounds& b) {
  const double scale = (weight(a) + weight(b)) / 2;
  if (scale <= 0) return a.size() == b.size() ? 1 : 0;
  return std::max(0.0, 1 - distance(a, b) / scale);
}

char coarse(Sound sound) noexcept {
  if (sound.weak) return 0;
  switch (sound.kind) {
    case 'b':
    case 'p':
    case 'f':
      return 'P';
    case 'd':
    case 't':
      return 'T';
    case 'g':
    case 'k':
    case 'q':
    case 'G':
    case 'h':
    case 'H':
      return 'K';
    case 's':
    case 'z':
    case 'S':
    case '$':
    case 'X':
    case 'Z':
    case 'C':
      return 'S';
    case 'j':
    case 'J':
    case 'c':
    case 'Q':
      return 'J';
    case 'm':
      return 'M';
    case 'n':
    case 'N':
      return 'N';
    case 'l':
    case 'L':
    case 'r':
    case 'R':
      return 'L';
    default:
      return 0;
  }
}

}  // namespace kualik::names
