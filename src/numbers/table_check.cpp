#include "kualik/numbers/table_check.h"

#include <algorithm>
#include <cstring>
#include <future>
#include <optional>

#include "kualik/numbers/case_number.h"
#include "kualik/numbers/fold.h"
#include "kualik/numbers/kz_number.h"
#include "kualik/numbers/mrz.h"
#include "kualik/numbers/resident_id.h"
#include "numbers/record_cutter.h"
#include "numbers/table_cells.h"
#include "numbers/table_slice.h"
#include "numbers/utf16_reader.h"

namespace kualik::numbers {
namespace {

using detail::TableSlice;
using detail::trim;

constexpr std::size_t longest_line = detail::RecordCutter::longest;
constexpr std::size_t one_chunk = std::size_t{1} << 16;  // Read at once, likewise.
constexpr std::size_t page = 4096;
constexpr std::size_t batch = 512;           // Of one thread: texts, results and rows stay in a core's own caches.
constexpr std::size_t thread_batch = 16384;  // A thread's share must be worth starting it.
constexpr std::size_t least_run = 256;       // Plain lines that are worth taking as one stretch.
constexpr std::size_t most_headings = 32;
constexpr std::size_t written_at_once = std::size_t{1} << 15;

/// How many lines from `p` on hold eighteen characters above the blank each, and the break behind them that makes them
/// `stride` bytes: what a plain list holds mostly. Looks at `most` times `stride` bytes.
template <std::size_t stride>
std::size_t plain_lines(const char* p, std::size_t most) noexcept {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  const auto ends = [](const char* line) { return line[stride - 1] == '\n' && (stride == 19 || line[18] == '\r'); };
  // Where each line ends in its place and there are no more blanks than these breaks, all is well. Twelve lines are as
  // many as a sum of bytes can hold, which is the quickest with vectors.
  constexpr std::size_t lines = 12;
  std::size_t count = 0;
  for (; count + lines <= most; count += lines, p += stride * lines) {
    unsigned char blanks = 0;
    for (std::size_t i = 0; i < stride * lines; ++i)
      blanks = static_cast<unsigned char>(blanks + (blank(p[i]) ? 1 : 0));
    std::size_t ended = 0;
    for (std::size_t i = 0; i < lines; ++i) ended += ends(p + stride * i) ? 1U : 0U;
    if (blanks != lines * (stride - 18) || ended != lines) break;
  }
  for (; count < most && ends(p) && std::none_of(p, p + 18, blank); p += stride) ++count;
  return count;
}

class Table {
 public:
  Table(const std::function<void(std::string_view)>& write,
        const std::function<void(std::uint64_t, std::string_view)>& report, const TableOptions& options)
      : write_(write), report_(report), options_(options), delimiter_(options.delimiter) {
    slices_.reserve(static_cast<std::size_t>(std::max(1, options.threads)));
    for (int i = 0; i < std::max(1, options.threads); ++i) slices_.emplace_back(options);
    batch_ = slices_.size() == 1 ? batch : thread_batch * slices_.size();
    inputs_.reserve(batch_);
    lines_.reserve(batch_);
    list_ = options.column.empty() && options.delimiter == 0 && !options.no_header;
  }

  /// What may stand between cells; nothing in a plain list.
  std::string_view delimiters() const noexcept {
    if (!started_ && options_.delimiter == 0) return ",;\t|";
    return started_ && list_ ? std::string_view() : std::string_view(&delimiter_, 1);
  }
  bool plain_list() const noexcept { return list_ && started_; }
  bool started() const noexcept { return started_; }

  /// The first line decides what the file is. True if the line itself is data.
  bool start(std::uint64_t number, std::string_view line) {
    started_ = true;
    first_ = number;
    delimiter_ = options_.delimiter != 0 ? options_.delimiter : detail::likely_delimiter(line);
    if (list_ && line.find(delimiter_) == std::string_view::npos) return !detail::is_head(line);
    if (list_ && kind_of(trim(line)) != TableKind::cn_id && options_.kind != TableKind::automatic) return true;
    list_ = false;
    names_ = cells_of(line);
    if (const std::optional<detail::Column> chosen = detail::choose_column(names_, options_)) {
      column_ = chosen->index;
      return chosen->first_line_is_data;
    }
    undecided_ = true;
    return false;
  }

  void add(std::uint64_t line, std::string_view record) {
    if (list_) {
      const std::string_view text = trim(record);
      if (!text.empty()) push(line, text);
      return;
    }
    if (trim(record).empty()) return;
    if (undecided_ && !decide(line, record)) return;
    std::string_view cell;
    if (!detail::find_cell(record, delimiter_, column_, unquoted_, cell)) {
      bad(line, record.find('"') == std::string_view::npos
                    ? "has no column " + std::to_string(column_ + 1)
                    : std::string("a quote is not closed, or not where a cell begins"));
      return;
    }
    cell = trim(cell);
    push(line, cell);
    // What had doubled quotes lies in a buffer that the next record overwrites.
    if (cell.data() >= unquoted_.data() && cell.data() <= unquoted_.data() + unquoted_.size()) flush();
  }

  void push(std::uint64_t line, std::string_view text) {
    inputs_.push_back(text);
    lines_.push_back(line);
    if (inputs_.size() == batch_) flush();
  }

  /// Plain lines, `stride` bytes each.
  void run(std::uint64_t line, const char* data, std::size_t stride, std::size_t count) {
    const auto step = static_cast<std::ptrdiff_t>(stride);
    flush();
    if (slices_.size() == 1) {
      slices_.front().check_run(data, step, count, line);
    } else {
      in_shares(count, [=](TableSlice& slice, std::size_t first, std::size_t size) {
        slice.check_run(data + first * stride, step, size, line + first);
      });
    }
    if (slices_.front().rows().text().size() > written_at_once) give();
  }
  /// Lines that are best given to `run` at once.
  std::size_t run_size() const noexcept { return batch_; }

  void bad(std::uint64_t line, std::string_view message) {
    flush();
    report_(line, message);
    slices_.front().bad(line);
  }

  /// Checks what was collected; the views die with the buffer they point into.
  void flush() {
    if (!inputs_.empty()) check();
    inputs_.clear();
    lines_.clear();
    if (slices_.front().rows().text().size() > written_at_once) give();
  }

  /// Writes the rows that are ready, in order.
  void give() {
    for (TableSlice& slice : slices_) {
      if (!slice.rows().text().empty()) {
        begin();
        write_(slice.rows().text());
      }
      slice.rows().clear();
    }
  }

  TableSummary finish() {
    if (!headings_.empty()) detail::no_column(names_, {});
    flush();
    begin();
    give();
    TableSummary sum;
    for (const TableSlice& slice : slices_) {
      const TableSummary part = slice.sums();
      sum.inputs += part.inputs;
      sum.ok += part.ok;
      sum.doubt += part.doubt;
      sum.error += part.error;
      sum.bad_lines += part.bad_lines;
      for (std::size_t r = 0; r < sum.reasons.size(); ++r) sum.reasons[r] += part.reasons[r];
    }
    return sum;
  }

 private:
  std::vector<std::string> cells_of(std::string_view record) {
    std::vector<std::string> cells;
    std::string_view cell;
    for (std::size_t i = 0; detail::find_cell(record, delimiter_, i, unquoted_, cell); ++i)
      cells.emplace_back(trim(cell));
    return cells;
  }

  /// Which column is meant, by a record below the first. False if the record is no data: a title stands above the names
  /// of the columns, or names and units take two lines.
  bool decide(std::uint64_t line, std::string_view record) {
    const std::vector<std::string> cells = cells_of(record);
    bool data = true;
    if (const std::optional<std::size_t> named = options_.no_header ? std::nullopt : detail::named_column(cells)) {
      column_ = *named;
      data = false;
      headings_.insert(headings_.begin(), first_);  // So it held no names: it is a title.
    } else if (const std::optional<std::size_t> held = detail::column_by_content(cells, options_)) {
      column_ = *held;
    } else {
      headings_.push_back(line);
      if (cells.size() > names_.size()) names_ = cells;
      if (headings_.size() == most_headings) detail::no_column(names_, {});
      return false;
    }
    undecided_ = false;
    for (std::uint64_t heading : headings_) report_(heading, "holds no number and stands above the first: left out");
    headings_.clear();
    return data;
  }

  /// The line of names; not before the input is known to be usable.
  void begin() {
    if (begun_) return;
    begun_ = true;
    if (options_.format != TableFormat::csv || options_.rows == TableRows::none) return;
    std::string head;
    for (std::string_view c : table_columns()) {
      if (!head.empty()) head += ',';
      head += c;
    }
    head += options_.explain ? ",why\n" : "\n";
    write_(head);
  }

  void check() {
    const std::span<const std::string_view> inputs(inputs_);
    const std::span<const std::uint64_t> lines(lines_);
    if (slices_.size() == 1 || inputs.size() < batch) {
      slices_.front().check(inputs, lines);
      if (slices_.size() > 1) give();
      return;
    }
    in_shares(inputs.size(), [inputs, lines](TableSlice& slice, std::size_t first, std::size_t size) {
      slice.check(inputs.subspan(first, size), lines.subspan(first, size));
    });
  }

  /// Calls work(slice, first, size), for each slice on its own thread, and writes the rows in order.
  template <class Work>
  void in_shares(std::size_t count, const Work& work) {
    give();
    const std::size_t share = count / slices_.size() + 1;
    std::vector<std::future<void>> others;
    for (std::size_t s = 1; s < slices_.size() && s * share < count; ++s) {
      const std::size_t size = std::min(share, count - s * share);
      // On its own thread where the system gives one, else when its turn comes.
      others.push_back(std::async(std::launch::async | std::launch::deferred,
                                  [this, &work, s, share, size] { work(slices_[s], s * share, size); }));
    }
    work(slices_.front(), 0, std::min(share, count));
    for (std::future<void>& other : others) other.get();
    give();
  }

  const std::function<void(std::string_view)>& write_;
  const std::function<void(std::uint64_t, std::string_view)>& report_;
  const TableOptions& options_;
  std::vector<TableSlice> slices_;
  std::size_t batch_{batch};
  std::vector<std::string_view> inputs_;
  std::vector<std::uint64_t> lines_;
  std::vector<std::string> names_;
  std::string unquoted_;
  bool list_{true};
  bool started_{false};
  bool begun_{false};
  bool undecided_{false};
  char delimiter_;
  std::size_t column_{0};
  std::uint64_t first_{1};               ///< The line that the table begins with.
  std::vector<std::uint64_t> headings_;  ///< Lines that hold no number, before the first that does.
};

}  // namespace

std::string_view name(TableKind kind) noexcept {
  constexpr std::string_view names[] = {"auto", "cn_id", "iin", "bin", "mrz", "case_number"};
  return names[static_cast<std::size_t>(kind)];
}

TableKind kind_of(std::string_view text) noexcept {
  std::size_t digits = 0;
  std::size_t others = 0;
  for (std::size_t i = 0; i < text.size() && i < 64; ++i) {
    const char c = text[i];
    if (c == '<') return TableKind::mrz;
    if (c == '(' || c == '[') return TableKind::case_number;
    digits += c >= '0' && c <= '9' ? 1U : 0U;
    others += c != ' ' && c != '-' && (c < '0' || c > '9') ? 1U : 0U;
  }
  for (std::string_view mark : {"（", "〔", "【", "﹝", "号", "检", "公"})
    if (text.find(mark) != std::string_view::npos) return TableKind::case_number;
  if (digits == 12 && others == 0) {
    Folded<12> folded;
    fold_number(text, folded);
    return is_bin(folded.text.view()) ? TableKind::bin : TableKind::iin;
  }
  return TableKind::cn_id;
}

ReasonSet reasons_against(std::string_view text, TableKind kind, const Options& check) {
  switch (kind == TableKind::automatic ? kind_of(text) : kind) {
    case TableKind::iin:
      return check_iin(text, check);
    case TableKind::bin:
      return check_bin(text, check);
    case TableKind::mrz:
      return check_mrz(text, check);
    case TableKind::case_number:
      return check_case_number(text, check);
    default:
      return check_resident_id(text, check);
  }
}

const std::vector<std::string_view>& table_columns() {
  static const std::vector<std::string_view> columns{
      "line",        "input",       "kind",        "verdict", "reasons",      "value",
      "birth_date",  "sex",         "region_code", "region",  "encoded_date", "document_number",
      "expiry_date", "nationality", "name",        "court",   "case_type"};
  return columns;
}

TableSummary check_table(const std::function<std::size_t(char*, std::size_t)>& read,
                         const std::function<void(std::string_view)>& write,
                         const std::function<void(std::uint64_t, std::string_view)>& report,
                         const TableOptions& options) {
  Table table(write, report, options);
  detail::Utf16Reader source(read);
  std::uint64_t bytes = 0;
  // What is read comes to one place, at the start of a page since the kernel copies several times as fast there; the
  // unfinished record from before is moved to lie before it.
  // Threads are worth their start if each has thousands of lines.
  const std::size_t chunk = options.threads > 1 ? 20 * table.run_size() : one_chunk;
  std::vector<char> buffer(longest_line + chunk + page);
  const auto place = reinterpret_cast<std::uintptr_t>(buffer.data()) + longest_line;
  char* const fresh = buffer.data() + longest_line + (page - place % page) % page;
  std::size_t held = 0;    // Bytes of the unfinished record.
  std::uint64_t line = 1;  // Of the record that begins `held` bytes before what is read.
  bool skipping = false;   // Inside a line that was too long.
  bool ended = false;
  bool first_bytes = true;
  while (!ended) {
    const std::size_t got = source(fresh, chunk);
    ended = got == 0;
    bytes += got;
    std::string_view rest(fresh - held, held + got);
    if (first_bytes && rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    if (held + got >= 3) first_bytes = false;
    detail::RecordCutter cutter(rest, ended);
    while (!rest.empty()) {
      if (table.plain_list() && !skipping) {
        while (true) {
          const std::size_t stride = rest.size() > 18 && rest[18] == '\r' ? 20 : 19;
          const std::size_t most = std::min(table.run_size(), rest.size() / stride);
          const std::size_t count =
              stride == 19 ? plain_lines<19>(rest.data(), most) : plain_lines<20>(rest.data(), most);
          if (count == 0) break;
          if (count >= least_run)
            table.run(line, rest.data(), stride, count);
          else
            for (std::size_t i = 0; i < count; ++i) table.push(line + i, rest.substr(stride * i, 18));
          rest.remove_prefix(stride * count);
          line += count;
        }
        if (rest.empty()) break;
      }
      const detail::RecordCutter::Record record = cutter.next(rest, table.delimiters());
      if (record.size == 0) break;
      if (record.too_long) {
        if (!skipping) table.bad(line, "longer than 1 MiB");
        skipping = true;
        rest = {};
        break;
      }
      if (skipping) {
        skipping = false;
      } else if (!table.started()) {
        if (!trim(record.text).empty() && table.start(line, record.text)) table.add(line, record.text);
      } else {
        table.add(line, record.text);
      }
      line += record.breaks;
      rest.remove_prefix(record.size);
    }
    table.flush();
    held = rest.size();
    if (held > 0) std::memmove(fresh - held, rest.data(), held);  // Of nothing, data() may be null.
  }
  TableSummary done = table.finish();
  done.bytes = bytes;
  return done;
}

}  // namespace kualik::numbers
