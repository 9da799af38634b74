#include "base/sha256.h"
#include "runtime/bytecode/codec.h"
#include "runtime/bytecode/fields.h"
#include "runtime/bytecode/writer.h"

namespace quy::bytecode {

std::string encode(const Module& module) {
  Writer writer;
  writer(module);
  const std::string payload = writer.take();
  writer(static_cast<std::uint32_t>(payload.size()));
  const std::string size = writer.take();
  Sha256 hash;
  hash.update(size);
  hash.update(payload);
  const Sha256Digest digest = hash.finish();

  std::string file;
  file.reserve(kMagic.size() + 1 + digest.size() + size.size() + payload.size());
  file += kMagic;
  file += static_cast<char>(kFormatVersion);
  file.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  file += size;
  file += payload;
  return file;
}

std::string pack_hash(std::string_view bytes) { return sha256_hex(bytes); }

}  // namespace quy::bytecode
