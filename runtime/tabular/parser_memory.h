#pragma once
// The memory of one XML parser, at most limits::xml_bytes: what a parser must keep (open elements, names, a tag not yet at its end) is what a file
// can make large.

#include <expat.h>

#include <cstddef>

namespace quy::tabular {

class ParserMemory {
 public:
  /// The library tells an allocator nothing to know a parser by. So while one of these lives, what its thread allocates counts for `memory`;
  /// no function of a parser may be called without.
  class AtWork {
   public:
    explicit AtWork(ParserMemory& memory);
    ~AtWork();
    AtWork(const AtWork&) = delete;
    AtWork& operator=(const AtWork&) = delete;

   private:
    ParserMemory* before_;
  };

  /// For XML_ParserCreate_MM().
  static const XML_Memory_Handling_Suite& functions();

 private:
  static void* allocate(std::size_t size);
  static void* reallocate(void* block, std::size_t size);
  static void release(void* block);

  static thread_local ParserMemory* at_work_;
  std::size_t held_ = 0;
};

}  // namespace quy::tabular
