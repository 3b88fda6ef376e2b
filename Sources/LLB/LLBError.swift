/// Why an operation cannot be added to a graph.
package enum LLBError: Error, Hashable, Sendable, CustomStringConvertible {
    case invalidImageReference(String, String)
    case missingArguments
    case missingDirectory
    case scratchHasNoOutput
    /// A state was used with a graph that did not make it.
    case foreignState
    case unsupportedGitRemote(String)
    case missingKnownHosts(String)
    case missingSource
    case invalidAddress(String)
    case missingCacheID(String)
    case sourceOfTmpfs(String)
    case actionsTooDeep(limit: Int)
    case tooManyOperations(limit: Int)
    case tooLarge(limit: Int)

    /// Whether the name of an image, a repository or a file is wrong.
    package var isAboutName: Bool {
        switch self {
        case .invalidImageReference, .unsupportedGitRemote, .missingKnownHosts, .missingSource: true
        default: false
        }
    }

    package var description: String {
        switch self {
        case .invalidImageReference(let reference, let reason): "invalid image reference \"\(reference)\": \(reason)"
        case .missingArguments: "a process needs arguments: the command line is empty or ends within quotes"
        case .missingDirectory: "a process needs a working directory"
        case .scratchHasNoOutput: "an empty file system cannot be the result of a build"
        case .foreignState: "this state belongs to another graph"
        case .unsupportedGitRemote(let remote):
            "a git remote is a URL with https, http, git or ssh, or looks like git@host:path; it has no query and no "
                + "fragment, unlike \"\(remote)\""
        case .missingKnownHosts(let remote):
            "the keys of the host have to be given for \"\(remote)\", since a plan does not ask the network for them"
        case .missingSource: "a source needs a name"
        case .invalidAddress(let text): "\"\(text)\" is no IP address"
        case .missingCacheID(let target): "the cache mount at \(target) needs an id"
        case .sourceOfTmpfs(let target): "the tmpfs mount at \(target) cannot have a source"
        case .actionsTooDeep(let limit): "file actions within file actions are nested deeper than \(limit)"
        case .tooManyOperations(let limit): "too many operations: the limit is \(limit)"
        case .tooLarge(let limit): "the build graph is too large: the limit is \(limit >> 20) MiB"
        }
    }
}
