/// Functions of the API: those whose calls a rule looks at.
enum Callees: Sendable {
    case all
    /// Those of some names.
    case of([String])
    /// Those that have a parameter of a name.
    case having(String)
    /// Those that have a parameter of a type, as it is written, alone or in a list.
    case taking(String)
    /// Those that run shell scripts.
    case runningShell
    /// Those that are given paths of the project.
    case readingProject

    func include(_ function: APIFunction) -> Bool {
        switch self {
        case .all: true
        case .of(let names): names.contains(function.name)
        case .having(let parameter): function.parameter(parameter) != nil
        case .taking(let type): function.parameters.contains { $0.takes(type) }
        case .runningShell: ShellProgram.isFunction(function.name)
        case .readingProject: ProjectPath.isFunction(function.name)
        }
    }
}

extension Rule.Check {
    /// Calls of functions of some names.
    static func calls(
        of names: String..., check: @escaping @Sendable (APICall, RuleContext, inout Rule.Reporter) -> Void
    ) -> Rule.Check {
        .calls(.of(names), check)
    }

    /// Calls of any function.
    static func calls(
        check: @escaping @Sendable (APICall, RuleContext, inout Rule.Reporter) -> Void
    ) -> Rule.Check {
        .calls(.all, check)
    }

    /// A program that calls a function of one of some names.
    static func program(
        of names: String..., check: @escaping @Sendable (ProgramContext, inout Rule.Reporter) -> Void
    ) -> Rule.Check {
        .program(.of(names), check)
    }

    /// Any program.
    static func program(
        check: @escaping @Sendable (ProgramContext, inout Rule.Reporter) -> Void
    ) -> Rule.Check {
        .program(.all, check)
    }
}
