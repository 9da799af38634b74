#include "base/sha256.h"
#include "runtime/bytecode/codec.h"
#include "runtime/bytecode/fields.h"
#include "runtime/bytecode/writer.h"

namespace quy::bytecode {

std::string encode(const Module& module) {
  Writer payload;
  payload(module);
  Writer sized;
  sized(static_cast<std::uint32_t>(payload.bytes().size()));
  const std::string body = sized.bytes() + payload.bytes();
  const Sha256Digest digest = sha256(body);

  std::string file(kMagic);
  file += static_cast<char>(kFormatVersion);
  file.append(reinterpret_cast<const char*>(digest.data()), digest.size());
  return file + body;
}

std::string pack_hash(std::string_view bytes) { return sha256_hex(bytes); }

}  // namespace quy::bytecode
