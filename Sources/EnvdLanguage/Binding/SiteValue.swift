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
    /// The innermost active call outside of the prelude: what the user wrote, in whichever file; with the calls that led
    /// there.
    init?(userCallIn stack: some Sequence<StackFrame>) {
        let calls = stack.filter { !PreludeFile.isPreludeName($0.file) }.compactMap(SourceLocation.init(frame:))
        guard let innermost = calls.last else { return nil }
        self = innermost
        callers = SourceLocation.withoutMiddle(calls.dropLast())
    }

    /// Nil for a built-in function, which has no place in a file.
    private init?(frame: StackFrame) {
        guard let range = frame.range else { return nil }
        self.init(file: frame.file, range: range, line: frame.line, column: frame.column, function: frame.function)
    }

    /// A program may call a thousand functions deep and declare a hundred thousand things there, each of which keeps its
    /// callers. Nobody reads more than the outermost and the innermost of them.
    private static func withoutMiddle(_ calls: ArraySlice<SourceLocation>) -> [SourceLocation] {
        let end = maximumCallers / 2
        return calls.count <= maximumCallers ? Array(calls) : calls.prefix(end) + calls.suffix(end)
    }

    static let maximumCallers = 32

    /// The same place, reached by way of another one.
    func called(from caller: SourceLocation) -> SourceLocation {
        var place = self
        place.callers = SourceLocation.withoutMiddle((caller.stack + callers)[...])
        return place
    }
}

extension BoundArguments {
    /// A call site, a list of them, or None. Those in a list are the places of one operation that all of them asked for.
    func location(_ name: String) throws(EvaluationError) -> SourceLocation? {
        let value = value(name)
        if value.isNone { return nil }
        var sites: [SourceLocation] = []
        for site in value.asSequence ?? [value] where !site.isNone {
            guard let site = site.asHost(SiteValue.self) else { throw mismatch(name, site, "call_site") }
            sites.append(site.location)
        }
        guard var location = sites.first else { return nil }
        location.others = Array(sites.dropFirst())
        return location
    }
}
