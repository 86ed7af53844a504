#pragma once
// Pages of text that are no known paper: a letter, a page of a newspaper, a notice. What is worth a record among them,
// and what is a book, a poster or a phone in the picture.

#include "kualik/core/page_text.h"

namespace kualik::reader {

/// What a page holds of running text.
struct PlainText {
  int lines{0};         ///< Of some length that read surely.
  int arabic_lines{0};  ///< Of these in Arabic letters.
  double read{0};       ///< 0..1: how surely, by symbol.
  int words{0};         ///< Different words in them that tell of courts, custody or papers (documents/telling.h).
};
PlainText plain_text(const PageText& page);

/// 0..1: how much a page of text that names no number tells. From 0.35 on it does so on its own: several lines, with
/// several of those words in them. Text without them stays below; from 0.2 on there is a page of it all the same.
double telling_score(const PlainText& text);
constexpr double tells = 0.35;
constexpr double is_page_of_text = 0.2;

}  // namespace kualik::reader
