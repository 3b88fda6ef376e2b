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
        case build(Build)
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

// MARK: - Nested builds

extension Operation {
    /// A build whose definition is made by another one: an experiment of BuildKit's.
    package struct Build: Hashable, Sendable {
        /// The index of the input that builds; `Operation.none` for BuildKit itself.
        package var builder: Int
        /// The indices of inputs by the names that the builder gives them.
        package var inputs: [String: Int]
        package var definition: Definition?
        package var attributes: [String: String]

        package init(
            builder: Int = Operation.none, inputs: [String: Int], definition: Definition? = nil,
            attributes: [String: String] = [:]
        ) {
            self.builder = builder
            self.inputs = inputs
            self.definition = definition
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
        package var proxy: Proxy?
        package var extraHosts: [ExtraHost] = []
        package var hostname = ""
        package var ulimits: [Ulimit] = []
        package var cgroupParent = ""
        /// Whether directories that were made for mounts only are taken away again. BuildKit's client says so always.
        package var removesMountStubs = true
        /// Statuses that count as success besides 0.
        package var validExitCodes: [Int] = []
        package var mounts: [Mount]
        package var network: NetworkMode
        package var security: SecurityMode
        package var secretVariables: [SecretVariable] = []
        package var devices: [Device] = []

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

    package struct Proxy: Hashable, Sendable {
        package var http = ""
        package var https = ""
        package var ftp = ""
        /// Hosts that are asked directly.
        package var none = ""
        package var all = ""

        package init() {}
    }

    /// A line of the process's `/etc/hosts`.
    package struct ExtraHost: Hashable, Sendable {
        package var name: String
        package var address: String

        package init(name: String, address: String) {
            self.name = name
            self.address = address
        }
    }

    /// A limit of the kernel by its name in Docker: `nofile`.
    package struct Ulimit: Hashable, Sendable {
        package var name: String
        package var soft: Int
        package var hard: Int

        package init(name: String, soft: Int, hard: Int) {
            self.name = name
            self.soft = soft
            self.hard = hard
        }
    }

    /// An environment variable whose value is a secret of the client.
    package struct SecretVariable: Hashable, Sendable {
        package var id: String
        package var name: String
        package var isOptional: Bool

        package init(id: String, name: String, isOptional: Bool) {
            self.id = id
            self.name = name
            self.isOptional = isOptional
        }
    }

    /// A device by its name in the Container Device Interface, `vendor.com/gpu=1`.
    package struct Device: Hashable, Sendable {
        package var name: String
        package var isOptional: Bool

        package init(name: String, isOptional: Bool = false) {
            self.name = name
            self.isOptional = isOptional
        }
    }

    package enum NetworkMode: Int, Hashable, Sendable, CustomStringConvertible {
        case sandbox = 0
        case host = 1
        case none = 2

        package var description: String {
            switch self {
            case .sandbox: "sandbox"
            case .host: "host"
            case .none: "none"
            }
        }
    }

    package enum SecurityMode: Int, Hashable, Sendable, CustomStringConvertible {
        case sandbox = 0
        case insecure = 1

        package var description: String { self == .sandbox ? "sandbox" : "insecure" }
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
        package var resultID = ""
        package var contentCache = ContentCache.default

        package enum Kind: Hashable, Sendable {
            case bind
            /// Bytes; 0 for no limit.
            case tmpfs(size: Int)
            case cache(id: String, sharing: CacheSharing)
            /// A file with a secret of the client.
            case secret(Agent)
            /// A socket to an SSH agent of the client.
            case ssh(Agent)
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

    package enum CacheSharing: Int, Hashable, Sendable, CustomStringConvertible {
        case shared = 0
        case `private` = 1
        case locked = 2

        package var description: String {
            switch self {
            case .shared: "shared"
            case .private: "private"
            case .locked: "locked"
            }
        }
    }

    /// Whether results are looked up by the content of a mounted file system.
    package enum ContentCache: Int, Hashable, Sendable {
        case `default` = 0
        case on = 1
        case off = 2
    }

    /// What the client has to provide while a process runs, and as what file the process sees it.
    package struct Agent: Hashable, Sendable {
        package var id: String
        package var userID: UInt32
        package var groupID: UInt32
        /// Permission bits.
        package var mode: UInt32
        /// Whether the process also runs without.
        package var isOptional: Bool

        package init(id: String, userID: UInt32 = 0, groupID: UInt32 = 0, mode: UInt32, isOptional: Bool = false) {
            self.id = id
            self.userID = userID
            self.groupID = groupID
            self.mode = mode
            self.isOptional = isOptional
        }
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
            case makeSymlink(MakeSymlink)
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
        /// Whether what stands in the way is replaced, rather than being an error, if it is of another type.
        package var replacesDestination = false
        /// Permissions as `chmod` takes them, `u=rw,go=r`, in place of `mode`; empty for none.
        package var symbolicMode = ""

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

    package struct MakeSymlink: Hashable, Sendable {
        /// Where the link leads.
        package var target: String
        package var path: String
        package var owner: Owner?
        package var timestamp = -1

        package init(target: String, path: String, owner: Owner? = nil) {
            self.target = target
            self.path = path
            self.owner = owner
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
