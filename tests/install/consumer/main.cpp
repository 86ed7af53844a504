#include <iostream>

#include "kualik/reader/reader.h"

int main() {
  const kualik::ScanResult result = kualik::Reader::parse_text("公民身份号码 440524188001010014", {}, "2026-11-23");
  for (const kualik::record::Record& record : result.records)
    for (const kualik::record::Field& field : record.fields) std::cout << field.key << ' ' << field.value << '\n';
  return 0;
}
