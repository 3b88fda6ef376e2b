/// All the rules, in the order of their names: a line each.
package let allRules: [Rule] = [
    .argumentOrder,
    .misplacedStatement,
    .oldFunction,
    .oldParameter,
    .oldSyntax,
    .parameterOrder,
    .reassignedGlobal,
    .setFunction,
    .undefinedAttribute,
    .undefinedName,
    .usedBeforeDefinition,
]

/// Those that everybody gets.
package let defaultRules = allRules.filter { !$0.isOptIn }
