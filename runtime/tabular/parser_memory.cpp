#include "runtime/tabular/parser_memory.h"

#include <cstdlib>
#include <cstring>

#include "base/limits.h"

namespace quy::tabular {
namespace {

/// In front of each block: its size, on so much room that the block stays aligned.
constexpr std::size_t kHead = alignof(std::max_align_t);

char* begin_of(void* block) { return static_cast<char*>(block) - kHead; }

std::size_t size_of(void* block) {
  std::size_t size = 0;
  if (block != nullptr) std::memcpy(&size, begin_of(block), sizeof size);
  return size;
}

}  // namespace

thread_local ParserMemory* ParserMemory::at_work_ = nullptr;

ParserMemory::AtWork::AtWork(ParserMemory& memory) : before_(at_work_) { at_work_ = &memory; }
ParserMemory::AtWork::~AtWork() { at_work_ = before_; }

const XML_Memory_Handling_Suite& ParserMemory::functions() {
  static const XML_Memory_Handling_Suite suite{&allocate, &reallocate, &release};
  return suite;
}

void* ParserMemory::allocate(std::size_t size) { return reallocate(nullptr, size); }

void* ParserMemory::reallocate(void* block, std::size_t size) {
  const std::size_t others = at_work_->held_ - size_of(block);
  if (size > limits::xml_bytes || others > limits::xml_bytes - size) return nullptr;
  char* made = static_cast<char*>(std::realloc(block == nullptr ? nullptr : begin_of(block), size + kHead));
  if (made == nullptr) return nullptr;
  std::memcpy(made, &size, sizeof size);
  at_work_->held_ = others + size;
  return made + kHead;
}

void ParserMemory::release(void* block) {
  if (block == nullptr) return;
  at_work_->held_ -= size_of(block);
  std::free(begin_of(block));
}

}  // namespace quy::tabular
