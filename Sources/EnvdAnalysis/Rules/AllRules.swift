/// All the rules, in the order of their names: a line each.
package let allRules: [Rule] = [
    .argumentOrder,
    .duplicateArgument,
    .invalidArgumentType,
    .invalidAssignmentType,
    .invalidDefault,
    .invalidIndex,
    .invalidReturnType,
    .invalidUnpacking,
    .misplacedStatement,
    .missingArgument,
    .notCallable,
    .notIterable,
    .parameterOrder,
    .reassignedGlobal,
    .setFunction,
    .tooManyArguments,
    .undefinedAttribute,
    .undefinedName,
    .unhashableKey,
    .unknownArgument,
    .unknownAttribute,
    .unsupportedOperator,
    .usedBeforeDefinition,
]

/// Those that everybody gets.
package let defaultRules = allRules.filter { !$0.isOptIn }
