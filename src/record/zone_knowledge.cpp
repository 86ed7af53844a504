#include "record/zone_knowledge.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "kualik/numbers/mrz.h"
#include "kualik/numbers/region.h"
#include "numbers/mrz_formats.h"
#include "text/latin_names.h"

namespace kualik::record {
namespace {

using numbers::detail::FieldSpec;
using numbers::detail::FormatSpec;
using numbers::detail::Slice;

// Costs are natural logarithms of how unlikely something is.
constexpr double least_probability = 1e-4;
constexpr double look_alike = 4.5;  // a character that the reader did not name but that prints much like what it read
constexpr float sure_symbol = 0.9F;
constexpr double broken_check = 8;   // zones are printed with right check digits
constexpr double late_letter = 4;    // behind three fillers the names are over
constexpr double second_border = 3;  // `<<` parts surname and given names once
constexpr double known_state = 3;
constexpr double same_state = 2;          // most papers are issued by the holder's own state
constexpr double letter_in_number = 2.5;  // numbers are digits behind one to three letters, rarely ended by another
constexpr double name_weight = 0.6;       // what letters follow one another in names, beside what was seen
constexpr std::size_t beam_width = 40;
constexpr double never = 1e9;
constexpr std::size_t most_changes = 5;  // outside the names

enum class Kind : unsigned char { any, number, letter, first_letter, digit, check, sex, name };

struct Option {
  char c{};
  double cost{};
};

struct Cell {
  Kind kind{Kind::any};
  std::vector<Option> options{};
  char read{};
  char chosen{};
};

using Row = std::vector<Cell>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

bool may_hold(Kind kind, char c) {
  switch (kind) {
    case Kind::letter:
    case Kind::name:
      return is_letter(c) || c == '<';
    case Kind::first_letter:
      return is_letter(c);
    case Kind::digit:
    case Kind::check:
      return is_digit(c) || c == '<';
    case Kind::sex:
      return c == 'M' || c == 'F' || c == '<' || c == 'X';
    case Kind::any:
    case Kind::number:
      break;
  }
  return numbers::mrz_value(c) >= 0;
}

// Pairs that OCR-B on a poor picture leaves open.
constexpr std::array<std::string_view, 17> alike{"0O", "0Q", "0D", "1I", "1L", "2Z", "5S", "8B", "6G",
                                                 "4A", "7T", "7Y", "3B", "0U", "DO", "QO", "HM"};

void add_options(Cell& cell, const Symbol& symbol) {
  const auto add = [&](char c, double cost) {
    if (!may_hold(cell.kind, c)) return;
    for (Option& o : cell.options) {
      if (o.c != c) continue;
      o.cost = std::min(o.cost, cost);
      return;
    }
    cell.options.push_back({c, cost});
  };
  cell.read = symbol.text.size() == 1 ? symbol.text[0] : '<';
  const auto cost_of = [](float p) { return -std::log(std::clamp(static_cast<double>(p), least_probability, 1.0)); };
  add(cell.read, cost_of(symbol.probability));
  for (const SymbolAlternative& a : symbol.alternatives)
    if (a.text.size() == 1) add(a.text[0], cost_of(a.probability));
  // What the reader did not name is offered only where it was in doubt or gave what cannot stand here.
  const bool sure = symbol.probability > sure_symbol && may_hold(cell.kind, cell.read);
  for (const std::string_view pair : alike) {
    if (sure) break;
    if (pair[0] == cell.read) add(pair[1], look_alike);
    if (pair[1] == cell.read) add(pair[0], look_alike);
  }
  cell.chosen = cell.read;
}

const FormatSpec* format_of(std::size_t lines, std::size_t columns, char first) {
  for (const FormatSpec& f : numbers::detail::mrz_formats) {
    const bool visa = f.format == numbers::MrzFormat::mrv_a || f.format == numbers::MrzFormat::mrv_b;
    if (static_cast<std::size_t>(f.lines) == lines && static_cast<std::size_t>(f.width) == columns &&
        visa == (first == 'V' && lines == 2))
      return &f;
  }
  return nullptr;
}

void set_kinds(const FormatSpec& spec, std::vector<Row>& rows) {
  for (const FieldSpec& f : spec.fields) {
    Row& row = rows[static_cast<std::size_t>(f.line)];
    Kind kind = Kind::number;
    if (f.key == "names") kind = Kind::name;
    if (f.key == "birth_date" || f.key == "expiry_date") kind = Kind::digit;
    if (f.key == "issuing_state" || f.key == "nationality" || f.key == "document_code") kind = Kind::letter;
    if (f.key == "sex") kind = Kind::sex;
    for (int i = f.begin; i < f.end; ++i) row[static_cast<std::size_t>(i)].kind = kind;
    if (f.key == "document_code") row[static_cast<std::size_t>(f.begin)].kind = Kind::first_letter;
    if (f.check >= 0) row[static_cast<std::size_t>(f.check)].kind = Kind::check;
  }
  if (spec.composite_at >= 0)
    rows[static_cast<std::size_t>(spec.composite_line)][static_cast<std::size_t>(spec.composite_at)].kind = Kind::check;
}

void choose_names(Row& row, const FieldSpec& names) {
  struct State {
    double cost{};
    std::string text{};
    int fillers{};       // in a row, up to here
    bool passed{false};  // the border between surname and given names
  };
  std::vector<State> beam(1);
  for (int i = names.begin; i < names.end; ++i) {
    const Cell& cell = row[static_cast<std::size_t>(i)];
    if (cell.options.empty()) return;
    std::vector<State> next;
    for (const State& state : beam) {
      const std::size_t n = state.text.size();
      const char b = n > 0 ? state.text[n - 1] : '<';
      const char a = n > 1 && b != '<' ? state.text[n - 2] : '<';
      for (const Option& o : cell.options) {
        State grown = state;
        grown.cost += o.cost;
        // Behind two fillers another one is no letter of a name.
        if (o.c != '<' || state.fillers == 0) grown.cost += name_weight * kualik::names::latin_letter_cost(a, b, o.c);
        if (o.c == '<') {
          ++grown.fillers;
        } else {
          if (state.fillers >= 3) grown.cost += late_letter;
          if (state.fillers >= 2 && state.passed) grown.cost += second_border;
          grown.passed = state.passed || state.fillers >= 2;
          grown.fillers = 0;
        }
        grown.text += o.c;
        next.push_back(std::move(grown));
      }
    }
    const std::size_t keep = std::min<std::size_t>(beam_width, next.size());
    std::partial_sort(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(keep), next.end(),
                      [](const State& a, const State& b) { return a.cost < b.cost; });
    next.resize(keep);
    beam = std::move(next);
  }
  for (int i = names.begin; i < names.end; ++i)
    row[static_cast<std::size_t>(i)].chosen = beam.front().text[static_cast<std::size_t>(i - names.begin)];
}

/// The likeliest code of three letters; `like` is the state chosen elsewhere, or empty.
std::string choose_state(Row& row, const FieldSpec& f, std::string_view like) {
  std::string best;
  double least = never;
  std::string code(3, '<');
  const auto cell = [&](int i) -> Cell& {
    return row[static_cast<std::size_t>(f.begin) + static_cast<std::size_t>(i)];
  };
  for (const Option& a : cell(0).options)
    for (const Option& b : cell(1).options)
      for (const Option& c : cell(2).options) {
        code = {a.c, b.c, c.c};
        double cost = a.cost + b.cost + c.cost;
        numbers::Country found;
        std::string bare = code;
        while (bare.ends_with('<')) bare.pop_back();
        if (!numbers::find_country(bare, found)) cost += known_state;
        if (!like.empty() && code != like) cost += same_state;
        if (cost >= least) continue;
        least = cost;
        best = code;
      }
  if (best.empty()) return best;
  for (int i = 0; i < 3; ++i) cell(i).chosen = best[static_cast<std::size_t>(i)];
  return best;
}

/// What stands under check digits, in the order in which the composite runs over it.
struct Step {
  Cell* cell{};
  bool goes_on{false};   // the column before belongs to the same number
  int weight{};          // in the sum of its own field, 0 outside
  int weight_all{};      // in the composite's sum, 0 outside
  bool starts{false};    // a field with its own digit begins
  bool ends{false};      // its digit
  bool optional{false};  // that may be a filler
  bool last{false};      // the composite
};

constexpr std::array<int, 3> weights{7, 3, 1};

std::vector<Step> steps_of(const FormatSpec& spec, std::vector<Row>& rows) {
  std::vector<Step> steps;
  const bool plain = spec.format == numbers::MrzFormat::td1 || spec.format == numbers::MrzFormat::td2;
  for (std::size_t l = 0; l < rows.size(); ++l) {
    for (std::size_t i = 0; i < rows[l].size(); ++i) {
      Step step;
      step.cell = &rows[l][i];
      const auto line = static_cast<int>(l);
      const auto at = static_cast<int>(i);
      for (const FieldSpec& f : spec.fields) {
        step.goes_on =
            step.goes_on || (f.line == line && at > f.begin && at < f.end && step.cell->kind == Kind::number);
        if (f.line != line || f.check < 0) continue;
        if (at >= f.begin && at < f.end) step.weight = weights[static_cast<std::size_t>((at - f.begin) % 3)];
        step.starts = step.starts || at == f.begin;
        step.ends = step.ends || at == f.check;
        // The digit of a long number stands in the optional data; an empty field may do without one.
        if (at == f.check) step.optional = (f.key == "document_number" && plain) || f.key == "personal_number";
      }
      int before = 0;
      for (const Slice& s : spec.composite) {
        if (s.line == line && at >= s.begin && at < s.end)
          step.weight_all = weights[static_cast<std::size_t>((before + at - s.begin) % 3)];
        before += s.end - s.begin;
      }
      step.last = spec.composite_line == line && spec.composite_at == at;
      if (step.weight > 0 || step.weight_all > 0 || step.ends || step.last) steps.push_back(step);
    }
  }
  return steps;
}

/// The cheapest reading under which the check digits agree, or under which they do not where that is dearer.
void choose_checked(const FormatSpec& spec, std::vector<Row>& rows) {
  std::vector<Step> steps = steps_of(spec, rows);
  struct State {
    double cost{never};
    std::string text{};
  };
  std::vector<State> now(100);
  now[0].cost = 0;
  for (const Step& step : steps) {
    if (step.cell->options.empty()) return;
    std::vector<State> next(100);
    for (std::size_t s = 0; s < now.size(); ++s) {
      if (now[s].cost >= never) continue;
      for (const Option& o : step.cell->options) {
        const int value = numbers::mrz_value(o.c);
        int own = step.starts ? 0 : static_cast<int>(s % 10);
        int all = static_cast<int>(s / 10);
        double cost = now[s].cost + o.cost;
        if (step.goes_on && is_letter(o.c) && is_digit(now[s].text.back())) cost += letter_in_number;
        if (step.ends) {
          const bool agrees = is_digit(o.c) && value == own;
          const bool left_out = o.c == '<' && step.optional && (own == 0 || step.cell->read == '<');
          if (!agrees && !left_out) cost += broken_check;
          own = 0;
        } else {
          own = (own + value * step.weight) % 10;
        }
        if (step.last) {
          if (o.c == '<' || value != all) cost += broken_check;
        } else {
          all = (all + value * step.weight_all) % 10;
        }
        State& to = next[static_cast<std::size_t>(all) * 10 + static_cast<std::size_t>(own)];
        if (cost >= to.cost) continue;
        to.cost = cost;
        to.text = now[s].text + o.c;
      }
    }
    now = std::move(next);
  }
  const State& best =
      *std::min_element(now.begin(), now.end(), [](const State& a, const State& b) { return a.cost < b.cost; });
  if (best.cost >= never) return;
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i].cell->chosen = best.text[i];
}

void write_back(const Row& row, TextLine& line) {
  double logs = 0;
  line.text.clear();
  for (std::size_t i = 0; i < row.size(); ++i) {
    Symbol& symbol = line.symbols[i];
    const Cell& cell = row[i];
    if (cell.chosen != cell.read) {
      const bool there = std::any_of(symbol.alternatives.begin(), symbol.alternatives.end(),
                                     [&](const SymbolAlternative& a) { return a.text == symbol.text; });
      if (!there) symbol.alternatives.push_back({symbol.text, symbol.probability});
      symbol.text = std::string(1, cell.chosen);
      for (const Option& o : cell.options)
        if (o.c == cell.chosen) symbol.probability = static_cast<float>(std::exp(-o.cost));
    }
    line.text += symbol.text;
    logs += std::log(std::max(static_cast<double>(symbol.probability), 1e-6));
  }
  line.confidence = static_cast<float>(std::exp(logs / static_cast<double>(row.size())));
}

}  // namespace

bool settle_zone(std::vector<TextLine*> lines) {
  if (lines.size() < 2 || lines[0]->symbols.empty()) return false;
  const std::size_t columns = lines[0]->symbols.size();
  for (const TextLine* line : lines)
    if (line->symbols.size() != columns) return false;
  const std::string& head = lines[0]->symbols[0].text;
  const FormatSpec* spec = format_of(lines.size(), columns, head.size() == 1 ? head[0] : '<');
  if (spec == nullptr) return false;
  std::vector<Row> rows(lines.size(), Row(columns));
  set_kinds(*spec, rows);
  for (std::size_t l = 0; l < lines.size(); ++l)
    for (std::size_t i = 0; i < columns; ++i) add_options(rows[l][i], lines[l]->symbols[i]);

  std::string state;
  for (const FieldSpec& f : spec->fields) {
    Row& row = rows[static_cast<std::size_t>(f.line)];
    if (f.key == "names") choose_names(row, f);
    if (f.key == "issuing_state") state = choose_state(row, f, {});
    if (f.key == "nationality") choose_state(row, f, state);
    if (f.key != "sex" && f.key != "document_code") continue;
    for (int i = f.begin; i < f.end; ++i) {
      Cell& cell = row[static_cast<std::size_t>(i)];
      const auto best = std::min_element(cell.options.begin(), cell.options.end(),
                                         [](const Option& a, const Option& b) { return a.cost < b.cost; });
      if (best != cell.options.end()) cell.chosen = best->c;
    }
  }
  choose_checked(*spec, rows);
  // Where so much had to change, it was no zone, or none that can be read.
  std::size_t changes = 0;
  for (const Row& row : rows)
    for (const Cell& c : row) changes += c.kind != Kind::name && c.chosen != c.read ? 1 : 0;
  if (changes > most_changes) return false;

  bool changed = false;
  for (std::size_t l = 0; l < rows.size(); ++l) {
    const bool differs = std::any_of(rows[l].begin(), rows[l].end(), [](const Cell& c) { return c.chosen != c.read; });
    if (differs) write_back(rows[l], *lines[l]);
    changed = changed || differs;
  }
  return changed;
}

}  // namespace kualik::record
