// Files to records, in the fewest lines: read_file a.mp4 b.jpg
#include <iostream>

#include "kualik/reader/reader.h"

int main(int argc, char** argv) try {
  kualik::Reader reader;
  for (int i = 1; i < argc; ++i)
    for (const auto& record : reader.read_file(argv[i]).records)
      for (const auto& field : record.fields)
        std::cout << name(record.kind) << ' ' << field.key << ' ' << name(field.status) << ' ' << field.confidence
                  << '\n';
} catch (const std::exception& fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
