// Initial and final each have one spelling; the exceptions stand in a table of whole syllables. The system is that of
// Russian reference works (archimandrite Palladius, 1888), as general knowledge has it, 2026-11-26.
#include "palladius.h"

#include <algorithm>
#include <array>
#include <utility>

#include "han_readings.h"
#include "kualik/text/utf8.h"

namespace kualik::text {

namespace {

using Spelling = std::pair<std::string_view, std::u32string_view>;

constexpr std::array<Spelling, 42> whole{
    {{"a", U"а"},      {"ai", U"ай"},    {"an", U"ань"},    {"ang", U"ан"},   {"ao", U"ао"},    {"e", U"э"},
     {"ei", U"эй"},    {"en", U"энь"},   {"eng", U"эн"},    {"er", U"эр"},    {"o", U"о"},      {"ou", U"оу"},
     {"yi", U"и"},     {"ya", U"я"},     {"yo", U"ё"},      {"ye", U"е"},     {"yai", U"яй"},   {"yao", U"яо"},
     {"you", U"ю"},    {"yan", U"янь"},  {"yin", U"инь"},   {"yang", U"ян"},  {"ying", U"ин"},  {"yong", U"юн"},
     {"yu", U"юй"},    {"yue", U"юэ"},   {"yuan", U"юань"}, {"yun", U"юнь"},  {"wu", U"у"},     {"wa", U"ва"},
     {"wo", U"во"},    {"wai", U"вай"},  {"wei", U"вэй"},   {"wan", U"вань"}, {"wen", U"вэнь"}, {"wang", U"ван"},
     {"weng", U"вэн"}, {"hui", U"хуэй"}, {"zi", U"цзы"},    {"ci", U"цы"},    {"si", U"сы"},    {"ri", U"жи"}}};

constexpr std::array<Spelling, 21> initials{
    {{"zh", U"чж"}, {"ch", U"ч"}, {"sh", U"ш"}, {"b", U"б"}, {"p", U"п"},  {"m", U"м"}, {"f", U"ф"},
     {"d", U"д"},   {"t", U"т"},  {"n", U"н"},  {"l", U"л"}, {"g", U"г"},  {"k", U"к"}, {"h", U"х"},
     {"j", U"цз"},  {"q", U"ц"},  {"x", U"с"},  {"r", U"ж"}, {"z", U"цз"}, {"c", U"ц"}, {"s", U"с"}}};

constexpr std::array<Spelling, 36> finals{
    {{"a", U"а"},     {"ai", U"ай"},    {"an", U"ань"},   {"ang", U"ан"}, {"ao", U"ао"},  {"e", U"э"},
     {"ei", U"эй"},   {"en", U"энь"},   {"eng", U"эн"},   {"i", U"и"},    {"ia", U"я"},   {"ian", U"янь"},
     {"iang", U"ян"}, {"iao", U"яо"},   {"ie", U"е"},     {"in", U"инь"}, {"ing", U"ин"}, {"iong", U"юн"},
     {"iu", U"ю"},    {"o", U"о"},      {"ong", U"ун"},   {"ou", U"оу"},  {"u", U"у"},    {"ua", U"уа"},
     {"uai", U"уай"}, {"uan", U"уань"}, {"uang", U"уан"}, {"ui", U"уй"},  {"un", U"унь"}, {"uo", U"о"},
     {"ü", U"юй"},    {"üe", U"юэ"},    {"üan", U"юань"}, {"ün", U"юнь"}, {"ê", U"е"},    {"ue", U"юэ"}}};

}  // namespace

std::u32string palladius(std::string_view syllable) {
  if (!is_pinyin_syllable(syllable)) return {};
  for (const auto& [latin, russian] : whole) {
    if (latin == syllable) return std::u32string(russian);
  }
  const auto* const initial = std::find_if(initials.begin(), initials.end(),
                                           [&](const Spelling& row) { return syllable.starts_with(row.first); });
  if (initial == initials.end()) return {};
  std::string final(syllable.substr(initial->first.size()));
  // Behind j q x the letter u is ü.
  if (final.starts_with('u') && (initial->first == "j" || initial->first == "q" || initial->first == "x"))
    final.replace(0, 1, "ü");
  for (const auto& [latin, russian] : finals) {
    if (latin == final) return std::u32string(initial->second) + std::u32string(russian);
  }
  return {};
}

}  // namespace kualik::text
