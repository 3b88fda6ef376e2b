/// All the rules, in the order of their names: a line each.
package let allRules: [Rule] = [
    .argumentOrder,
    .misplacedStatement,
    .parameterOrder,
    .reassignedGlobal,
    .setFunction,
    .undefinedAttribute,
    .undefinedName,
    .unusedSuppression,
    .usedBeforeDefinition,
]

/// Those that everybody gets.
package let defaultRules = allRules.filter { !$0.isOptIn }
