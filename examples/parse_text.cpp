// A typed transcript on standard input to lines of JSON, without any engine: parse_text < transcript.txt
#include <iostream>
#include <iterator>

#include "kualik/desk/transcript.h"
#include "kualik/record/jsonl.h"

int main() try {
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  for (const kualik::record::Entry& entry : kualik::desk::parse_transcript(text))
    std::cout << kualik::record::to_json(entry) << '\n';
} catch (const std::exception& fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
