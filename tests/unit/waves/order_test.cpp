#include "runtime/waves/order.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace quy::waves;

namespace {

using Needs = std::vector<std::vector<std::uint32_t>>;

Graph graph_of(const Needs& needs) {
  Graph graph;
  for (const auto& of_node : needs) {
    for (const std::uint32_t other : of_node) graph.need(other);
    graph.end_node();
  }
  return graph;
}

/// By node and node: the second can be reached from the first, by one step or more.
std::vector<std::vector<bool>> reach(const Needs& needs) {
  std::vector<std::vector<bool>> to(needs.size(), std::vector<bool>(needs.size()));
  for (std::size_t node = 0; node < needs.size(); ++node)
    for (const std::uint32_t other : needs[node]) to[node][other] = true;
  for (std::size_t via = 0; via < needs.size(); ++via)
    for (std::size_t from = 0; from < needs.size(); ++from)
      for (std::size_t node = 0; node < needs.size(); ++node)
        if (to[from][via] && to[via][node]) to[from][node] = true;
  return to;
}

}  // namespace

TEST_CASE("a chain has one rank a link, a circle has none") {
  CHECK(ranks(graph_of({{1}, {2}, {}, {2, 0}})) == std::vector<std::uint32_t>{2, 1, 0, 3});
  const Needs circular{{1}, {2}, {0}, {0}, {4}};
  CHECK(ranks(graph_of(circular)) == std::vector<std::uint32_t>(5, kNoNode));
  const auto found = circles(graph_of(circular));
  CHECK(found[0] == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(found[1] == std::vector<std::uint32_t>{1, 2, 0});
  CHECK(found[3].empty());   // above the circle, not on it
  CHECK(found[4] == std::vector<std::uint32_t>{4});
}

TEST_CASE("ranks and circles of random graphs") {
  std::mt19937_64 engine(20260104);
  for (int round = 0; round < 500; ++round) {
    Needs needs(1 + engine() % 9);
    for (auto& of_node : needs)
      for (std::uint64_t count = engine() % 3; count > 0; --count) of_node.push_back(static_cast<std::uint32_t>(engine() % needs.size()));
    const Graph graph = graph_of(needs);
    const auto to = reach(needs);
    const std::vector<std::uint32_t> rank = ranks(graph);
    const auto found = circles(graph);
    for (std::uint32_t node = 0; node < needs.size(); ++node) {
      CHECK(found[node].empty() == !to[node][node]);
      for (std::size_t i = 0; i < found[node].size(); ++i) {
        const auto& of_node = needs[found[node][i]];
        CHECK(std::find(of_node.begin(), of_node.end(), found[node][(i + 1) % found[node].size()]) != of_node.end());
      }
      if (!found[node].empty()) CHECK(found[node].front() == node);
      bool above_circle = to[node][node];
      for (std::uint32_t other = 0; other < needs.size(); ++other) above_circle = above_circle || (to[node][other] && to[other][other]);
      CHECK((rank[node] == kNoNode) == above_circle);
      if (above_circle) continue;
      std::uint32_t expected = 0;
      for (const std::uint32_t other : needs[node]) expected = std::max(expected, rank[other] + 1);
      CHECK(rank[node] == expected);
    }
  }
}
