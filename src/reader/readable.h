#pragma once
// How much of a line reads as letters of a script: upside down and mirrored print gives few of them.

#include <string>

#include "kualik/core/page_text.h"

namespace kualik::reader {

bool is_han_letter(const std::string& symbol) noexcept;
bool is_cyrillic_letter(const std::string& symbol) noexcept;
bool is_arabic_letter(const std::string& symbol) noexcept;

/// The share of the line's symbols that are surely letters by `letter`, 0..1; 0 for fewer than four symbols.
double letters_of(const TextLine& line, bool (*letter)(const std::string&) noexcept);

}  // namespace kualik::reader
