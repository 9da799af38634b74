#include "tools/readings/reading_space.h"

#include <utility>

namespace quy::tools {

ReadingSpace::ReadingSpace(std::vector<std::uint32_t> sizes) : sizes_(std::move(sizes)) {
  for (const std::uint32_t size : sizes_) {
    strides_.push_back(points_);
    points_ *= size;
  }
}

std::uint32_t ReadingSpace::coordinate(std::size_t point, std::size_t dimension) const {
  return static_cast<std::uint32_t>(point / strides_[dimension] % sizes_[dimension]);
}

/// Visits the points of a cube until one is refused; whether none was.
template <class Visit>
bool ReadingSpace::each(const Cube& cube, Visit&& visit) const {
  std::vector<std::size_t> free;
  std::size_t point = 0;
  for (std::size_t d = 0; d < cube.size(); ++d)
    if (cube[d])
      point += *cube[d] * strides_[d];
    else
      free.push_back(d);
  std::vector<std::uint32_t> at(free.size());
  while (true) {
    if (!visit(point)) return false;
    std::size_t next = 0;
    for (; next < free.size(); ++next) {
      point += strides_[free[next]];
      if (++at[next] < sizes_[free[next]]) break;
      point -= at[next] * strides_[free[next]];
      at[next] = 0;
    }
    if (next == free.size()) return true;
  }
}

bool ReadingSpace::all_are(const std::vector<std::uint8_t>& table, std::uint8_t value, const Cube& cube) const {
  return each(cube, [&](std::size_t point) { return table[point] == value; });
}

std::vector<ReadingSpace::Cube> ReadingSpace::cubes(const std::vector<std::uint8_t>& table, std::uint8_t value) const {
  std::vector<Cube> found;
  std::vector<bool> covered(points_);
  for (std::size_t point = 0; point < points_; ++point) {
    if (table[point] != value || covered[point]) continue;
    Cube cube(dimensions());
    for (std::size_t d = 0; d < dimensions(); ++d) cube[d] = coordinate(point, d);
    for (std::size_t d = 0; d < dimensions(); ++d) {
      const std::optional<std::uint32_t> kept = std::exchange(cube[d], std::nullopt);
      if (!all_are(table, value, cube)) cube[d] = kept;
    }
    each(cube, [&](std::size_t inside) { return covered[inside] = true; });
    found.push_back(std::move(cube));
  }
  return found;
}

}  // namespace quy::tools
