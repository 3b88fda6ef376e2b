/// All the rules, in the order of their names: a line each.
package let allRules: [Rule] = [
    .argumentOrder,
    .misplacedStatement,
    .parameterOrder,
    .reassignedGlobal,
    .setFunction,
    .shadowedAPI,
    .shadowedBuiltin,
    .shadowedGlobal,
    .undefinedAttribute,
    .undefinedName,
    .unusedFunction,
    .unusedLoad,
    .unusedLoopVariable,
    .unusedParameter,
    .unusedVariable,
    .usedBeforeDefinition,
]

/// Those that everybody gets.
package let defaultRules = allRules.filter { !$0.isOptIn }
