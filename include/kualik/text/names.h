#pragma once
// One person's name in four scripts: what its parts are, how alike two names are and why, and which of a hundred
// thousand names fits.
//
//   match("努尔兰·巴合提", "Нұрлан Бақытұлы").score;      // 0.97
//   match("NUERLAN BAHETI", "Nurlan Bakhyt").reasons;    // which part fits which, and by what
//   Index index(names); index.search("Нұрлан Бақыт");    // best rows with scores
//
// A score says how well two spellings can be one name. Many people share a name, so a high score is a lead to follow,
// not an identity. Scores of 0.85 and more are what the benchmark (benchmarks/text) states its precision for. All
// functions are thread-safe; the first call builds tables (some 60 ms).

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kualik::names {

/// What a part of a name is. In the PRC a Kazakh's card has given · father; papers of Kazakhstan have a surname too.
enum class Role : std::uint8_t { given, father, surname };
std::string_view name(Role role) noexcept;

struct Part {
  std::string text{};    ///< As written.
  std::string stem{};    ///< Without the suffix.
  std::string suffix{};  ///< -ұлы -қызы -ов -ова -ев -ева -ович … as written, or empty.
  Role role{Role::given};
  friend bool operator==(const Part&, const Part&) = default;
};

struct SplitName {
  std::vector<Part> parts{};  ///< In the order they are written.
  bool guessed{false};        ///< There was no dot or space: the border was found with the tables.
  double score{1};            ///< Of the border, 0..1.
};

/// Parts of a name: at a dot of any form, at spaces, or, in Chinese characters without a dot, where the tables of parts
/// and the characters that begin or close syllables make a border likeliest. A Han name gives surname and given name.
/// Notes in brackets, titles before the name (Mr, г-н, гражданка) and forms of address behind it (апа, 先生) are left out.
/// Empty text: no parts.
SplitName split(std::string_view name);

/// A part of one name beside a part of the other, or what speaks against the two being one name:
///   same, parts table, Uyghur parts table, Chinese readings, pinyin in Russian letters, sounds, initial   fits by that
///   joined     the names were compared across the borders of their words
///   differs    the parts do not fit
///   missing    the other name has no such part
///   order      given and father's name change places: father and son more often than one person
///   sex        suffixes of a man and of a woman (-ұлы, -қызы)
struct MatchReason {
  std::string a{};       ///< Part of the first name; empty if the second has a part more.
  std::string b{};       ///< Part of the second name.
  double score{};        ///< 0..1
  std::string basis{};   ///< One of the above.
  std::string detail{};  ///< The entry of the table, or the two skeletons compared.
  friend bool operator==(const MatchReason&, const MatchReason&) = default;
};

struct Match {
  double score{};  ///< 0..1
  std::vector<MatchReason> reasons{};
};

struct MatchOptions {
  bool use_tables{
      true};  ///< Whole parts are looked up in the tables of names, not only compared by sound (default: true).
};

/// How well two names in any scripts fit. Symmetric. Suffixes and a comma tell which part is the given name (Серікұлы
/// Нұрлан, "Serik, Nurlan"); an initial fits a part that begins with its sound. Cost: some 20 µs.
Match match(std::string_view a, std::string_view b, const MatchOptions& options = {});

/// The phonetic skeleton of a name: what stays when the vowels and the differences between scripts are folded away.
/// Names that can be one have the same or a similar skeleton. A key for grouping; `match` is finer.
std::string skeleton(std::string_view name);

struct Hit {
  std::size_t row{};  ///< Place in the list, from 0.
  double score{};     ///< As `match`.
  friend bool operator==(const Hit&, const Hit&) = default;
};

struct SearchOptions {
  std::size_t limit{10};         ///< (default: 10)
  double min_score{0.6};         ///< (default: 0.6)
  std::size_t candidates{1500};  ///< How many rows the index lets through to the comparison of sounds (default: 1500).
};

/// A list of names made searchable. Immutable after construction; `search` may be called from several threads.
/// Cost: construction some 15 µs a name, on up to eight threads for long lists, and about 1 KiB of memory a name; a
/// search of 100,000 names takes some 10 ms.
class Index {
 public:
  explicit Index(const std::vector<std::string>& names, const MatchOptions& options = {});
  ~Index();
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;
  Index(const Index&) = delete;  // Share it, it is immutable.
  Index& operator=(const Index&) = delete;

  std::size_t size() const noexcept;
  /// Rows that fit best, best first; equal scores in the order of the list.
  std::vector<Hit> search(std::string_view query, const SearchOptions& options = {}) const;

 private:
  struct Data;
  std::unique_ptr<const Data> data_;
};

/// One way to write a word whose letters a reader may have confused.
struct Restored {
  std::string text{};
  double score{};       ///< Share among the candidates, 0..1.
  bool changed{false};  ///< Differs from what was read; the caller must mark it as repaired.
  bool known{false};    ///< A name or word of the tables.
  friend bool operator==(const Restored&, const Restored&) = default;
};

/// Candidates for a word of Kazakh Cyrillic read by a model that confuses ә/э/а, қ/к, ғ/г, ң/н, ө/о/е, ұ/ү/у,
/// і/i/1/и/l, һ/h, best first. The word as read is always among them. Case is kept. Nothing is repaired here: the
/// caller decides, and says so.
///   restore_kazakh_letters("Нурлан")   // Нұрлан (known), Нурлан, Нүрлан
std::vector<Restored> restore_kazakh_letters(std::string_view word, std::size_t limit = 8);

}  // namespace kualik::names
