#include "compiler/syntax/antlr/item_parser.h"

namespace quy::syntax {
namespace {

using grammar::RuleParser;

/// Stops at the first mistake and remembers the token; recovery and wording are this project's own.
class StopAtError : public antlr4::DefaultErrorStrategy {
 public:
  explicit StopAtError(std::size_t& error_token) : error_token_(error_token) {}

  void recover(antlr4::Parser* parser, std::exception_ptr error) override {
    try {
      std::rethrow_exception(error);
    } catch (const antlr4::RecognitionException& recognition) {
      stop_at(recognition.getOffendingToken());
    } catch (...) {
      stop_at(parser->getCurrentToken());
    }
  }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    stop_at(parser->getCurrentToken());
    return nullptr;
  }
  void sync(antlr4::Parser*) override {}
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}

 private:
  void stop_at(const antlr4::Token* token) {
    error_token_ = token->getTokenIndex();
    throw antlr4::ParseCancellationException();
  }
  std::size_t& error_token_;
};

std::vector<std::unique_ptr<antlr4::Token>> to_antlr(const Tokens& tokens) {
  std::vector<std::unique_ptr<antlr4::Token>> converted;
  converted.reserve(tokens.size() + 1);
  for (const Token& token : tokens) {
    auto added = std::make_unique<antlr4::CommonToken>(token.type);
    added->setStartIndex(token.begin);
    added->setStopIndex(token.end);
    converted.push_back(std::move(added));
  }
  converted.push_back(std::make_unique<antlr4::CommonToken>(antlr4::Token::EOF));
  return converted;
}

}  // namespace

ItemParser::ItemParser(const Tokens& tokens) : source_(to_antlr(tokens)), stream_(&source_), parser_(&stream_) {
  parser_.removeErrorListeners();
  parser_.setErrorHandler(std::make_shared<StopAtError>(error_token_));
}

RuleParser::ItemContext* ItemParser::parse() {
  // SLL is fast and right for nearly every item; where it gives up, full LL decides.
  if (auto* item = attempt(antlr4::atn::PredictionMode::SLL)) return item;
  return attempt(antlr4::atn::PredictionMode::LL);
}

RuleParser::ItemContext* ItemParser::attempt(antlr4::atn::PredictionMode mode) {
  stream_.seek(0);
  parser_.reset();
  parser_.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(mode);
  try {
    return parser_.item();
  } catch (const antlr4::ParseCancellationException&) {
    return nullptr;
  } catch (const std::exception&) {
    // Nothing of ANTLR's leaves this folder, not even what should never happen.
    error_token_ = stream_.index();
    return nullptr;
  }
}

}  // namespace quy::syntax
