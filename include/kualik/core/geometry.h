#pragma once
// Points and quads in image pixels: x to the right, y down, the centre of the top left pixel at (0, 0).

#include <array>
#include <cstddef>

namespace kualik {

struct Point {
  double x{};
  double y{};
  friend constexpr bool operator==(const Point&, const Point&) = default;
};

/// An upright box: `x`, `y` are its top left corner.
struct Rect {
  double x{};
  double y{};
  double width{};
  double height{};
  constexpr bool empty() const noexcept { return width <= 0 || height <= 0; }
  friend constexpr bool operator==(const Rect&, const Rect&) = default;
};

/// Four corners, clockwise from the document's own top left (so a document turned upside down begins at the bottom
/// right of the image).
struct Quad {
  std::array<Point, 4> corners{};
  constexpr Point& operator[](std::size_t i) noexcept { return corners[i]; }
  constexpr const Point& operator[](std::size_t i) const noexcept { return corners[i]; }
  friend constexpr bool operator==(const Quad&, const Quad&) = default;

  static constexpr Quad from_rect(const Rect& r) noexcept {
    return Quad{{{{r.x, r.y}, {r.x + r.width, r.y}, {r.x + r.width, r.y + r.height}, {r.x, r.y + r.height}}}};
  }
};

/// Bytes [begin, end) of a UTF-8 text; in Python and JSON the same in code points.
struct Span {
  std::size_t begin{};
  std::size_t end{};
  constexpr std::size_t size() const noexcept { return end - begin; }
  constexpr bool empty() const noexcept { return end <= begin; }
  friend constexpr bool operator==(const Span&, const Span&) = default;
};

}  // namespace kualik
