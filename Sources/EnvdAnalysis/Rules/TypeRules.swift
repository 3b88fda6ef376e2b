/// What the type checker finds, a rule for each kind. They look at nothing by themselves: the checker follows the file once
/// and tells each what is its own.
extension Rule {
    /// An argument of a type that the parameter does not take.
    static let invalidArgumentType = types("invalid-argument-type", PackageResources.invalid_argument_type_md)
    /// A value of another type than the variable is declared to have.
    static let invalidAssignmentType = types("invalid-assignment-type", PackageResources.invalid_assignment_type_md)
    /// A default of another type than its parameter is declared to have.
    static let invalidDefault = types("invalid-default", PackageResources.invalid_default_md)
    /// An index or a slice of something that has none, or one that is out of bounds.
    static let invalidIndex = types("invalid-index", PackageResources.invalid_index_md)
    /// A result of another type than the function is declared to have.
    static let invalidReturnType = types("invalid-return-type", PackageResources.invalid_return_type_md)
    /// More or fewer names than values in an assignment.
    static let invalidUnpacking = types("invalid-unpacking", PackageResources.invalid_unpacking_md)
    /// A call without an argument that the function needs.
    static let missingArgument = types("missing-argument", PackageResources.missing_argument_md)
    /// A call of something that is no function.
    static let notCallable = types("not-callable", PackageResources.not_callable_md)
    /// A loop over something that has no elements.
    static let notIterable = types("not-iterable", PackageResources.not_iterable_md)
    /// A parameter that gets an argument by position and another by name.
    static let duplicateArgument = types("duplicate-argument", PackageResources.duplicate_argument_md)
    /// More arguments by position than the function has parameters.
    static let tooManyArguments = types("too-many-arguments", PackageResources.too_many_arguments_md)
    /// A key that a dict cannot have.
    static let unhashableKey = types("unhashable-key", PackageResources.unhashable_key_md)
    /// An argument with a name that the function does not know.
    static let unknownArgument = types("unknown-argument", PackageResources.unknown_argument_md)
    /// An attribute or a method that the value does not have.
    static let unknownAttribute = types("unknown-attribute", PackageResources.unknown_attribute_md)
    /// An operator between values that it does not take.
    static let unsupportedOperator = types("unsupported-operator", PackageResources.unsupported_operator_md)

    private static func types(_ code: String, _ page: [UInt8]) -> Rule {
        Rule(code, .types, .error, page: page, .types)
    }
}
