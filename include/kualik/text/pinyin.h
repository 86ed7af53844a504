#pragma once
// Chinese characters of names as toneless pinyin, as passports of the PRC print it.
//
//   pinyin("努尔兰·巴合提");                                    // Nuerlan Baheti
//   pinyin("阿不都热合曼", {.upper = true});                     // ABUDUREHEMAN   (都 is du in names, not dou)
//   pinyin("单永吕");                                           // Shan Yonglyu   (surname reading of 单; ü as YU since
//   2011)
//
// Readings come from an own table of characters met in names; a character that is not in it is read by ICU.

#include <string>
#include <string_view>
#include <vector>

namespace kualik::text {

/// How ü is written: passports of the PRC print YU since 2011 and U before; V is met in data bases.
enum class UmlautU : unsigned char { yu, u, v, umlaut };

struct PinyinOptions {
  bool upper{false};            ///< Capitals throughout, as in a passport (default: false).
  bool surnames{true};          ///< Characters that begin a Han name are read as surnames (default: true).
  bool separate{false};         ///< A space after every syllable (default: false).
  UmlautU umlaut{UmlautU::yu};  ///< (default: yu)
};

/// Pinyin of a name; text of other scripts is kept. The dot between given and father's name, in any of its forms,
/// becomes a space. A name without a dot of two to four characters that begins with a surname is parted after it,
/// unless it reads as a transcription of a Kazakh or Uyghur name. Thread-safe. Cost: linear.
std::string pinyin(std::string_view name, const PinyinOptions& options = {});

/// The syllable of each Chinese character, lower case, ü kept; characters of other scripts give an empty string.
std::vector<std::string> pinyin_syllables(std::string_view text);

/// Splits Latin text into pinyin syllables ("nuerlan" → nu er lan); empty if it is not pinyin throughout. An apostrophe
/// parts syllables. ü may be written v, yu after l or n, or ü.
std::vector<std::string> split_pinyin(std::string_view latin);

}  // namespace kualik::text
