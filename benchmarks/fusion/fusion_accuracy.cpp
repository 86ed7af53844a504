// Exact match of fused fields on recorded per-frame readings, one JSON object a line on stdin (clip, type, ideal,
// frames).
//   zcat fusion_midv500.jsonl.gz | build/dev/benchmarks/fusion/fusion_accuracy [even|odd|all] [option=value …]
// Clips of even document numbers are for tuning, of odd ones for measuring.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "kualik/record/fusion.h"

namespace {

std::string folded(std::string_view text) {
  std::string out;
  for (std::string s : kualik::record::symbols_of(text)) {
    if (s.size() == 1)
      s[0] = s[0] == 'o' || s[0] == 'O' ? '0' : static_cast<char>(std::toupper(static_cast<unsigned char>(s[0])));
    out += s;
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::string half = argc > 1 ? argv[1] : "odd";
  kualik::record::FusionOptions options;
  for (int i = 2; i < argc; ++i) {
    const std::string a = argv[i];
    const std::string key = a.substr(0, a.find('='));
    const double value = std::atof(a.substr(a.find('=') + 1).c_str());
    if (key == "miss") options.miss = value;
    if (key == "unlisted") options.unlisted = value;
    if (key == "floor") options.floor = value;
    if (key == "power") options.confidence_power = value;
    if (key == "least") options.least_weight = value;
    if (key == "vote") options.vote = value;
  }
  std::map<std::string, std::pair<int, int>> right;
  std::string line;
  while (std::getline(std::cin, line)) {
    const nlohmann::json object = nlohmann::json::parse(line);
    const std::string clip = object["clip"];
    const int number = std::atoi(clip.substr(2).c_str());
    if (half != "all" && (number % 2 == 0) != (half == "even")) continue;
    std::vector<kualik::record::Reading> readings;
    for (const auto& frame : object["frames"]) {
      kualik::record::Reading reading;
      for (const auto& symbol : frame) {
        kualik::Symbol s;
        for (const auto& a : symbol) s.alternatives.push_back({folded(a[0].get<std::string>()), a[1].get<float>()});
        reading.symbols.push_back(std::move(s));
      }
      readings.push_back(std::move(reading));
    }
    auto& [ok, all] = right[object["type"]];
    ++all;
    ok += kualik::record::fuse(readings, options).text == folded(object["ideal"].get<std::string>());
  }
  for (const auto& [type, counts] : right)
    std::cout << type << ' ' << 100.0 * counts.first / counts.second << " % of " << counts.second << '\n';
  return 0;
} catch (const std::exception& fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
