#include "runtime/facts/json_structure.h"

#include <simdjson.h>

#include <algorithm>
#include <new>

namespace quy::facts {

// The class below is marked internal by simdjson: another major version may arrange it differently.
static_assert(simdjson::SIMDJSON_VERSION_MAJOR == 3, "check stage 1 of this simdjson against json_structure.cpp");

struct JsonStructure::Impl {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  std::size_t capacity = 0;
  std::uint32_t none[2] = {0, 0};
  const std::uint32_t* tokens = none;
};

namespace {

constexpr std::size_t kLeastCapacity = std::size_t{1} << 18;

StructureFault fault_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::SUCCESS:
    case simdjson::EMPTY: return StructureFault::none;
    case simdjson::UTF8_ERROR: return StructureFault::not_utf8;
    case simdjson::UNESCAPED_CHARS: return StructureFault::control_character;
    case simdjson::UNCLOSED_STRING: return StructureFault::open_string;
    case simdjson::MEMALLOC: throw std::bad_alloc();
    default: return StructureFault::open_string;
  }
}

}  // namespace

JsonStructure::JsonStructure() : impl_(std::make_unique<Impl>()) {}
JsonStructure::~JsonStructure() = default;
JsonStructure::JsonStructure(JsonStructure&&) noexcept = default;
JsonStructure& JsonStructure::operator=(JsonStructure&&) noexcept = default;

const std::uint32_t* JsonStructure::tokens() const { return impl_->tokens; }

StructureFault JsonStructure::find(std::string_view text) {
  Impl& impl = *impl_;
  if (text.size() > impl.capacity) {
    impl.capacity = std::max(kLeastCapacity, text.size() + text.size() / 2);
    // Stage 2 is never run, so the depth is of no interest.
    const auto error =
        simdjson::get_active_implementation()->create_dom_parser_implementation(impl.capacity, 1, impl.parser);
    if (error != simdjson::SUCCESS) throw std::bad_alloc();
  }
  impl.none[0] = impl.none[1] = static_cast<std::uint32_t>(text.size());
  impl.tokens = impl.none;
  if (text.empty()) return StructureFault::none;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto error = impl.parser->stage1(bytes, text.size(), simdjson::stage1_mode::regular);
  if (error != simdjson::SUCCESS) return fault_of(error);
  // Stage 1 leaves room for these.
  std::uint32_t* found = impl.parser->structural_indexes.get();
  found[impl.parser->n_structural_indexes] = found[impl.parser->n_structural_indexes + 1] =
      static_cast<std::uint32_t>(text.size());
  impl.tokens = found;
  return StructureFault::none;
}

}  // namespace quy::facts
