#pragma once
// All ways to choose some readings, numbered: a function over them, given as a table, in words as short as possible.

#include <cstdint>
#include <optional>
#include <vector>

namespace quy::tools {

/// Points of a product of finite sets. Point 0 … size − 1; coordinate i of a point is below sizes[i].
class ReadingSpace {
 public:
  explicit ReadingSpace(std::vector<std::uint32_t> sizes);

  std::size_t dimensions() const { return sizes_.size(); }
  std::size_t points() const { return points_; }
  std::uint32_t coordinate(std::size_t point, std::size_t dimension) const;

  /// A part of the space: coordinates that are fixed; the others are free.
  using Cube = std::vector<std::optional<std::uint32_t>>;

  /// Cubes that together hold the points where the table has `value`, and no others; none of them can be made larger. A dimension on which
  /// the table does not depend is free in all of them.
  std::vector<Cube> cubes(const std::vector<std::uint8_t>& table, std::uint8_t value) const;

 private:
  bool all_are(const std::vector<std::uint8_t>& table, std::uint8_t value, const Cube& cube) const;
  template <class Visit>
  bool each(const Cube& cube, Visit&& visit) const;

  std::vector<std::uint32_t> sizes_;
  std::vector<std::size_t> strides_;
  std::size_t points_ = 1;
};

}  // namespace quy::tools
