/// Why an operation cannot be added to a graph.
package enum LLBError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidImageReference(String, String)
    case missingArguments
    case missingDirectory
    case scratchHasNoOutput
    /// A state was used with a graph that did not make it.
    case foreignState
    case unsupportedGitRemote(String)
    case tooManyOperations(limit: Int)
    case tooLarge(limit: Int)

    package var description: String {
        switch self {
        case .invalidImageReference(let reference, let reason): "invalid image reference \"\(reference)\": \(reason)"
        case .missingArguments: "a process needs arguments: the command line is empty or ends within quotes"
        case .missingDirectory: "a process needs a working directory"
        case .scratchHasNoOutput: "an empty file system cannot be the result of a build"
        case .foreignState: "this state belongs to another graph"
        case .unsupportedGitRemote(let remote): "only https, http and git remotes are supported, not \"\(remote)\""
        case .tooManyOperations(let limit): "too many operations: the limit is \(limit)"
        case .tooLarge(let limit): "the build graph is too large: the limit is \(limit >> 20) MiB"
        }
    }
}
