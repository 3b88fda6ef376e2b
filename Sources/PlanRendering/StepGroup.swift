import EnvdLanguage
import LLB

/// Steps that follow each other and that the same call in the program caused.
package struct StepGroup: Sendable {
    /// Where to look: the innermost call in the program's own file, else the innermost of all; nil if nobody asked for
    /// these steps.
    package let call: SourceLocation?
    /// The calls that led to it, outermost first: functions of the program.
    package let callers: [SourceLocation]
    package private(set) var parts: [Part]

    /// Those of the steps that came by the same way from the call.
    package struct Part: Sendable {
        /// The calls in between, outermost first: functions of files that the program loads.
        package let via: [SourceLocation]
        /// Indices of the plan's steps.
        package fileprivate(set) var steps: Range<Int>
    }

    /// - Parameter file: the program's own file, as locations name it.
    package static func groups(of steps: [PlanStep], file: String) -> [StepGroup] {
        var groups: [StepGroup] = []
        for (index, step) in steps.enumerated() {
            let way = Way(step.locations.first?.stack ?? [], file: file)
            if let last = groups.last, last.call == way.call, last.callers == way.callers {
                groups[groups.count - 1].add(index, way.via)
            } else {
                groups.append(
                    StepGroup(
                        call: way.call, callers: way.callers, parts: [Part(via: way.via, steps: index..<index + 1)]))
            }
        }
        return groups
    }

    private mutating func add(_ index: Int, _ via: [SourceLocation]) {
        if parts.last?.via == via {
            parts[parts.count - 1].steps = parts[parts.count - 1].steps.lowerBound..<index + 1
        } else {
            parts.append(Part(via: via, steps: index..<index + 1))
        }
    }

    private struct Way {
        var call: SourceLocation?
        var callers: [SourceLocation] = []
        var via: [SourceLocation] = []

        init(_ stack: [SourceLocation], file: String) {
            guard !stack.isEmpty else { return }
            let index = stack.lastIndex { $0.file == file } ?? stack.count - 1
            call = stack[index]
            callers = Array(stack[..<index])
            via = Array(stack[(index + 1)...])
        }
    }
}
