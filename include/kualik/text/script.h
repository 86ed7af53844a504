#pragma once
// In which script a text is written, as ISO 15924 codes: Hans, Hant, Cyrl, Latn, Arab, or empty if there is no letter.
//
//   text::script_of("有效期限") == "Hans"; text::script_of("Ұлты") == "Cyrl"; text::script_of("6540") == "Zyyy"
//
// Pure functions; one pass.

#include <string>
#include <string_view>

namespace kualik::text {

/// How many letters of each script a text has.
struct ScriptCounts {
  int han{0};
  int traditional{0};  ///< Han characters that Simplified text writes otherwise.
  int simplified{0};   ///< Han characters that Traditional text mostly writes otherwise.
  int cyrillic{0};
  int latin{0};
  int arabic{0};
  int digits{0};
};
ScriptCounts count_scripts(std::string_view text);

/// The script that most letters belong to (a Han character counts as two). Han text is Hant if more of its characters
/// are Traditional than Simplified ones, else Hans. `Zyyy` if there are digits and no letters; empty if neither.
std::string script_of(std::string_view text);

}  // namespace kualik::text
