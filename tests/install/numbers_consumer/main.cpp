#include <iostream>

#include "kualik/numbers/resident_id.h"

int main() {
  const auto id = kualik::numbers::parse_resident_id("440524 18800101 0014");
  if (!id) return 1;
  std::cout << id.value->number.view() << '\n';
  return 0;
}
