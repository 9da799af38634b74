// Words, numbers, strings and signs. Keywords are not recognised here: the joiner turns runs of WORD (and `/`) into the tokens below, as
// keywords.def says, so that a phrase is always made of whole words and white space inside it never matters.
lexer grammar RuleLexer;

tokens {
  FRAMEWORK, CRITERIA_SET, VERSION, REFINES, MODELLED_ON, LEGAL_BASIS, DATED, REPLACES,
  IN_FORCE_FROM, TO, CITES, NOT_RULES, BECAUSE, ACCEPT, PROFILE, CHOOSE, OPEN, DEFAULT, PREVIOUSLY,
  SUBJECT_KINDS, SUBJECT, KIND, WITH, STAGES, ORDERED_SCALE, SHARED_EVIDENCE, EVIDENCE, BOOLEAN,
  COUNT, NUMBER_OF, PERCENTAGE, MONEY, DAYS, TEXT, CODE_OF, CRITERION_CODE, RECORD, LIST_OF_RESULTS, OWN_RESULTS, PREVIOUS_PERIOD,
  LIST, DIGITS, AT_MOST, AT_LEAST, FROM, ADDS_UP_WITHIN, ADDS_UP, LAST_VALUE, SOURCE, PRIVATE,
  REQUIRE, TABLE, FROM_FILE, KEY, WORK_CALENDAR, HOLIDAY, EXTRA_WORKDAY, INDICATOR, USE,
  CITATION_PARAMETER, LABEL_PARAMETER, NAME_PARAMETER, VALUE_PARAMETER, GROUP, CRITERION, MAXIMUM,
  POINTS, DEDUCTIONS, BONUSES, MET_WHEN, SCORED_BY_PEOPLE, STEP, GUIDANCE, PRESUMED, DEDUCT, ADD,
  EACH, IN_PROPORTION_TO, MAY_EXCEED_TO, PRINT, OTHERWISE, LOSES_ALL_OF, HIGHEST_ONLY, ONCE_PER,
  COEFFICIENT, PROPOSED_MAXIMA, APPROVED, EACH_CRITERION_FROM, IF_ANY, MUST_EXIST, NOT_APPLICABLE,
  DID_NOT_ARISE, NOT_YET_DUE, FULL_POINTS, ZERO_POINTS, KEEP_SCALE, SHARE_IN_GROUP, SHARE_IN_SHEET,
  NO_TOTAL, LEAST_SHARE, WHEN, UNLESS, COUNTS_AS_MET, NEEDS_REASON, NEEDS_REASON_AND_DOCUMENT,
  NEEDS_DOCUMENT, AND, OR, NOT, AT_LEAST_OF, OF_THESE, EXISTS, EVERY, SUCH_THAT, SHARE_OF, SUM,
  MEAN, LARGEST, SMALLEST, OF, TOTAL_POINTS, WORKING_DAYS_FROM, IN_PERIOD, BEFORE_PERIOD,
  WITHIN_LAST, YEARS_TO_PERIOD_END, THIS_UNIT, ONE_OF, ROUND, ROUND_DOWN, ROUND_UP, PER_YEAR,
  PER_QUARTER, PER_HALF_YEAR, PER_MONTH, PER_WEEK, PER_TERM, YEAR, QUARTER, MONTH, TERM, COMPUTE, YES, NO, RATING,
  LEVEL, TO_REACH, NEED, WHEN_CONDITION_FAILS, NO_LEVEL, NEXT_LOWER, DOWN_TO_THE_END, FORCE,
  NOT_FROM, AND_ABOVE, LOWER_BY, LEVELS, NOT_ABOVE, HAND_OVER_WHEN, IN_PLACE_OF, ALLOWED,
  NOT_RATED_WHEN, QUOTA, COHORT, PRIORITY, SURPLUS, RAISED_TO, COHORT_HAS_DECISION, ALLOCATE_POINTS,
  REPLACE_EVIDENCE, TIGHTEN, SPLIT, INTO, SUPPLEMENT, MAY_TIGHTEN, KEEP_AS_IS, TEST, FOR, PERIOD,
  GIVEN, EMPTY, NOT_THERE_YET, UNIT, CLOSED_BY, DECISION, EXPECT, UNDECIDED, POSSIBLE,
  FOR_THE_AUTHORITY, NOT_RATED, MISSING,
  UNIT_WORD
}

// A citation is one token that begins with a capital letter, with an optional document in front: D11.4.4.a.-1, nd335:PL1.2.đ.
// Names begin with a lower-case letter, so the two cannot be confused.
CITATION : (LOWER LETTER_OR_DIGIT* ':')? UPPER LETTER_OR_DIGIT* ('.' '-'? LETTER_OR_DIGIT+)* ;

WORD : LOWER LETTER_OR_DIGIT* ;
// A name that is a keyword of the file's language, or of the other one.
QUOTED_NAME : '`' LOWER LETTER_OR_DIGIT* '`' ;

DATE : [0-9] [0-9]? '/' [0-9] [0-9]? '/' [0-9] [0-9] [0-9] [0-9] ;
// Marks are interpreted by the file's language when the tree is built; 1.0.0 is a version only after `phiên bản`.
NUMBER : [0-9]+ ([.,] [0-9]+)* ;
STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' | '\u201c' ~[\u201d\r\n]* '\u201d' ;
// A string that its line does not close: one token, so that the message can show it and the next line is read as usual.
OPEN_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? | '\u201c' ~[\u201d\r\n]* ;

GREATER_EQUAL : '\u2265' | '>=' ;
LESS_EQUAL : '\u2264' | '<=' ;
NOT_EQUAL : '\u2260' | '!=' ;
GREATER : '>' ;
LESS : '<' ;
EQUAL : '=' ;
PLUS : '+' ;
MINUS : '-' | '\u2212' ;
TIMES : '\u00d7' | '*' ;
SLASH : '/' ;
PERCENT : '%' ;
LEFT_PAREN : '(' ;
RIGHT_PAREN : ')' ;
LEFT_BRACE : '{' ;
RIGHT_BRACE : '}' ;
COMMA : ',' ;
SEMICOLON : ';' ;
COLON : ':' ;
DOT : '.' ;
BAR : '|' ;

COMMENT : '#' ~[\r\n]* -> channel(HIDDEN) ;
SPACE : [ \t\r\n\u00a0\ufeff]+ -> skip ;
// Anything else becomes a token of its own, so that the message can show it and offer a replacement (Ð, ½, –).
UNKNOWN : . ;

fragment LOWER : [\p{Ll}] ;
fragment UPPER : [\p{Lu}] ;
fragment LETTER_OR_DIGIT : [\p{L}\p{M}\p{Nd}_] ;
