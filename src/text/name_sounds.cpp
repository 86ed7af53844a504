#include "name_sounds.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "han_readings.h"
#include "kualik/text/normalize.h"
#include "kualik/text/pinyin.h"
#include "kualik/text/utf8.h"
#include "letters.h"

namespace kualik::names {

namespace {

using Rule = std::pair<std::u32string_view, std::string_view>;

// In the notation of sounds, a dot before a sound marks it weak.
constexpr std::array<Rule, 51> cyrillic{
    {{U"дж", "j"}, {U"нг", "N.g"}, {U"нғ", "N.G"}, {U"ия", "ia"}, {U"ью", "yu"}, {U"ья", "ya"}, {U"а", "a"},
     {U"ә", "A"},  {U"б", "b"},    {U"в", "v"},    {U"г", "g"},   {U"ғ", "G"},   {U"д", "d"},   {U"е", "e"},
     {U"ё", "yo"}, {U"ж", "j"},    {U"җ", "j"},    {U"з", "z"},   {U"и", "i"},   {U"й", "y"},   {U"к", "k"},
     {U"қ", "q"},  {U"л", "l"},    {U"м", "m"},    {U"н", "n"},   {U"ң", "N"},   {U"о", "o"},   {U"ө", "O"},
     {U"п", "p"},  {U"р", "r"},    {U"с", "s"},    {U"т", "t"},   {U"у", "w"},   {U"ұ", "u"},   {U"ү", "U"},
     {U"ф", "f"},  {U"х", "h"},    {U"һ", "h"},    {U"ц", "ts"},  {U"ч", "c"},   {U"ш", "S"},   {U"щ", "S"},
     {U"ъ", ""},   {U"ы", "I"},    {U"і", "i"},    {U"ь", ""},    {U"э", "e"},   {U"ю", "yu"},  {U"я", "ya"},
     {U"i", "i"},  {U"h", "h"}}};

constexpr std::array<Rule, 67> latin{
    {{U"shch", "S"}, {U"tş", "c"}, {U"dzh", "j"},  {U"dj", "j"},   {U"zh", "j"},   {U"kh", "h"},  {U"sh", "S.h"},
     {U"ch", "c"},   {U"gh", "G"}, {U"ng", "N.g"}, {U"iya", "ia"}, {U"iia", "ia"}, {U"ia", "ya"}, {U"iu", "yu"},
     {U"oo", "u"},   {U"ee", "i"}, {U"ck", "k"},   {U"ou", "u"},   {U"th", "t"},   {U"ph", "f"},  {U"a", "a"},
     {U"ä", "A"},    {U"á", "A"},  {U"ə", "A"},    {U"b", "b"},    {U"c", "k"},    {U"ç", "c"},   {U"d", "d"},
     {U"e", "e"},    {U"é", "e"},  {U"ë", "e"},    {U"ê", "e"},    {U"ė", "e"},    {U"f", "f"},   {U"g", "g"},
     {U"ğ", "G"},    {U"ǵ", "G"},  {U"h", "h"},    {U"ı", "i"},    {U"i", "i"},    {U"ī", "i"},   {U"j", "j"},
     {U"k", "k"},    {U"l", "l"},  {U"m", "m"},    {U"n", "n"},    {U"ñ", "N"},    {U"ń", "N"},   {U"o", "o"},
     {U"ö", "O"},    {U"ó", "O"},  {U"p", "p"},    {U"q", "q"},    {U"r", "r"},    {U"s", "s"},   {U"ş", "S"},
     {U"t", "t"},    {U"u", "u"},  {U"ū", "u"},    {U"ü", "U"},    {U"ú", "U"},    {U"v", "v"},   {U"w", "w"},
     {U"x", "h"},    {U"y", "I"},  {U"z", "z"},    {U"ý", "w"}}};

// Both Kazakh and Uyghur; a bare vowel letter stands for back and front alike, so it is the sound between (cheap to
// change).
constexpr std::array<Rule, 44> arabic{
    {{U"ىي", "i"}, {U"يا", "ya"}, {U"يۋ", "yu"}, {U"تش", "c"}, {U"نگ", "N.g"}, {U"ا", "a"}, {U"ە", "e"}, {U"ب", "b"},
     {U"پ", "p"},  {U"ت", "t"},   {U"ج", "j"},   {U"چ", "c"},  {U"ح", "h"},    {U"خ", "h"}, {U"د", "d"}, {U"ر", "r"},
     {U"ز", "z"},  {U"ژ", "j"},   {U"س", "s"},   {U"ش", "S"},  {U"ع", "G"},    {U"غ", "G"}, {U"ف", "f"}, {U"ق", "q"},
     {U"ك", "k"},  {U"گ", "g"},   {U"ڭ", "N"},   {U"ل", "l"},  {U"م", "m"},    {U"ن", "n"}, {U"ھ", "h"}, {U"و", "o"},
     {U"ۇ", "u"},  {U"ۆ", "O"},   {U"ۈ", "U"},   {U"ۋ", "w"},  {U"ې", "e"},    {U"ى", "i"}, {U"ي", "y"}, {U"ئ", ""},
     {U"ٴ", ""},   {U"ط", "t"},   {U"ص", "s"},   {U"ه", "e"}}};

bool is_vowel(char kind) noexcept { return std::string_view("aAeiIoOuUE").find(kind) != std::string_view::npos; }

void append(std::string_view notation, Sounds& out) {
  bool weak = false;
  for (const char c : notation) {
    if (c == '.') {
      weak = true;
      continue;
    }
    // 提 before t closes the syllable before it, and the two are one: 买提吐尔逊, Метұрсын.
    if (c == 't' && out.size() > 1 && out.back().weak && is_vowel(out.back().kind) && out[out.size() - 2].kind == 't')
      out[out.size() - 2].weak = true;
    // Doubled consonants are one: 阿不都拉, Абдолла.
    if (!out.empty() && out.back().kind == c && !is_vowel(c)) {
      out.back().weak = out.back().weak && weak;
    } else {
      out.push_back({c, weak});
    }
    weak = false;
  }
}

template <std::size_t size>
void by_rules(std::u32string_view word, const std::array<Rule, size>& rules, Sounds& out) {
  for (std::size_t i = 0; i < word.size();) {
    const auto rest = word.substr(i);
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rest.starts_with(rule.first); });
    if (found == rules.end()) {
      // ġ, ž, ș: a letter of another alphabet is heard as the one that it is made of.
      const char32_t base = text::base_letter(word[i]);
      if (base != word[i]) by_rules(std::u32string_view(&base, 1), rules, out);
      ++i;
      continue;
    }
    append(found->second, out);
    i += found->first.size();
  }
}

// What the final of a pinyin syllable sounds like in a transcription.
constexpr std::array<std::pair<std::string_view, std::string_view>, 38> finals{
    {{"iang", "aN"}, {"iong", "oN"}, {"uang", "waN"}, {"iao", "o.w"}, {"ian", "an"}, {"uai", "we"}, {"uan", "wan"},
     {"ang", "aN"},  {"eng", "EN"},  {"ing", "iN"},   {"ong", "oN"},  {"ai", "A.y"}, {"ei", "e.y"}, {"ao", "a.w"},
     {"ou", "o.w"},  {"an", "an"},   {"en", "en"},    {"er", ".ER"},  {"ia", "a"},   {"ie", "e"},   {"iu", "u"},
     {"in", "in"},   {"ua", "wa"},   {"uo", "o"},     {"ui", "we"},   {"un", "un"},  {"üe", "O"},   {"üan", "an"},
     {"ün", "un"},   {"ue", "O"},    {"a", "a"},      {"o", "o"},     {"e", "E"},    {"i", "i"},    {"u", "u"},
     {"ü", "U"},     {"io", "yo"},   {"", ""}}};

constexpr std::array<std::pair<std::string_view, char>, 21> initials{
    {{"zh", 'Z'}, {"ch", 'c'}, {"sh", '$'}, {"b", 'b'}, {"p", 'p'}, {"m", 'm'}, {"f", 'f'},
     {"d", 'd'},  {"t", 't'},  {"n", 'n'},  {"l", 'L'}, {"g", 'g'}, {"k", 'k'}, {"h", 'H'},
     {"j", 'J'},  {"q", 'Q'},  {"x", 'X'},  {"r", 'r'}, {"z", 'z'}, {"c", 'C'}, {"s", 's'}}};

// Syllables whose character mostly closes a syllable of the transcribed name (提 克 尔 孜 斯 木 勒), or that read
// unlike their pinyin.
constexpr std::array<std::pair<std::string_view, std::string_view>, 46> special{
    {{"er", "R"},    {"ti", "t.i"},  {"te", "t.E"},   {"ke", "k.E"},  {"le", "L.E"},  {"li", "L.i"},   {"ge", "g.E"},
     {"de", "d.E"},  {"he", "H.E"},  {"zi", "z.i"},   {"ci", "C.i"},  {"si", "s.I"},  {"shi", "$.i"},  {"xi", "X.i"},
     {"mu", "m.u"},  {"bu", "b.u"},  {"pu", "p.u"},   {"fu", "f.u"},  {"hu", "H.u"},  {"ji", "J.i"},   {"qi", "Q.i"},
     {"di", "d.i"},  {"ri", "r.i"},  {"re", "rA"},    {"zhi", "Z.i"}, {"chi", "c.i"}, {"yi", "i"},     {"ya", "ya"},
     {"ye", ".ye"},  {"yu", ".yu"},  {"yin", "in"},   {"ying", "iN"}, {"you", "yu"},  {"yao", "yo.w"}, {"yue", "yo"},
     {"yun", "yun"}, {"yan", "yan"}, {"yang", "yaN"}, {"wu", "u"},    {"wo", "o"},    {"wa", "wa"},    {"wai", "we"},
     {"wei", "we"},  {"ren", "ren"}, {"rou", "ro"},   {"ao", "o"}}};

}  // namespace

void append_pinyin_sounds(std::string_view syllable, Sounds& out) {
  // 恩 behind n only lengthens it: 金恩斯, Жеңіс.
  if (syllable == "en" && !out.empty() && (out.back().kind == 'n' || out.back().kind == 'N')) {
    append(".e.n", out);
    return;
  }
  for (const auto& [spelling, notation] : special) {
    if (spelling == syllable) {
      append(notation, out);
      return;
    }
  }
  std::string_view rest = syllable;
  std::string notation;
  if (rest.size() > 1 && (rest[0] == 'y' || rest[0] == 'w')) {
    notation += rest[0];
    rest.remove_prefix(1);
  } else {
    for (const auto& [spelling, kind] : initials) {
      if (rest.starts_with(spelling)) {
        notation += kind;
        rest.remove_prefix(spelling.size());
        break;
      }
    }
  }
  for (const auto& [spelling, sounds] : finals) {
    if (spelling == rest) {
      notation += sounds;
      break;
    }
  }
  append(notation, out);
}

WordSounds sounds_of(std::u32string_view word) {
  WordSounds made;
  std::u32string low;
  bool arab = false;
  bool cyrl = false;
  for (const char32_t c : word) {
    made.han = made.han || text::is_han(c);
    arab = arab || text::is_arabic_letter(c);
    cyrl = cyrl || text::is_cyrillic(c);
    low.push_back(text::to_lower(c));
  }
  if (made.han) {
    for (const char32_t c : low) append_pinyin_sounds(text::han_reading(c), made.plain);
  } else if (arab) {
    // ئ ې ۆ ۈ خ are Uyghur, where ه would be a consonant; at the head of a word it is typed for ھ.
    const bool uyghur = low.find_first_of(U"ئېۆۈخ") != low.npos;
    std::u32string folded = text::fold_arabic(low, uyghur);
    if (uyghur && folded.starts_with(U'ه')) folded[0] = U'ھ';
    by_rules(folded, arabic, made.plain);
  } else if (cyrl) {
    by_rules(low, cyrillic, made.plain);
  } else {
    by_rules(low, latin, made.plain);
    // y beside a vowel is a glide.
    for (std::size_t i = 0; i < made.plain.size(); ++i) {
      const bool beside = (i > 0 && is_vowel(made.plain[i - 1].kind)) ||
                          (i + 1 < made.plain.size() && is_vowel(made.plain[i + 1].kind));
      if (made.plain[i].kind == 'I' && beside) made.plain[i].kind = 'y';
    }
    for (const std::string& syllable : text::split_pinyin(text::to_utf8(low)))
      append_pinyin_sounds(syllable, made.pinyin);
  }
  return made;
}

}  // namespace kualik::names
