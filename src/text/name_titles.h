#pragma once
// What people write around a name and is none of it. Internal to the stage.

#include <string>
#include <string_view>

namespace kualik::names {

/// Without notes in brackets, titles before the name (Mr, Dr., г-н, гражданка) and forms of address behind it (апа,
/// 先生). What has no letters then is left as it is.
std::u32string bare_name(std::u32string_view written);

}  // namespace kualik::names
