#pragma once
// The review page: HTML that holds everything and asks the network for nothing.
//
//   write_report(archive, "report.html");                     // report-2.html … where one page would be too much
//   record::write_private_file("a.html", report_page(archive));  // all on one page

#include <cstddef>
#include <string>
#include <vector>

#include "kualik/desk/archive.h"

namespace kualik::desk {

struct ReportOptions {
  bool mask{false};           ///< Masked values and no pictures (default: false).
  bool pictures{true};        ///< Embed thumbnails and crops, if they were kept (default: true).
  std::size_t per_page{200};  ///< At most so many documents on one page of write_report; 0: all (default: 200).
};

/// One page for all documents of the archive, doubts first. Memory: the page, with its pictures in base 64.
std::string report_page(const Archive& archive, const ReportOptions& options = {});

/// Writes the pages with mode 0600, the first to `path`, the second of `a.html` to `a-2.html`, linked to each other,
/// and gives their paths. Doubts come first over all pages. Throws std::runtime_error if a page cannot be written.
/// Memory: one page.
std::vector<std::string> write_report(const Archive& archive, const std::string& path,
                                      const ReportOptions& options = {});

}  // namespace kualik::desk
