#include "runtime/waves/order.h"

#include <algorithm>

namespace quy::waves {
namespace {

/// Nodes of one knot for which a circle of their own is looked for.
constexpr std::size_t kOwnCircles = 64;

/// Knots: sets of nodes that all reach each other (Tarjan's algorithm, on a stack of its own: chains of records may be long).
class Knots {
 public:
  explicit Knots(const Graph& graph) : graph_(graph), number_(graph.size(), kNoNode), low_(graph.size()), knot_(graph.size(), kNoNode) {
    for (std::uint32_t node = 0; node < graph.size(); ++node)
      if (number_[node] == kNoNode) walk(node);
  }

  /// Those of more than one node, and single nodes that need themselves.
  std::vector<std::vector<std::uint32_t>> take() { return std::move(found_); }
  bool same(std::uint32_t a, std::uint32_t b) const { return knot_[a] == knot_[b]; }

 private:
  struct Visit {
    std::uint32_t node;
    const std::uint32_t* next;
  };

  void walk(std::uint32_t root) {
    std::vector<Visit> path;
    enter(root, path);
    while (!path.empty()) {
      Visit& visit = path.back();
      if (visit.next == graph_.end(visit.node)) {
        leave(path);
        continue;
      }
      const std::uint32_t other = *visit.next++;
      if (number_[other] == kNoNode) enter(other, path);
      else if (knot_[other] == kNoNode) low_[visit.node] = std::min(low_[visit.node], number_[other]);
    }
  }

  void enter(std::uint32_t node, std::vector<Visit>& path) {
    number_[node] = low_[node] = counter_++;
    stack_.push_back(node);
    path.push_back({node, graph_.begin(node)});
  }

  void leave(std::vector<Visit>& path) {
    const std::uint32_t node = path.back().node;
    path.pop_back();
    if (!path.empty()) low_[path.back().node] = std::min(low_[path.back().node], low_[node]);
    if (low_[node] != number_[node]) return;
    const auto first = std::find(stack_.rbegin(), stack_.rend(), node).base() - 1;
    std::vector<std::uint32_t> members(first, stack_.end());
    stack_.erase(first, stack_.end());
    for (const std::uint32_t member : members) knot_[member] = knots_;
    ++knots_;
    const bool circular = members.size() > 1 || std::find(graph_.begin(node), graph_.end(node), node) != graph_.end(node);
    if (circular) found_.push_back(std::move(members));
  }

  const Graph& graph_;
  std::vector<std::uint32_t> number_, low_, knot_, stack_;
  std::vector<std::vector<std::uint32_t>> found_;
  std::uint32_t counter_ = 0, knots_ = 0;
};

/// The shortest circle through a node, within its knot.
std::vector<std::uint32_t> circle_through(const Graph& graph, const Knots& knots, std::uint32_t start, std::vector<std::uint32_t>& from) {
  std::vector<std::uint32_t> open{start};
  std::vector<std::uint32_t> circle;
  for (std::size_t at = 0; at < open.size() && circle.empty(); ++at) {
    for (const std::uint32_t* next = graph.begin(open[at]); next != graph.end(open[at]) && circle.empty(); ++next) {
      if (*next == start) {
        for (std::uint32_t node = open[at]; node != start; node = from[node]) circle.push_back(node);
        circle.push_back(start);
        std::reverse(circle.begin(), circle.end());
      } else if (knots.same(*next, start) && from[*next] == kNoNode) {
        from[*next] = open[at];
        open.push_back(*next);
      }
    }
  }
  for (const std::uint32_t node : open) from[node] = kNoNode;
  return circle;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> circles(const Graph& graph) {
  Knots knots(graph);
  std::vector<std::vector<std::uint32_t>> by_node(graph.size());
  std::vector<std::uint32_t> from(graph.size(), kNoNode);
  for (const std::vector<std::uint32_t>& knot : knots.take()) {
    for (std::size_t i = 0; i < knot.size(); ++i)
      by_node[knot[i]] = i < kOwnCircles ? circle_through(graph, knots, knot[i], from) : by_node[knot[0]];
  }
  return by_node;
}

std::vector<std::uint32_t> ranks(const Graph& graph) {
  std::vector<std::uint32_t> waiting(graph.size()), rank(graph.size(), kNoNode), ready;
  std::vector<std::uint32_t> first(graph.size() + 1);
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    waiting[node] = static_cast<std::uint32_t>(graph.end(node) - graph.begin(node));
    for (const std::uint32_t* other = graph.begin(node); other != graph.end(node); ++other) ++first[*other + 1];
  }
  for (std::uint32_t node = 0; node < graph.size(); ++node) first[node + 1] += first[node];
  std::vector<std::uint32_t> needed_by(first.back()), fill(first.begin(), first.end() - 1);
  for (std::uint32_t node = 0; node < graph.size(); ++node)
    for (const std::uint32_t* other = graph.begin(node); other != graph.end(node); ++other) needed_by[fill[*other]++] = node;

  for (std::uint32_t node = 0; node < graph.size(); ++node)
    if (waiting[node] == 0) ready.push_back(node);
  for (std::size_t at = 0; at < ready.size(); ++at) {
    const std::uint32_t node = ready[at];
    rank[node] = 0;
    for (const std::uint32_t* other = graph.begin(node); other != graph.end(node); ++other)
      rank[node] = std::max(rank[node], rank[*other] + 1);
    for (std::uint32_t i = first[node]; i < first[node + 1]; ++i)
      if (--waiting[needed_by[i]] == 0) ready.push_back(needed_by[i]);
  }
  return rank;
}

}  // namespace quy::waves
