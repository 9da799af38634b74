#pragma once
// In which order things that need each other can be worked out.

#include <cstdint>
#include <vector>

namespace quy::waves {

inline constexpr std::uint32_t kNoNode = 0xffffffffU;

/// Nodes with what each needs, written one node after the other.
class Graph {
 public:
  void need(std::uint32_t other) { needs_.push_back(other); }
  /// Everything that the node at hand needs has been named.
  void end_node() { ends_.push_back(needs_.size()); }

  std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
  const std::uint32_t* begin(std::uint32_t node) const { return needs_.data() + (node == 0 ? 0 : ends_[node - 1]); }
  const std::uint32_t* end(std::uint32_t node) const { return needs_.data() + ends_[node]; }

 private:
  std::vector<std::uint32_t> needs_;
  std::vector<std::size_t> ends_;
};

/// By node: a circle through it, the node first, each needing the next and the last the first; empty for a node on no circle. Of a knot of
/// very many nodes all but the first few share one circle, not each through itself.
std::vector<std::vector<std::uint32_t>> circles(const Graph& graph);

/// By node: 0 when it needs nothing, else one more than the highest of what it needs; kNoNode for a node on a circle or above one.
std::vector<std::uint32_t> ranks(const Graph& graph);

}  // namespace quy::waves
