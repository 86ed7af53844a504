#pragma once
// Threads that share work with the one that starts them.
//
//   Threads helpers(3);
//   while (more && helpers.start(work)) …   // false: the system gives no more, the caller does that part itself
//   work();
//   helpers.join();

#include <cstddef>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace kualik {

/// Joined when it goes, whatever is thrown meanwhile: a thread left running would end the program. What the work throws
/// must be caught inside it. Used by the thread that made it.
class Threads {
 public:
  explicit Threads(std::size_t most) { all_.reserve(most); }
  ~Threads() { join(); }
  Threads(const Threads&) = delete;  ///< Threads have one owner.
  Threads& operator=(const Threads&) = delete;

  /// False if the system gives no thread (its limit of them, or of memory, is reached).
  template <class Work>
  bool start(Work&& work) {
    try {
      all_.emplace_back(std::forward<Work>(work));
      return true;
    } catch (const std::system_error&) {
      return false;
    }
  }
  void join() {
    for (std::thread& thread : all_) thread.join();
    all_.clear();
  }

 private:
  std::vector<std::thread> all_{};
};

}  // namespace kualik
