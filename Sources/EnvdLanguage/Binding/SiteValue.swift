import LLB
import Starlark

/// The call in the user's program that asked for something, as the prelude passes it around.
final class SiteValue: HostValue {
    let location: SourceLocation

    init(_ location: SourceLocation) {
        self.location = location
    }

    var typeName: String { "call_site" }

    var printed: String { "<call_site \(location.file):\(location.line):\(location.column)>" }
}

extension SourceLocation {
    /// The innermost active call outside of the prelude: what the user wrote, in whichever file.
    init?(userCallIn stack: [StackFrame]) {
        guard
            let frame = stack.last(where: { !PreludeFile.isPreludeName($0.file) && $0.range != nil }),
            let range = frame.range
        else { return nil }
        self.init(file: frame.file, range: range, line: frame.line, column: frame.column)
    }
}

extension BoundArguments {
    /// A call site or None.
    func location(_ name: String) throws(EvaluationError) -> SourceLocation? {
        let value = value(name)
        if value.isNone { return nil }
        guard let site = value.asHost(SiteValue.self) else { throw mismatch(name, value, "call_site") }
        return site.location
    }
}
