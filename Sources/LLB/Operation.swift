/// One vertex of the build graph as BuildKit receives it: `pb.Op`.
///
/// The types in this file mirror the messages of BuildKit's `solver/pb/ops.proto`; how they become bytes is said in
/// `OperationEncoding.swift`, how they print in `OperationJSON.swift`.
package struct Operation: Hashable, Sendable {
    package var inputs: [Input]
    /// Nil for the last operation of a definition, which only names the result.
    package var body: Body?
    package var platform: Platform?
    /// The filters that a worker has to pass; nil if there is no such message at all.
    package var workerFilters: [String]?

    package init(inputs: [Input], body: Body?, platform: Platform?, workerFilters: [String]?) {
        self.inputs = inputs
        self.body = body
        self.platform = platform
        self.workerFilters = workerFilters
    }

    /// An output of another operation.
    package struct Input: Hashable, Sendable {
        package var digest: Digest
        package var index: Int

        package init(digest: Digest, index: Int) {
            self.digest = digest
            self.index = index
        }
    }

    package enum Body: Hashable, Sendable {
        case exec(Exec)
        case source(Source)
        case file([FileAction])
        case merge(inputs: [Int])
        /// Indices of inputs; `Operation.none` stands for scratch.
        case diff(lower: Int, upper: Int)
    }

    /// In place of the index of an input or an output: there is none.
    package static let none = -1
}

// MARK: - Sources

extension Operation {
    package struct Source: Hashable, Sendable {
        /// A scheme and what it names, `docker-image://docker.io/library/ubuntu:22.04`.
        package var identifier: String
        package var attributes: [String: String]

        package init(identifier: String, attributes: [String: String]) {
            self.identifier = identifier
            self.attributes = attributes
        }
    }
}

// MARK: - Processes

extension Operation {
    package struct Exec: Hashable, Sendable {
        package var arguments: [String]
        /// `NAME=value`, in the order in which they were last set.
        package var environment: [String]
        package var directory: String
        package var user: String
        package var mounts: [Mount]
        package var network: NetworkMode
        package var security: SecurityMode

        package init(
            arguments: [String], environment: [String], directory: String, user: String, mounts: [Mount],
            network: NetworkMode = .sandbox, security: SecurityMode = .sandbox
        ) {
            self.arguments = arguments
            self.environment = environment
            self.directory = directory
            self.user = user
            self.mounts = mounts
            self.network = network
            self.security = security
        }
    }

    package enum NetworkMode: Int, Hashable, Sendable {
        case sandbox = 0
        case host = 1
        case none = 2
    }

    package enum SecurityMode: Int, Hashable, Sendable {
        case sandbox = 0
        case insecure = 1
    }

    package struct Mount: Hashable, Sendable {
        /// The index of the input that is mounted, or `Operation.none`.
        package var input: Int
        /// The path within the input.
        package var selector: String
        package var destination: String
        /// The index of the output that holds what was written there, or `Operation.none`.
        package var output: Int
        package var isReadonly: Bool
        package var kind: Kind

        package enum Kind: Hashable, Sendable {
            case bind
            /// Bytes; 0 for no limit.
            case tmpfs(size: Int)
            case cache(id: String, sharing: CacheSharing)
        }

        package init(
            input: Int, selector: String = "", destination: String, output: Int, isReadonly: Bool = false,
            kind: Kind = .bind
        ) {
            self.input = input
            self.selector = selector
            self.destination = destination
            self.output = output
            self.isReadonly = isReadonly
            self.kind = kind
        }
    }

    package enum CacheSharing: Int, Hashable, Sendable {
        case shared = 0
        case `private` = 1
        case locked = 2
    }
}

// MARK: - Files

extension Operation {
    package struct FileAction: Hashable, Sendable {
        /// Below the count of the operation's inputs: an input; above: the result of an earlier action.
        package var input: Int
        package var secondaryInput: Int
        package var output: Int
        package var kind: Kind

        package enum Kind: Hashable, Sendable {
            case copy(Copy)
            case makeFile(MakeFile)
            case makeDirectory(MakeDirectory)
            case remove(Remove)
        }

        package init(input: Int, secondaryInput: Int, output: Int, kind: Kind) {
            self.input = input
            self.secondaryInput = secondaryInput
            self.output = output
            self.kind = kind
        }
    }

    package struct Copy: Hashable, Sendable {
        package var source: String
        package var destination: String
        package var owner: Owner?
        /// Permission bits, or -1 to keep those of the source.
        package var mode = -1
        package var followsSymlink = false
        package var copiesDirectoryContents = false
        package var unpacksArchives = false
        package var createsDestinationPath = false
        package var allowsWildcard = false
        package var allowsEmptyWildcard = false
        /// Nanoseconds since 1970, or -1 to keep that of the source.
        package var timestamp = -1
        package var includePatterns: [String] = []
        package var excludePatterns: [String] = []

        package init(source: String, destination: String, owner: Owner? = nil) {
            self.source = source
            self.destination = destination
            self.owner = owner
        }
    }

    package struct MakeFile: Hashable, Sendable {
        package var path: String
        package var mode: Int
        package var data: [UInt8]
        package var owner: Owner?
        package var timestamp = -1

        package init(path: String, mode: Int, data: [UInt8], owner: Owner? = nil) {
            self.path = path
            self.mode = mode
            self.data = data
            self.owner = owner
        }
    }

    package struct MakeDirectory: Hashable, Sendable {
        package var path: String
        package var mode: Int
        package var makesParents: Bool
        package var owner: Owner?
        package var timestamp = -1

        package init(path: String, mode: Int, makesParents: Bool, owner: Owner? = nil) {
            self.path = path
            self.mode = mode
            self.makesParents = makesParents
            self.owner = owner
        }
    }

    package struct Remove: Hashable, Sendable {
        package var path: String
        package var allowsNotFound: Bool
        package var allowsWildcard: Bool

        package init(path: String, allowsNotFound: Bool, allowsWildcard: Bool) {
            self.path = path
            self.allowsNotFound = allowsNotFound
            self.allowsWildcard = allowsWildcard
        }
    }

    package struct Owner: Hashable, Sendable {
        package var user: Account?
        package var group: Account?

        package init(user: Account?, group: Account?) {
            self.user = user
            self.group = group
        }
    }

    package enum Account: Hashable, Sendable {
        case id(UInt32)
        /// A name to look up in the `/etc/passwd` or `/etc/group` of an input.
        case name(String, input: Int)
    }
}
