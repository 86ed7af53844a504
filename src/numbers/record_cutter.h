#pragma once
// What was read, cut into the records of `check_table`: lines, and in a table what quotes hold together over lines.
// A line ends with LF, CR LF or CR alone, as spreadsheets of old Macs write it, in any mixture.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kualik::numbers::detail {

class RecordCutter {
 public:
  static constexpr std::size_t longest = std::size_t{1} << 20;

  struct Record {
    std::string_view text{};  ///< Without its break.
    std::size_t size{0};      ///< With it; 0: more must be read.
    std::uint64_t breaks{1};  ///< Lines that it takes.
    bool too_long{false};
  };

  /// All that is held now; `ended`: nothing will follow.
  RecordCutter(std::string_view held, bool ended) noexcept
      : end_(held.data() + held.size()), ended_(ended), lf_(held.data()), cr_(held.data()) {}

  /// The record at the start of `rest`, which is an ending of what is held and not empty. A cell that begins with a
  /// quote may go on over breaks, if its quote is closed before one of the `delimiters` or a break; else the record is
  /// the first line. Without delimiters a record is a line.
  Record next(std::string_view rest, std::string_view delimiters) noexcept;

 private:
  struct Line {
    const char* end;   ///< Where the break begins; nullptr if it is not here yet.
    const char* next;  ///< Behind it.
  };
  enum class Cells : unsigned char { whole, broken, unfinished };
  Line line(const char* from) noexcept;
  Cells over_quotes(const char* from, std::string_view delimiters, Line& at, std::uint64_t& breaks) noexcept;
  const char* seek(const char*& last, const char* from, char c) const noexcept;

  const char* end_;
  bool ended_;
  const char* lf_;  ///< The next of each from where was looked last, since lines are shorter than what is held.
  const char* cr_;
};

}  // namespace kualik::numbers::detail
