/// A value of the application's own that programs can hold and pass around but not look into, except through the
/// attributes and operators that it offers.
///
/// A host value is immutable from the program's point of view: it is never frozen, and evaluations may share it.
package protocol HostValue: AnyObject {
    /// What `type(x)` returns.
    var typeName: String { get }

    /// How the value prints; normally `<typeName …>`.
    var printed: String { get }

    /// What `bool(x)` returns.
    var isTrue: Bool { get }

    /// The method that `x.name` means, which gets the value as its receiver; nil if there is none. It must outlive
    /// every evaluation: keep methods in a table.
    func method(named name: String) -> HostFunction?

    /// `x.name` if that is no method; nil if there is no such attribute.
    func attribute(named name: String, in heap: Heap) -> Value?

    /// The names of methods and other attributes, for `dir` and for spelling hints.
    var attributeNames: [String] { get }

    /// `self operator other`, or `other operator self` if `isRight`; nil if the operator means nothing here.
    func binary(
        _ operation: BinaryOperator, _ other: Value, isRight: Bool, in heap: Heap
    ) throws(EvaluationError) -> Value?

    /// Whether two host values are the same one to a program.
    func isEqual(to other: any HostValue) -> Bool

    /// Feeds what `isEqual` compares to the hasher; false if the value cannot be the key of a dict.
    func hash(into hasher: inout Hasher) -> Bool
}

extension HostValue {
    package var printed: String { "<\(typeName)>" }

    package var isTrue: Bool { true }

    package var attributeNames: [String] { [] }

    package func method(named name: String) -> HostFunction? { nil }

    package func attribute(named name: String, in heap: Heap) -> Value? { nil }

    package func binary(
        _ operation: BinaryOperator, _ other: Value, isRight: Bool, in heap: Heap
    ) throws(EvaluationError) -> Value? {
        nil
    }

    package func isEqual(to other: any HostValue) -> Bool { self === other }

    package func hash(into hasher: inout Hasher) -> Bool {
        hasher.combine(ObjectIdentifier(self))
        return true
    }
}

/// The binary operators other than `and` and `or`, spelled as in a program.
package enum BinaryOperator: String, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case bitAnd = "&"
    case bitOr = "|"
    case bitXor = "^"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case isIn = "in"
    case notIn = "not in"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}
