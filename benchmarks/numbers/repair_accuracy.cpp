// build/dev/benchmarks/numbers/repair_accuracy [count]: of damaged resident numbers whose original is known, how often
// the original is the first repair, among the first three and five, among the ten that are given by default, and how
// many candidates there are. The numbers are made while it runs and never stored: births 1940-2015, regions in force at
// the birth (or since 1984), damage as named. The scores' weights were not fitted to this.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "kualik/numbers/region.h"
#include "kualik/numbers/repair.h"
#include "kualik/numbers/resident_id.h"

namespace {

using namespace kualik;
using namespace kualik::numbers;

class Maker {
 public:
  Maker() {
    for (int i = 0; i < region_record_count(); ++i)
      if (const RegionRecord r = region_record(i); r.level == RegionLevel::county && r.cls == RegionClass::gb)
        regions_.push_back(r);
  }

  std::size_t below(std::size_t n) { return random_() % n; }

  std::string number() {
    while (true) {
      const RegionRecord& r = regions_[below(regions_.size())];
      const int year = 1940 + static_cast<int>(below(76));
      if (!r.in_force(year < 1984 ? 1984 : year)) continue;
      char text[32];
      std::snprintf(text, sizeof text, "%06d%04d%02d%02d%03d", r.code, year, 1 + static_cast<int>(below(12)),
                    1 + static_cast<int>(below(28)), static_cast<int>(below(1000)));
      std::string id = text;
      return id + resident_check_char(id);
    }
  }

  /// What a reader gives for `truth`, by the weights of confusions; never itself.
  char misread(char truth, std::string_view among) {
    std::vector<double> weights;
    for (char c : among) weights.push_back(c == truth ? 0 : confusion_weight(c, truth));
    std::discrete_distribution<std::size_t> draw(weights.begin(), weights.end());
    return among[draw(random_)];
  }

 private:
  std::mt19937 random_{20261124};
  std::vector<RegionRecord> regions_;
};

struct Damage {
  const char* name;
  std::function<std::string(Maker&, std::string)> make;
  int told{0};  ///< What stands beside the number: 1 the date and the sex, 2 the county of the first registration too.
};

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 5000;
  constexpr std::string_view digits = "0123456789";
  const auto any_for_any = [digits](Maker& m, std::string id) {
    const std::size_t at = m.below(17);
    const char was = id[at];
    while (id[at] == was) id[at] = digits[m.below(10)];
    return id;
  };
  const std::array damages{
      Damage{"one wrong digit, any for any", any_for_any},
      Damage{"the same, the birth date and the sex beside it", any_for_any, 1},
      Damage{"the same, the county beside it too", any_for_any, 2},
      Damage{"one wrong digit, as printed digits are confused",
             [digits](Maker& m, std::string id) {
               const std::size_t at = m.below(17);
               id[at] = m.misread(id[at], digits);
               return id;
             }},
      Damage{"two letters for digits (O 0, l 1, B 8 ...)",
             [](Maker& m, std::string id) {
               for (int k = 0; k < 2; ++k) {
                 const std::size_t at = m.below(17);
                 if (id[at] >= '0' && id[at] <= '9') id[at] = m.misread(id[at], "OIZSBGTAQL");
               }
               return id;
             }},
      Damage{"two neighbours swapped",
             [](Maker& m, std::string id) {
               std::size_t at = m.below(16);
               while (id[at] == id[at + 1]) at = m.below(16);
               std::swap(id[at], id[at + 1]);
               return id;
             }},
      Damage{"one digit missing", [](Maker& m, std::string id) { return id.erase(m.below(17), 1); }},
      Damage{"one digit twice",
             [](Maker& m, std::string id) {
               const std::size_t at = m.below(17);
               return id.insert(at, 1, id[at]);
             }},
      Damage{"one position masked",
             [](Maker& m, std::string id) {
               id[m.below(18)] = '*';
               return id;
             }},
      Damage{"two positions masked",
             [](Maker& m, std::string id) {
               const std::size_t a = m.below(18);
               std::size_t b = a;
               while (b == a) b = m.below(18);
               id[a] = id[b] = '*';
               return id;
             }},
  };
  std::printf("%-50s %8s %8s %8s %8s %8s %10s\n", "damage", "first", "of 3", "of 5", "of 10", "of all", "candidates");
  for (const Damage& damage : damages) {
    Maker maker;
    int first = 0, three = 0, five = 0, ten = 0, any = 0;
    std::size_t candidates = 0;
    RepairOptions options;
    options.check.today = {2026, 11, 24};
    options.limit = 1000000;
    for (int n = 0; n < count; ++n) {
      const std::string id = maker.number();
      if (damage.told > 0) {
        const Checked<ResidentId> truth = parse_resident_id(id);
        options.known.birth = truth.value->birth;
        options.known.sex = truth.value->sex;
        if (damage.told > 1) options.known.region_code = truth.value->region_code;
      }
      const std::vector<Repair> list = repair_resident_id(damage.make(maker, id), options);
      candidates += list.size();
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (list[i].number.view() != id) continue;
        first += i == 0 ? 1 : 0;
        three += i < 3 ? 1 : 0;
        five += i < 5 ? 1 : 0;
        ten += i < 10 ? 1 : 0;
        ++any;
        break;
      }
    }
    const auto share = [count](int n) { return 100.0 * n / count; };
    std::printf("%-50s %7.1f%% %7.1f%% %7.1f%% %7.1f%% %7.1f%% %10.1f\n", damage.name, share(first), share(three),
                share(five), share(ten), share(any), static_cast<double>(candidates) / count);
  }
}
