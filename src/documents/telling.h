#pragma once
// Words that tell of arrests, courts, custody and identity papers (data/telling_words.tsv): what parts a letter or a
// notice about somebody from a page of a book.

#include <string_view>

namespace kualik::documents {

/// How many different words of the table stand in the text (UTF-8, any lines). Pure; linear in the text.
int telling_words(std::string_view text);

}  // namespace kualik::documents
