#include <catch2/catch.hpp>

#include <random>

#include "base/limits.h"
#include "base/sha256.h"
#include "runtime/bytecode/codec.h"
#include "runtime/bytecode/fields.h"
#include "sample_module.h"

namespace quy::bytecode {
namespace {

using test::sample_module;

/// Fills every member that fields.h lists with something random but legal in a file.
class Filler {
 public:
  explicit Filler(std::uint64_t seed) : random_(seed) {}

  template <class... Members>
  void operator()(Members&... members) {
    (one(members), ...);
  }

 private:
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }

  void one(bool& value) { value = below(2) == 1; }
  template <std::integral Number>
  void one(Number& value) {
    value = static_cast<Number>(random_());
  }
  template <class Enumeration>
  requires std::is_enum_v<Enumeration>
  void one(Enumeration& value) {
    value = static_cast<Enumeration>(below(static_cast<std::uint64_t>(kLast<Enumeration>) + 1));
  }
  void one(std::string& text) {
    for (std::uint64_t i = below(6); i > 0; --i)
      text += below(3) == 0 ? "đ" : std::string(1, static_cast<char>(below(128)));
  }
  void one(Rational& number) {
    number = Rational(static_cast<std::int64_t>(random_()));
    for (std::uint64_t i = below(4); i > 0; --i)
      number = number / Rational(static_cast<std::int64_t>(below(1U << 30) + 1)) - Rational(7);
  }
  template <class Element>
  void one(std::vector<Element>& elements) {
    for (std::uint64_t i = below(4); i > 0; --i) one(elements.emplace_back());
  }
  template <class Element, std::size_t Size>
  void one(std::array<Element, Size>& elements) {
    for (Element& element : elements) one(element);
  }
  template <class Value>
  void one(std::optional<Value>& value) {
    if (below(2) == 0) one(value.emplace());
  }
  template <class Structure>
  requires requires(Filler& filler, Structure& structure) { fields(filler, structure); }
  void one(Structure& structure) { fields(*this, structure); }

  std::mt19937_64 random_;
};

Module random_module(std::uint64_t seed) {
  Module module;
  Filler filler(seed);
  filler(module);
  return module;
}

/// The bytes with their hash made right again: what an attacker would do after a change.
std::string resealed(std::string bytes) {
  const Sha256Digest digest = sha256(std::string_view(bytes).substr(36));
  std::copy(digest.begin(), digest.end(), bytes.begin() + 4);
  return bytes;
}

Diag refusal(std::string_view bytes) {
  const auto result = decode(bytes);
  const auto* message = std::get_if<Message>(&result);
  return message ? message->id : Diag::count_;
}

// ---------------------------------------------------------------- every member is listed

struct Anything {
  template <class T>
  operator T() const;
};
template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), Anything{})...}; };
}
template <class T, std::size_t N = 40>
constexpr std::size_t member_count() {
  if constexpr (takes<T>(std::make_index_sequence<N>())) {
    return N;
  } else {
    return member_count<T, N - 1>();
  }
}
struct Counter {
  std::size_t count = 0;
  template <class... Members>
  void operator()(const Members&...) {
    count = sizeof...(Members);
  }
};
template <class T>
std::size_t listed_count() {
  Counter counter;
  const T value{};
  fields(counter, value);
  return counter.count;
}

}  // namespace

TEMPLATE_TEST_CASE("fields.h lists every member", "", Instruction, Field, List, Scale, Table, Requirement, Origin,
                   Bilingual, Observable, Threshold, ScoringLine, CriterionInfo, GroupInfo, LevelInfo, QuotaInfo, RatingInfo,
                   ReadingInfo, Subject, Document, Dependency, NotRule, WorkCalendar, Module) {
  CHECK(listed_count<TestType>() == member_count<TestType>());
}

TEST_CASE("a pack reads back as it was written") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string bytes = encode(random_module(seed));
    const auto result = decode(bytes);
    REQUIRE(std::holds_alternative<Module>(result));
    CHECK(encode(std::get<Module>(result)) == bytes);
    CHECK(encode(random_module(seed)) == bytes);
  }
}

TEST_CASE("numbers of every size survive") {
  Module module;
  const Rational largest(std::numeric_limits<std::int64_t>::max());
  module.constants = {largest,
                      Rational(std::numeric_limits<std::int64_t>::min()),
                      largest + Rational(1),
                      -largest - Rational(2),
                      Rational(1) / largest,
                      power_of_ten(60),
                      power_of_ten(-60),
                      Rational(0)};
  const auto result = decode(encode(module));
  REQUIRE(std::holds_alternative<Module>(result));
  CHECK(std::get<Module>(result).constants == module.constants);
}

TEST_CASE("a pack cut short anywhere is refused") {
  const std::string bytes = encode(sample_module());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Diag id = refusal(std::string_view(bytes).substr(0, size));
    CHECK((size < 4 ? id == Diag::pack_not_a_pack : id == Diag::pack_truncated));
  }
}

TEST_CASE("a pack with any byte changed is refused") {
  const std::string bytes = encode(sample_module());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xff}) {
      std::string bad = bytes;
      bad[i] = static_cast<char>(bad[i] ^ flip);
      CHECK(refusal(bad) != Diag::count_);
    }
  }
}

TEST_CASE("a pack changed and sealed again is refused or harmless") {
  const std::string bytes = encode(sample_module());
  std::size_t accepted = 0;
  for (std::size_t i = 36; i < bytes.size(); ++i) {
    for (const int flip : {0x01, 0x02, 0x10, 0x80, 0xff}) {
      std::string bad = bytes;
      bad[i] = static_cast<char>(bad[i] ^ flip);
      bad = resealed(bad);
      const auto result = decode(bad);
      if (const Module* module = std::get_if<Module>(&result)) {
        ++accepted;
        INFO("byte " << i << " flip " << flip);
        CHECK((encode(*module) == bad));
        CHECK(!disassemble(*module).empty());
        verify(*module);
      }
    }
  }
  CHECK(accepted > 0);
}

TEST_CASE("bytes that only look like a pack are refused") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = "QPK\x01" + std::string(36, '\0');
    const std::size_t size = random() % 200;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(random() % 4 == 0 ? random() : 0);
    bytes[36] = static_cast<char>(size);
    CHECK(refusal(resealed(bytes)) != Diag::count_);
  }
}

TEST_CASE("a count larger than the bytes that are left is refused at once") {
  std::string bytes = encode(Module{});
  // The first member is the id: its length is the payload's first number.
  for (int i = 0; i < 4; ++i) bytes[40 + static_cast<std::size_t>(i)] = '\xff';
  CHECK(refusal(resealed(bytes)) == Diag::pack_damaged);
  CHECK(refusal(resealed(encode(Module{}) + "x")) == Diag::pack_damaged);
}

TEST_CASE("a pack of another format says which one") {
  std::string newer = encode(sample_module());
  newer[3] = static_cast<char>(kFormatVersion + 1);
  const auto result = decode(newer, "a.qpk");
  REQUIRE(std::holds_alternative<Message>(result));
  const std::string said = text(std::get<Message>(result), Language::en);
  CHECK(std::get<Message>(result).id == Diag::pack_newer_version);
  CHECK(said.find("a.qpk") != std::string::npos);
  CHECK(said.find(std::to_string(kFormatVersion + 1)) != std::string::npos);
  CHECK(said.find("up to " + std::to_string(kFormatVersion)) != std::string::npos);

  std::string older = encode(sample_module());
  older[3] = '\0';
  CHECK(refusal(older) == Diag::pack_older_version);
  CHECK(refusal("PK\x03\x04") == Diag::pack_not_a_pack);
  CHECK(refusal("") == Diag::pack_not_a_pack);
}

TEST_CASE("a pack that was altered says so") {
  std::string altered = encode(sample_module());
  altered.back() = static_cast<char>(altered.back() ^ 1);
  CHECK(refusal(altered) == Diag::pack_hash_mismatch);
}

TEST_CASE("a pack above the limit is refused before it is hashed") {
  std::string long_one = encode(sample_module());
  long_one.resize(limits::pack_bytes + 1);
  CHECK(refusal(long_one) == Diag::pack_too_large);
}

TEST_CASE("a text that is not UTF-8 is refused") {
  Module module;
  module.label = "a\xff";
  CHECK(refusal(encode(module)) == Diag::pack_damaged);
}

TEST_CASE("the pack's hash is of all bytes") {
  const std::string bytes = encode(sample_module());
  CHECK(pack_hash(bytes) == sha256_hex(bytes));
  CHECK(pack_hash(bytes) != pack_hash(bytes + "x"));
}

TEST_CASE("disassembly names what instructions point to") {
  const std::string listing = disassemble(sample_module());
  CHECK(listing.find("subject mau.doi_tuong") != std::string::npos);
  CHECK(listing.find("%2     b   compare_ratio %0 %1  ≥ 0.9") != std::string::npos);
  CHECK(listing.find("column %8  danh_muc.he_so") != std::string::npos);
  CHECK(listing.find("observe %2 D11.1") != std::string::npos);
}

TEST_CASE("cost is the sum over the instructions") {
  Subject subject;
  CHECK(cost(subject) == 0);
  subject.code = {test::make(Opcode::divide, ValueKind::number, {0, 0}),
                  test::make(Opcode::divide, ValueKind::number, {0, 0})};
  CHECK(cost(subject) == 2 * info(Opcode::divide).cost);
}

}  // namespace quy::bytecode
