#pragma once
// The generated lexer and parser with ANTLR's runtime. Included in this folder only.

#include <antlr4-runtime.h>

#include "RuleLexer.h"
#include "RuleParser.h"
