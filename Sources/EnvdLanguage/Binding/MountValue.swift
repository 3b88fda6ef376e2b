import LLB
import Starlark

/// A mount of a process, to be given to `State.run`.
final class MountValue: HostValue {
    let specification: MountSpecification

    init(_ specification: MountSpecification) {
        self.specification = specification
    }

    var typeName: String { "Mount" }

    var printed: String { "<Mount \(specification.destination)>" }
}
