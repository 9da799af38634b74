// The syntax of Quy. Tokens in capitals that are not in RuleLexer.g4 by pattern are keyword phrases of keywords.def.
//
// A file is a run of items; each is parsed alone from `item`, so that a mistake in one leaves the others whole. Meaning is in
// docs/language.md; precedence and reserved words in README.md beside this file.
parser grammar RuleParser;

options { tokenVocab = RuleLexer; }

item : (packHeader | legalBasis | subjectKinds | orderedScale | sharedEvidence | table | workCalendar | indicator | rating
     | subject | openChoice | choice | profile | defaultApplicability | stages | notRules | acceptance | test) EOF ;

// ---------------------------------------------------------------- packs

packHeader : (FRAMEWORK | CRITERIA_SET) path label? VERSION NUMBER (REFINES path)? (IN_FORCE_FROM DATE (TO DATE)?)? ;
legalBasis : LEGAL_BASIS name EQUAL STRING DATED DATE (REPLACES STRING)? ;
subjectKinds : SUBJECT_KINDS LEFT_BRACE subjectKind+ RIGHT_BRACE ;
subjectKind : name label ;
orderedScale : ORDERED_SCALE name label? LEFT_BRACE scaleStep (LESS scaleStep)* RIGHT_BRACE ;
scaleStep : name label? ;
profile : PROFILE name label LEFT_BRACE profileRow* RIGHT_BRACE ;
profileRow : name EQUAL name ;
choice : CHOOSE (PROFILE name | name EQUAL expression) citations ;       // a bare name is an option of the slot
defaultApplicability : DEFAULT applicability ;
stages : STAGES scaleStep (COMMA scaleStep)* ;
notRules : NOT_RULES LEFT_BRACE notRule* RIGHT_BRACE ;
notRule : CITATION (COMMA CITATION)* COLON STRING ;
acceptance : ACCEPT CITATION BECAUSE STRING citations ;      // the code of a message, Q0123, has the shape of a citation

// A slot whose content the completing set picks. Options are tried for type where the slot is used.
openChoice : OPEN name label? citations LEFT_BRACE option (BAR option)* RIGHT_BRACE ;
option : name label? (COLON optionValue)? ;
optionValue : gapPolicy | expression ;

// ---------------------------------------------------------------- evidence

sharedEvidence : SHARED_EVIDENCE evidenceBlock ;
evidence : EVIDENCE evidenceBlock ;
evidenceBlock : LEFT_BRACE evidenceMember* RIGHT_BRACE ;
evidenceMember : field | requirement | WITH names LEFT_BRACE evidenceMember* RIGHT_BRACE ;
// Fields of one type may share a line; labels are then separated by `;` inside the string.
field : PRIVATE? names label? COLON fieldType fieldOption* ;
fieldType : BOOLEAN | COUNT | NUMBER_OF | PERCENTAGE | POINTS | MONEY | DAYS | DATED | TEXT
     | CODE_OF name | CRITERION_CODE | LIST_OF_RESULTS ownResults? | (LIST | RECORD) evidenceBlock | scaleName ;
// Results of the record's own: one for each part of its period, or that of the period before.
ownResults : OWN_RESULTS (PER_MONTH | PER_QUARTER | PER_HALF_YEAR | PER_YEAR | PREVIOUS_PERIOD) ;
scaleName : WORD | UNIT_WORD | QUOTED_NAME ;                  // not a soft keyword, because several of those are types
fieldOption : unit=STRING
            | NUMBER DIGITS
            | FROM signedNumber (TO signedNumber)?
            | COMMA? AT_MOST (name | signedNumber)
            | COMMA? AT_LEAST signedNumber
            | COMMA? ADDS_UP_WITHIN calendarSpan
            | COMMA? (ADDS_UP | LAST_VALUE)
            | COMMA? SOURCE STRING
            | COMMA? PREVIOUSLY name ;
signedNumber : MINUS? NUMBER PERCENT? ;
requirement : REQUIRE expression STRING? ;

table : TABLE name label? FROM_FILE STRING KEY name LEFT_BRACE field+ RIGHT_BRACE ;
workCalendar : WORK_CALENDAR LEFT_BRACE calendarDays* RIGHT_BRACE ;
calendarDays : (HOLIDAY | EXTRA_WORKDAY) DATE (COMMA DATE)* ;

// ---------------------------------------------------------------- indicators: subject members with parameters

indicator : INDICATOR name LEFT_PAREN (parameter (SEMICOLON parameter)*)? RIGHT_PAREN LEFT_BRACE subjectMember* RIGHT_BRACE ;
parameter : name COLON (CITATION_PARAMETER | LABEL_PARAMETER | NAME_PARAMETER | VALUE_PARAMETER) ;
indicatorUse : USE name LEFT_PAREN (argument (SEMICOLON argument)*)? RIGHT_PAREN ;
argument : CITATION | expression ;                           // a bare string is a label

// ---------------------------------------------------------------- subjects

subject : SUBJECT subjectPath=path label? (KIND kindName=name)? (MODELLED_ON model=path)? (RATING ratingName=name)? citations?
          LEFT_BRACE subjectMember* RIGHT_BRACE ;
subjectMember : evidence | requirement | compute | group | criterion | indicatorUse | openChoice | choice | stages | treatment
              | allocation | evidenceMap | tightening | splitting | supplement ;

group : (GROUP name | DEDUCTIONS name? | BONUSES name?) label? maximum? citations? LEFT_BRACE groupMember* RIGHT_BRACE ;
maximum : MAXIMUM number POINTS? | POINTS OPEN ;
groupMember : treatment | leastShare | proposedMaxima | openChoice | compute | group | criterion | indicatorUse | groupFormula | HIGHEST_ONLY ;
groupFormula : POINTS EQUAL formula ;
proposedMaxima : PROPOSED_MAXIMA COMMA? APPROVED? (COMMA? EACH_CRITERION_FROM number POINTS?)? ;
leastShare : LEAST_SHARE NUMBER PERCENT ;
treatment : cause=(NOT_APPLICABLE | DID_NOT_ARISE | NOT_YET_DUE) COLON
            effect=(FULL_POINTS | ZERO_POINTS | KEEP_SCALE | SHARE_IN_GROUP | SHARE_IN_SHEET | NO_TOTAL) ;

criterion : CRITERION name label? maximum? (COEFFICIENT number)? citations? LEFT_BRACE criterionMember* RIGHT_BRACE ;
criterionMember : scoring | treatment | losesAll | openChoice | compute | slotMark | GUIDANCE label | ONCE_PER calendarSpan
                | PREVIOUSLY name ;
slotMark : MAY_TIGHTEN | KEEP_AS_IS ;
losesAll : LOSES_ALL_OF name? WHEN expression citations? ;

scoring : metWhen | scoreTable | levelChoice | judged | perUnit | proportional | scoreFormula ;
metWhen : MET_WHEN expression exceptionClause* citations? ;
scoreTable : POINTS CITES formula LEFT_BRACE scoreRow+ RIGHT_BRACE rounding? ;
scoreRow : (FROM signedNumber | WHEN expression | OTHERWISE) COLON scoreValue (COMMA LOSES_ALL_OF name?)? ;
scoreValue : signedNumber POINTS? ;
levelChoice : CHOOSE label? LEFT_BRACE levelRow+ RIGHT_BRACE ;
levelRow : levelName=name label? COLON scoreValue (COMMA LOSES_ALL_OF lost=name?)? ;
judged : SCORED_BY_PEOPLE (STEP stepSize=number POINTS?)? (SEMICOLON? PRESUMED presumed=number POINTS? citations?)? ;
perUnit : (DEDUCT | ADD) number POINTS? EACH unary (COMMA MAXIMUM number POINTS?)? ;
proportional : POINTS IN_PROPORTION_TO formula ;
scoreFormula : POINTS EQUAL formula ;

// `theo` is the last part of its statement: with only one, it belongs to the statement and not to the exception, hence `??`.
exceptionClause : UNLESS name label? COUNTS_AS_MET? proof? citations?? ;
proof : NEEDS_REASON_AND_DOCUMENT | NEEDS_REASON | NEEDS_DOCUMENT ;

// ---------------------------------------------------------------- refinement

allocation : ALLOCATE_POINTS citations? LEFT_BRACE allocationRow* RIGHT_BRACE ;
allocationRow : name number POINTS? ;
evidenceMap : REPLACE_EVIDENCE LEFT_BRACE evidenceMapRow* RIGHT_BRACE ;
evidenceMapRow : name EQUAL formula ;
tightening : TIGHTEN name LEFT_BRACE criterionMember* RIGHT_BRACE ;
splitting : SPLIT name INTO LEFT_BRACE criterion+ RIGHT_BRACE ;
supplement : SUPPLEMENT (criterion INTO name | group | force | bar | lower) ;

// ---------------------------------------------------------------- rating

rating : RATING name? label? (FOR names)? citations LEFT_BRACE ratingMember* RIGHT_BRACE ;
ratingMember : level | openChoice | gapRule | compute | quota | ratingRule | WITH names LEFT_BRACE ratingRule* RIGHT_BRACE ;
ratingRule : toReach | force | bar | lower | cap | handOver | notRated ;
level : LEVEL name label? (FROM number POINTS? | OTHERWISE | WHEN expression) citations? ;
gapRule : WHEN_CONDITION_FAILS COLON (gapPolicy | name) citations? ;
gapPolicy : NO_LEVEL | NEXT_LOWER | DOWN_TO_THE_END ;
toReach : TO_REACH name LEFT_BRACE reachMember* RIGHT_BRACE ;
reachMember : need | WITH names LEFT_BRACE need* RIGHT_BRACE ;
need : NEED expression exceptionClause* citations ;
force : FORCE name (LEFT_BRACE forceMember* RIGHT_BRACE | whenRule) ;
forceMember : whenRule | WITH names LEFT_BRACE whenRule* RIGHT_BRACE ;
whenRule : WHEN expression exceptionClause* citations ;
bar : NOT_FROM name AND_ABOVE? whenRule ;
lower : LOWER_BY number (LEVEL | LEVELS) whenRule ;
cap : NOT_ABOVE formula citations ;
handOver : HAND_OVER_WHEN expression IN_PLACE_OF CITATION (COMMA CITATION)* (ALLOWED names)? proof? citations ;
notRated : NOT_RATED_WHEN expression citations ;
quota : QUOTA name LESS_EQUAL NUMBER PERCENT NUMBER_OF name AND_ABOVE? citations LEFT_BRACE quotaMember* RIGHT_BRACE ;
quotaMember : COHORT names | PRIORITY expression (COMMA expression)* | SURPLUS COLON? (openChoice | NO_LEVEL | name)
            | RAISED_TO NUMBER PERCENT COHORT_HAS_DECISION citations ;

// ---------------------------------------------------------------- tests

test : TEST STRING FOR path (PERIOD periodName)? (UNIT STRING)? LEFT_BRACE testMember* RIGHT_BRACE ;
periodName : NUMBER | STRING ;
testMember : GIVEN givenFact (SEMICOLON givenFact)* SEMICOLON?
           | OTHERWISE (NOT_APPLICABLE | NOT_THERE_YET)
           | CHOOSE name EQUAL expression
           | EXPECT expectation (BECAUSE CITATION (COMMA CITATION)*)? ;
givenFact : TOTAL_POINTS EQUAL signedNumber
          | POINTS name (STEP name)? EQUAL (signedNumber | factState)
          | MAXIMUM name EQUAL number
          | CLOSED_BY STRING DATED? DATE
          | DECISION CITATION EQUAL name
          | exceptionClaim
          | path (EQUAL givenValue | EMPTY) ;
exceptionClaim : UNLESS name (BECAUSE STRING)? ;
factState : NOT_APPLICABLE STRING? | DID_NOT_ARISE | NOT_YET_DUE DATE | NOT_THERE_YET ;
givenValue : factState | givenRow+
           | YES | NO | DATE | STRING | name | signedNumber ;
givenRow : LEFT_BRACE (givenCell (SEMICOLON givenCell)* SEMICOLON?)? RIGHT_BRACE ;
givenCell : cellName EQUAL givenValue ;
cellName : name | LEVEL ;                              // of a row of results
expectation : RATING name
            | TOTAL_POINTS (signedNumber | FROM signedNumber TO signedNumber)
            | POINTS name (EQUAL signedNumber | FROM signedNumber TO signedNumber | NOT_APPLICABLE)
            | UNDECIDED (COMMA? POSSIBLE possible (COMMA possible)*)?
            | FOR_THE_AUTHORITY
            | NO_LEVEL
            | NOT_RATED
            | MISSING names ;
possible : NO_LEVEL | NOT_RATED | name ;

// ---------------------------------------------------------------- formulas and conditions

compute : COMPUTE name EQUAL formula ;
// A formula and what is done to its value, in the order written.
formula : expression (COMMA modifier)* ;
modifier : AT_MOST sum | AT_LEAST sum | rounding | MAY_EXCEED_TO number PERCENT? POINTS? | PRINT NUMBER DIGITS ;
rounding : (ROUND | ROUND_DOWN | ROUND_UP) number ;

expression : conjunction (OR conjunction)* ;
conjunction : negation (AND negation)* ;
negation : NOT negation | comparison ;
comparison : sum (comparisonSign sum perPeriod? | ONE_OF LEFT_BRACE setItem (SEMICOLON setItem)* RIGHT_BRACE
           | IN_PERIOD | BEFORE_PERIOD | WITHIN_LAST NUMBER YEARS_TO_PERIOD_END)? applicability? ;
comparisonSign : GREATER_EQUAL | GREATER | LESS_EQUAL | LESS | EQUAL | NOT_EQUAL ;
setItem : name | STRING | signedNumber ;
applicability : LEFT_PAREN (IF_ANY | MUST_EXIST) RIGHT_PAREN ;
perPeriod : PER_YEAR | PER_QUARTER | PER_MONTH | PER_WEEK | PER_TERM ;

sum : product ((PLUS | MINUS) product)* ;
product : unary ((TIMES | SLASH) unary)* ;
unary : MINUS unary | primary ;
primary : quantity | DATE | STRING | YES | NO | THIS_UNIT | TOTAL_POINTS
        | POINTS name                                         // points of a criterion or group
        | MAXIMUM                                             // of the criterion that holds the formula
        | LEVEL                                               // of the row, in a list of results
        | WORKING_DAYS_FROM sum TO sum
        | aggregate
        | AT_LEAST_OF NUMBER OF_THESE LEFT_BRACE expression (SEMICOLON expression)+ RIGHT_BRACE
        | path
        | LEFT_PAREN formula RIGHT_PAREN ;
// 6 lượt; a unit of several words is written in quotes. The order matters in `yêu cầu a ≥ 5 "Nhãn"`: there the string is the label.
quantity : NUMBER unitWord? | NUMBER STRING ;
unitWord : PERCENT | POINTS | DAYS | MONEY | DATED | YEAR | QUARTER | MONTH | TERM | UNIT_WORD ;
aggregate : (EXISTS | EVERY | SHARE_OF | NUMBER_OF) name rowCondition?
          | (SUM | MEAN | LARGEST | SMALLEST) LEFT_PAREN formula RIGHT_PAREN OF name rowCondition? ;
rowCondition : SUCH_THAT LEFT_PAREN expression RIGHT_PAREN ;
number : NUMBER | name ;                                      // a name is a parameter of the indicator

// ---------------------------------------------------------------- small parts

citations : CITES citation (COMMA citation)* ;
citation : CITATION | name ;                                  // a name is a parameter of the indicator
label : STRING | name ;                                       // likewise
names : name (COMMA name)* ;
path : name (DOT name)* ;
calendarSpan : YEAR | QUARTER | MONTH | TERM ;

// Soft keywords: one plain word in the file's language, and nothing but a name can stand where one is a name. UNIT_WORD is a word after a
// number, which the joiner marks unless `=`, `:`, `,` or `.` follows it.
name : WORD | UNIT_WORD | QUOTED_NAME | softKeyword ;
softKeyword : KIND | STEP | SOURCE | KEY | HOLIDAY | YEAR | QUARTER | MONTH | TERM | PERIOD | EMPTY | MISSING | DATED | TEXT | DAYS | MONEY
            | COUNT | UNIT | TABLE | RECORD | LIST | OF | PRINT | ADD | PROFILE | DECISION | PRIVATE | LABEL_PARAMETER | NAME_PARAMETER ;
